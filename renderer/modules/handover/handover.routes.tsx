import { pageRoute } from '#renderer/ui/page-route.tsx'
import { HandoverPage } from './pages/handover-page.tsx'

export const handoverRoutes = [
  pageRoute({
    path: '/customers/hand-overs',
    title: 'handover:title',
    parent: '/customers',
    permit: 'customers.transfer',
    component: HandoverPage,
  }),
]
