import { customerSearch } from '#renderer/modules/customers/parts/searched-customer.ts'
import { listSearch } from '#renderer/ui/grid-state.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { AgeingPage } from './pages/ageing.tsx'
import { InstalmentsPage } from './pages/instalments.tsx'
import { ReceiptEntryPage } from './pages/receipt-entry.tsx'
import { ReceiptPage } from './pages/receipt-page.tsx'
import { ReceiptsPage } from './pages/receipts.tsx'
import { ageingSearch } from './parts/ageing-search.ts'

export const receivablesRoutes = [
  pageRoute({
    path: '/receivables',
    title: 'receivables:list.title',
    permit: 'receivables.read',
    component: InstalmentsPage,
    // What is paid is history: without a filter the list shows what is owed.
    validateSearch: (search) => {
      const parsed = listSearch.parse(search)
      return { ...parsed, f: { status: 'open', ...parsed.f } }
    },
  }),
  pageRoute({
    path: '/receipts',
    title: 'receivables:receipts.title',
    parent: '/receivables',
    permit: 'receivables.read',
    list: true,
    component: ReceiptsPage,
  }),
  pageRoute({
    path: '/receipts/new',
    title: 'receivables:receipts.create',
    parent: '/receipts',
    permit: 'receipts.record',
    validateSearch: (search) => customerSearch.parse(search),
    component: ReceiptEntryPage,
  }),
  pageRoute({
    path: '/receipts/$id',
    title: 'receivables:receipts.one',
    parent: '/receipts',
    permit: 'receivables.read',
    component: ReceiptPage,
  }),
  pageRoute({
    path: '/ageing',
    title: 'receivables:ageing.title',
    parent: '/receivables',
    permit: 'receivables.read',
    validateSearch: (search) => ageingSearch.parse(search),
    component: AgeingPage,
  }),
]
