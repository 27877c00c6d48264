import { z } from 'zod'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { EditInvoicePage, NewInvoicePage } from './pages/invoice-editor.tsx'
import { InvoiceListPage } from './pages/invoice-list.tsx'
import { InvoicePage } from './pages/invoice-page.tsx'
import { UninvoicedPage } from './pages/uninvoiced.tsx'

const id = z.string().max(36).optional().catch(undefined)
/** Where one comes from: a customer's card, or a contract. */
const entrySearch = z.object({ customer: id, contract: id })

export const invoicesRoutes = [
  pageRoute({
    path: '/invoices',
    title: 'invoices:title',
    permit: 'invoices.read',
    list: true,
    component: InvoiceListPage,
  }),
  pageRoute({
    path: '/invoices/uninvoiced',
    title: 'invoices:uninvoiced.title',
    parent: '/invoices',
    permit: 'invoices.read',
    list: true,
    component: UninvoicedPage,
  }),
  pageRoute({
    path: '/invoices/new',
    title: 'invoices:new',
    parent: '/invoices',
    permit: 'invoices.write',
    validateSearch: (search) => entrySearch.parse(search),
    component: NewInvoicePage,
  }),
  pageRoute({
    path: '/invoices/$id/edit',
    title: 'invoices:edit',
    parent: '/invoices',
    permit: 'invoices.write',
    component: EditInvoicePage,
  }),
  pageRoute({
    path: '/invoices/$id',
    title: 'invoices:one',
    parent: '/invoices',
    permit: 'invoices.read',
    component: InvoicePage,
  }),
]
