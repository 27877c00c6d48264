import { pageRoute } from '#renderer/ui/page-route.tsx'
import { CampaignsPage } from './pages/campaigns.tsx'
import { ScreeningRulesPage } from './pages/screening-rules.tsx'
import { DuplicatesPage } from './pages/duplicates.tsx'
import { CustomFieldsPage } from './pages/custom-fields.tsx'
import { MergePage, mergeSearch } from './pages/merge-page.tsx'
import { EditCustomerPage, NewCustomerPage } from './pages/customer-editor.tsx'
import { CustomerListPage } from './pages/customer-list.tsx'
import { CustomerPage } from './pages/customer-page.tsx'

export const customersRoutes = [
  pageRoute({
    path: '/customers',
    title: 'customers:title',
    permit: 'customers.read',
    list: true,
    component: CustomerListPage,
  }),
  pageRoute({
    path: '/customers/new',
    title: 'customers:new',
    parent: '/customers',
    permit: 'customers.create',
    component: NewCustomerPage,
  }),
  pageRoute({
    path: '/customers/duplicates',
    title: 'customers:merge.pairs',
    parent: '/customers',
    permit: 'customers.merge',
    list: true,
    component: DuplicatesPage,
  }),
  pageRoute({
    path: '/customers/sources',
    title: 'customers:campaigns.title',
    parent: '/customers',
    permit: 'customers.read',
    component: CampaignsPage,
  }),
  pageRoute({
    path: '/customers/screening',
    title: 'customers:screening.title',
    parent: '/customers',
    permit: 'customers.rules',
    component: ScreeningRulesPage,
  }),
  pageRoute({
    path: '/customers/fields',
    title: 'fields:page',
    parent: '/customers',
    permit: 'customers.rules',
    component: CustomFieldsPage,
  }),
  pageRoute({
    path: '/customers/merge',
    title: 'customers:merge.title',
    parent: '/customers',
    permit: 'customers.merge',
    validateSearch: (search) => mergeSearch.parse(search),
    component: MergePage,
  }),
  pageRoute({
    path: '/customers/$id',
    title: 'customers:card',
    parent: '/customers',
    permit: 'customers.read',
    component: CustomerPage,
  }),
  pageRoute({
    path: '/customers/$id/edit',
    title: 'customers:edit',
    parent: '/customers',
    permit: 'customers.update',
    component: EditCustomerPage,
  }),
]
