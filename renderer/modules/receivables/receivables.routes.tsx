import { customerSearch } from '#renderer/modules/customers/parts/searched-customer.ts'
import { listSearch } from '#renderer/ui/grid-state.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { AgeingPage } from './pages/ageing.tsx'
import { AnalysisPage } from './pages/analysis.tsx'
import { BillsPage } from './pages/bills.tsx'
import { CreditEntryPage } from './pages/credit-entry.tsx'
import { CreditPage } from './pages/credit-page.tsx'
import { CreditsPage } from './pages/credits.tsx'
import { InstalmentEntryPage } from './pages/instalment-entry.tsx'
import { InstalmentPage } from './pages/instalment-page.tsx'
import { InstalmentsPage } from './pages/instalments.tsx'
import { ProvisionPage } from './pages/provision.tsx'
import { ReceiptEntryPage } from './pages/receipt-entry.tsx'
import { ReceiptPage } from './pages/receipt-page.tsx'
import { ReceiptsPage } from './pages/receipts.tsx'
import { RefundsPage } from './pages/refunds.tsx'
import { ageingSearch, provisionSearch } from './parts/ageing-search.ts'

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
    path: '/receivables/new',
    title: 'receivables:manual.create',
    parent: '/receivables',
    permit: 'receivables.plan',
    validateSearch: (search) => customerSearch.parse(search),
    component: InstalmentEntryPage,
  }),
  pageRoute({
    path: '/receivables/analysis',
    title: 'receivables:analysis.title',
    parent: '/receivables',
    permit: 'receivables.read',
    component: AnalysisPage,
  }),
  pageRoute({
    path: '/provision',
    title: 'receivables:provision.title',
    parent: '/receivables',
    permit: 'receivables.read',
    validateSearch: (search) => provisionSearch.parse(search),
    component: ProvisionPage,
  }),
  pageRoute({
    path: '/receivables/$id',
    title: 'receivables:manual.one',
    parent: '/receivables',
    permit: 'receivables.read',
    component: InstalmentPage,
  }),
  pageRoute({
    path: '/credits',
    title: 'receivables:credits.title',
    parent: '/receipts',
    permit: 'receivables.read',
    list: true,
    component: CreditsPage,
  }),
  pageRoute({
    path: '/credits/new',
    title: 'receivables:credits.create',
    parent: '/credits',
    permit: 'receipts.record',
    validateSearch: (search) => customerSearch.parse(search),
    component: CreditEntryPage,
  }),
  pageRoute({
    path: '/credits/$id',
    title: 'receivables:credits.one',
    parent: '/credits',
    permit: 'receivables.read',
    component: CreditPage,
  }),
  pageRoute({
    path: '/refunds',
    title: 'receivables:refunds.title',
    parent: '/receipts',
    permit: 'receivables.read',
    list: true,
    component: RefundsPage,
  }),
  pageRoute({
    path: '/bills',
    title: 'receivables:bills.title',
    parent: '/receipts',
    permit: 'receivables.read',
    list: true,
    component: BillsPage,
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
