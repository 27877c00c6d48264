import { pageRoute } from '#renderer/ui/page-route.tsx'
import { ImportListPage } from './pages/import-list.tsx'
import { ImportRecordPage } from './pages/import-record.tsx'
import { ImportWizardPage } from './pages/import-wizard.tsx'

export const importsRoutes = [
  pageRoute({ path: '/imports', title: 'imports:title', permit: 'imports.use', list: true, component: ImportListPage }),
  pageRoute({
    path: '/imports/new/$entity',
    title: 'imports:start',
    parent: '/imports',
    permit: 'imports.use',
    list: true,
    component: ImportWizardPage,
  }),
  pageRoute({
    path: '/imports/$id',
    title: 'imports:record',
    parent: '/imports',
    permit: 'imports.use',
    component: ImportRecordPage,
  }),
]
