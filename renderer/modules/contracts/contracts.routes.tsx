import { customerSearch } from '#renderer/modules/customers/parts/searched-customer.ts'
import { draftSearch } from '#renderer/modules/quotations/quotations.queries.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { earlierSearch } from './parts/earlier-draft.ts'
import { ContractEditorPage } from './pages/contract-editor.tsx'
import { ContractListPage } from './pages/contract-list.tsx'
import { ContractPage } from './pages/contract-page.tsx'
import { SealListPage } from './pages/seal-list.tsx'
import { NewSupplementPage, SupplementEditorPage } from './pages/supplement-editor.tsx'
import { SupplementPage } from './pages/supplement-page.tsx'

export const contractsRoutes = [
  pageRoute({
    path: '/contracts',
    title: 'contracts:list.title',
    permit: 'contracts.read',
    list: true,
    component: ContractListPage,
  }),
  pageRoute({
    path: '/contracts/new',
    title: 'contracts:editor.newTitle',
    parent: '/contracts',
    permit: 'contracts.create',
    validateSearch: (search) => customerSearch.extend(draftSearch.shape).extend(earlierSearch.shape).parse(search),
    component: ContractEditorPage,
  }),
  pageRoute({
    path: '/contracts/seals',
    title: 'contracts:seals.title',
    parent: '/contracts',
    permit: 'contracts.read',
    list: true,
    component: SealListPage,
  }),
  pageRoute({
    path: '/contracts/$id',
    title: 'contracts:page.facts',
    parent: '/contracts',
    permit: 'contracts.read',
    component: ContractPage,
  }),
  pageRoute({
    path: '/contracts/$id/edit',
    title: 'contracts:page.edit',
    parent: '/contracts',
    permit: 'contracts.update',
    component: ContractEditorPage,
  }),
  pageRoute({
    path: '/contracts/$id/supplement',
    title: 'contracts:supplement.draft',
    parent: '/contracts',
    permit: 'contracts.update',
    component: NewSupplementPage,
  }),
  pageRoute({
    path: '/contracts/supplements/$id',
    title: 'contracts:supplement.title',
    parent: '/contracts',
    permit: 'contracts.read',
    component: SupplementPage,
  }),
  pageRoute({
    path: '/contracts/supplements/$id/edit',
    title: 'contracts:supplement.edit',
    parent: '/contracts',
    permit: 'contracts.update',
    component: SupplementEditorPage,
  }),
]
