import { customerSearch } from '#renderer/modules/customers/parts/searched-customer.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { EditVisitPage, NewVisitPage } from './pages/visit-editor.tsx'
import { VisitListPage } from './pages/visit-list.tsx'

export const visitsRoutes = [
  pageRoute({ path: '/visits', title: 'visits:title', permit: 'visits.read', list: true, component: VisitListPage }),
  pageRoute({
    path: '/visits/new',
    title: 'visits:new',
    parent: '/visits',
    permit: 'visits.record',
    component: NewVisitPage,
    validateSearch: (search) => customerSearch.parse(search),
  }),
  pageRoute({
    path: '/visits/$id',
    title: 'visits:edit',
    parent: '/visits',
    permit: 'visits.read',
    component: EditVisitPage,
  }),
]
