import { customerSearch } from '#renderer/modules/customers/parts/searched-customer.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { EditPage } from './pages/edit-page.tsx'
import { FiguresPage } from './pages/figures-page.tsx'
import { NewPlanPage, planSearch } from './pages/plan-editor.tsx'
import { ReportPage } from './pages/report-page.tsx'
import { NewVisitPage } from './pages/visit-editor.tsx'
import { calendarSearch, VisitCalendarPage } from './pages/visit-calendar.tsx'
import { VisitListPage } from './pages/visit-list.tsx'
import { VisitPage } from './pages/visit-page.tsx'

const customer = { validateSearch: (search: Record<string, unknown>) => customerSearch.parse(search) }

export const visitsRoutes = [
  pageRoute({ path: '/visits', title: 'visits:title', permit: 'visits.read', list: true, component: VisitListPage }),
  pageRoute({
    path: '/visits/calendar',
    title: 'visits:calendar.title',
    parent: '/visits',
    permit: 'visits.read',
    validateSearch: (search) => calendarSearch.parse(search),
    component: VisitCalendarPage,
  }),
  pageRoute({
    path: '/visits/figures',
    title: 'visits:figures.title',
    parent: '/visits',
    permit: 'visits.read',
    component: FiguresPage,
  }),
  pageRoute({
    path: '/visits/new',
    title: 'visits:new',
    parent: '/visits',
    permit: 'visits.record',
    component: NewVisitPage,
    ...customer,
  }),
  pageRoute({
    path: '/visits/plan',
    title: 'visits:plan',
    parent: '/visits',
    permit: 'visits.record',
    component: NewPlanPage,
    validateSearch: (search) => planSearch.parse(search),
  }),
  pageRoute({
    path: '/visits/$id',
    title: 'visits:view',
    parent: '/visits',
    permit: 'visits.read',
    component: VisitPage,
  }),
  pageRoute({
    path: '/visits/$id/edit',
    title: 'visits:edit',
    parent: '/visits',
    permit: 'visits.record',
    component: EditPage,
  }),
  pageRoute({
    path: '/visits/$id/report',
    title: 'visits:report',
    parent: '/visits',
    permit: 'visits.record',
    component: ReportPage,
  }),
]
