import { listSearch } from '#renderer/ui/grid-state.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { CallBacksPage } from './callbacks-page.tsx'

export const callBacksRoutes = [
  pageRoute({
    path: '/customers/call-backs',
    title: 'callbacks:title',
    parent: '/customers',
    permit: 'customers.read',
    component: CallBacksPage,
    // Without a filter the list shows whom to call by today.
    validateSearch: (search) => {
      const parsed = listSearch.parse(search)
      return { ...parsed, f: { due: 'overdue', ...parsed.f } }
    },
  }),
]
