import { pageRoute } from '#renderer/ui/page-route.tsx'
import { PoolPage } from './pages/pool-page.tsx'
import { PoolRulesPage } from './pages/pool-rules.tsx'

export const poolRoutes = [
  pageRoute({
    path: '/customers/pool',
    title: 'pool:title',
    parent: '/customers',
    permit: 'customers.claim',
    list: true,
    component: PoolPage,
  }),
  pageRoute({
    path: '/customers/pool/rules',
    title: 'pool:policy.title',
    parent: '/customers/pool',
    permit: 'customers.rules',
    component: PoolRulesPage,
  }),
]
