import { dealSearch } from '#renderer/modules/deals/parts/searched-deal.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { EditMinutesPage, NewMinutesPage } from './pages/minutes-editor.tsx'
import { MinutesListPage } from './pages/minutes-list.tsx'
import { MinutesPage } from './pages/minutes-page.tsx'

export const minutesRoutes = [
  pageRoute({ path: '/minutes', title: 'minutes:title', permit: 'deals.read', list: true, component: MinutesListPage }),
  pageRoute({
    path: '/minutes/new',
    title: 'minutes:new',
    parent: '/minutes',
    permit: 'deals.write',
    component: NewMinutesPage,
    validateSearch: (search) => dealSearch.parse(search),
  }),
  pageRoute({
    path: '/minutes/$id',
    title: 'minutes:view',
    parent: '/minutes',
    permit: 'deals.read',
    component: MinutesPage,
  }),
  pageRoute({
    path: '/minutes/$id/edit',
    title: 'minutes:edit',
    parent: '/minutes',
    permit: 'deals.write',
    component: EditMinutesPage,
  }),
]
