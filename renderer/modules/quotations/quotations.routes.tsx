import { dealSearch } from '#renderer/modules/deals/parts/searched-deal.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { EditQuotationPage, NewQuotationPage } from './pages/quotation-editor.tsx'
import { QuotationListPage } from './pages/quotation-list.tsx'
import { QuotationPage } from './pages/quotation-page.tsx'

export const quotationsRoutes = [
  pageRoute({
    path: '/quotations',
    title: 'quotations:title',
    permit: 'deals.read',
    list: true,
    component: QuotationListPage,
  }),
  pageRoute({
    path: '/quotations/new',
    title: 'quotations:new',
    parent: '/quotations',
    permit: 'deals.write',
    component: NewQuotationPage,
    validateSearch: (search) => dealSearch.parse(search),
  }),
  pageRoute({
    path: '/quotations/$id',
    title: 'quotations:view',
    parent: '/quotations',
    permit: 'deals.read',
    component: QuotationPage,
  }),
  pageRoute({
    path: '/quotations/$id/edit',
    title: 'quotations:edit',
    parent: '/quotations',
    permit: 'deals.write',
    component: EditQuotationPage,
  }),
]
