import { pageRoute } from '#renderer/ui/page-route.tsx'
import { CreditListPage } from './pages/credit-list.tsx'
import { CreditPage } from './pages/credit-page.tsx'
import { CreditRulesPage } from './pages/credit-rules.tsx'

export const creditRoutes = [
  pageRoute({ path: '/credit', title: 'credit:title', permit: 'credit.read', list: true, component: CreditListPage }),
  pageRoute({
    path: '/credit/rules',
    title: 'credit:rules.title',
    parent: '/credit',
    permit: 'credit.policy',
    component: CreditRulesPage,
  }),
  pageRoute({
    path: '/credit/$id',
    title: 'credit:one',
    parent: '/credit',
    permit: 'credit.read',
    component: CreditPage,
  }),
]
