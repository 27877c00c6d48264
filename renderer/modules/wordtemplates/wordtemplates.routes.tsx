import { pageRoute } from '#renderer/ui/page-route.tsx'
import { FieldListPage } from './pages/field-list.tsx'
import { TemplateListPage } from './pages/template-list.tsx'
import { TemplatePage } from './pages/template-page.tsx'

export const wordTemplatesRoutes = [
  pageRoute({
    path: '/word-templates',
    title: 'wordtemplates:title',
    parent: '/contracts',
    permit: 'wordtemplates.read',
    list: true,
    component: TemplateListPage,
  }),
  pageRoute({
    path: '/word-templates/fields',
    title: 'wordtemplates:catalogue.title',
    parent: '/word-templates',
    permit: 'wordtemplates.read',
    list: true,
    component: FieldListPage,
  }),
  pageRoute({
    path: '/word-templates/$id',
    title: 'wordtemplates:page.editions',
    parent: '/word-templates',
    permit: 'wordtemplates.read',
    component: TemplatePage,
  }),
]
