import { pageRoute } from '#renderer/ui/page-route.tsx'
import { TimelinePage, timelineSearch } from './pages/timeline-page.tsx'

export const timelineRoutes = [
  pageRoute({
    path: '/customers/$id/timeline',
    title: 'timeline:title',
    parent: '/customers',
    permit: 'customers.read',
    component: TimelinePage,
    validateSearch: (search) => timelineSearch.parse(search),
  }),
]
