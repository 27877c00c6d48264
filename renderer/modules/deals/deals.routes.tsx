import { z } from 'zod'
import { customerSearch } from '#renderer/modules/customers/parts/searched-customer.ts'
import { listSearch } from '#renderer/ui/grid-state.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { EditDealPage, NewDealPage } from './pages/deal-editor.tsx'
import { DealPage } from './pages/deal-page.tsx'
import { DealsPage } from './pages/deals-page.tsx'
import { ForecastPage } from './pages/forecast.tsx'
import { StagesPage } from './pages/stages.tsx'

const dealsSearch = listSearch.extend({ view: z.enum(['board', 'list']).optional().catch(undefined) })

export const dealsRoutes = [
  pageRoute({
    path: '/deals',
    title: 'deals:title',
    permit: 'deals.read',
    component: DealsPage,
    validateSearch: (search) => dealsSearch.parse(search),
  }),
  pageRoute({
    path: '/deals/forecast',
    title: 'deals:forecastTitle',
    parent: '/deals',
    permit: 'deals.read',
    component: ForecastPage,
  }),
  pageRoute({
    path: '/deals/stages',
    title: 'deals:stages.title',
    parent: '/deals',
    permit: 'customers.rules',
    component: StagesPage,
  }),
  pageRoute({
    path: '/deals/new',
    title: 'deals:new',
    parent: '/deals',
    permit: 'deals.write',
    component: NewDealPage,
    validateSearch: (search) => customerSearch.parse(search),
  }),
  pageRoute({ path: '/deals/$id', title: 'deals:view', parent: '/deals', permit: 'deals.read', component: DealPage }),
  pageRoute({
    path: '/deals/$id/edit',
    title: 'deals:edit',
    parent: '/deals',
    permit: 'deals.write',
    component: EditDealPage,
  }),
]
