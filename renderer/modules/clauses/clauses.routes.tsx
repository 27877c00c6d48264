import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { EditClausePage, NewClausePage } from './pages/clause-editor.tsx'
import { ClauseListPage } from './pages/clause-list.tsx'
import { ClausePage } from './pages/clause-page.tsx'
import { EditTemplatePage, NewTemplatePage } from './pages/template-editor.tsx'
import { TemplateImportPage } from './pages/template-import.tsx'
import { TemplateListPage } from './pages/template-list.tsx'
import { TemplatePage } from './pages/template-page.tsx'

/** The edition that a draft begins from. */
const fromSearch = z.object({ from: z.number().int().min(1).optional().catch(undefined) })
/** The template that a new one begins from. */
const copySearch = z.object({ copy: entityId.optional().catch(undefined) })

const CLAUSES = '/clauses'
const TEMPLATES = '/contract-templates'

export const clausesRoutes = [
  pageRoute({
    path: CLAUSES,
    title: 'clauses:list.title',
    parent: TEMPLATES,
    permit: 'clauses.read',
    list: true,
    component: ClauseListPage,
  }),
  pageRoute({
    path: `${CLAUSES}/new`,
    title: 'clauses:editor.new',
    parent: CLAUSES,
    permit: 'clauses.write',
    component: NewClausePage,
  }),
  pageRoute({
    path: `${CLAUSES}/$id`,
    title: 'clauses:page.view',
    parent: CLAUSES,
    permit: 'clauses.read',
    component: ClausePage,
  }),
  pageRoute({
    path: `${CLAUSES}/$id/edit`,
    title: 'clauses:editor.wording',
    parent: CLAUSES,
    permit: 'clauses.write',
    validateSearch: (search) => fromSearch.parse(search),
    component: EditClausePage,
  }),
  pageRoute({
    path: TEMPLATES,
    title: 'clauses:templates.title',
    parent: '/contracts',
    permit: 'clauses.read',
    list: true,
    component: TemplateListPage,
  }),
  pageRoute({
    path: `${TEMPLATES}/new`,
    title: 'clauses:composer.new',
    parent: TEMPLATES,
    permit: 'clauses.write',
    validateSearch: (search) => copySearch.parse(search),
    component: NewTemplatePage,
  }),
  pageRoute({
    path: `${TEMPLATES}/import`,
    title: 'clauses:file.title',
    parent: TEMPLATES,
    permit: 'clauses.write',
    component: TemplateImportPage,
  }),
  pageRoute({
    path: `${TEMPLATES}/$id`,
    title: 'clauses:templates.view',
    parent: TEMPLATES,
    permit: 'clauses.read',
    component: TemplatePage,
  }),
  pageRoute({
    path: `${TEMPLATES}/$id/edit`,
    title: 'clauses:composer.articles',
    parent: TEMPLATES,
    permit: 'clauses.write',
    validateSearch: (search) => fromSearch.parse(search),
    component: EditTemplatePage,
  }),
]
