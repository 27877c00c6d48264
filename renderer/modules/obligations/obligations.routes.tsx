import { pageRoute } from '#renderer/ui/page-route.tsx'
import { ObligationListPage } from './pages/obligation-list.tsx'
import { ObligationPage } from './pages/obligation-page.tsx'

export const obligationsRoutes = [
  pageRoute({
    path: '/obligations',
    title: 'obligations:title',
    permit: 'contracts.read',
    list: true,
    component: ObligationListPage,
  }),
  pageRoute({
    path: '/obligations/$id',
    title: 'obligations:view',
    parent: '/obligations',
    permit: 'contracts.read',
    component: ObligationPage,
  }),
]
