import { customerSearch } from '#renderer/modules/customers/parts/searched-customer.ts'
import { pageRoute } from '#renderer/ui/page-route.tsx'
import { DebtPage } from './pages/debt-page.tsx'
import { DisputeListPage } from './pages/dispute-list.tsx'
import { DisputePage } from './pages/dispute-page.tsx'
import { LimitationListPage } from './pages/limitation-list.tsx'
import { EditPlanPage, NewPlanPage } from './pages/plan-editor.tsx'
import { PlanListPage } from './pages/plan-list.tsx'
import { PlanPage } from './pages/plan-page.tsx'
import { RequestListPage } from './pages/request-list.tsx'
import { RequestPage } from './pages/request-page.tsx'
import { ClaimsRulesPage } from './pages/rules-page.tsx'
import { SheetPage, sheetSearch } from './pages/sheet-page.tsx'
import { StatementListPage } from './pages/statement-list.tsx'
import { StatementPage } from './pages/statement-page.tsx'
import { StatementRunPage } from './pages/statement-run.tsx'

export const claimsRoutes = [
  pageRoute({
    path: '/limitation',
    title: 'claims:lists.limitation',
    parent: '/receivables',
    permit: 'claims.read',
    list: true,
    component: LimitationListPage,
  }),
  pageRoute({
    path: '/limitation/rules',
    title: 'claims:rules.title',
    parent: '/limitation',
    permit: 'claims.read',
    component: ClaimsRulesPage,
  }),
  pageRoute({
    path: '/debts/$id',
    title: 'claims:debt.title',
    parent: '/limitation',
    permit: 'claims.read',
    component: DebtPage,
  }),
  pageRoute({
    path: '/interest',
    title: 'claims:sheet.title',
    parent: '/limitation',
    permit: 'claims.read',
    validateSearch: (search) => sheetSearch.parse(search),
    component: SheetPage,
  }),
  pageRoute({
    path: '/disputes',
    title: 'claims:lists.disputes',
    parent: '/limitation',
    permit: 'claims.read',
    list: true,
    component: DisputeListPage,
  }),
  pageRoute({
    path: '/disputes/$id',
    title: 'claims:disputes.one',
    parent: '/disputes',
    permit: 'claims.read',
    component: DisputePage,
  }),
  pageRoute({
    path: '/claim-requests',
    title: 'claims:lists.requests',
    parent: '/limitation',
    permit: 'claims.read',
    list: true,
    component: RequestListPage,
  }),
  pageRoute({
    path: '/claim-requests/$id',
    title: 'claims:approval.request',
    parent: '/claim-requests',
    permit: 'claims.read',
    component: RequestPage,
  }),
  pageRoute({
    path: '/statements',
    title: 'claims:lists.statements',
    parent: '/receivables',
    permit: 'claims.read',
    list: true,
    component: StatementListPage,
  }),
  pageRoute({
    path: '/statements/new',
    title: 'claims:statements.make',
    parent: '/statements',
    permit: 'claims.record',
    validateSearch: (search) => customerSearch.parse(search),
    component: StatementRunPage,
  }),
  pageRoute({
    path: '/statements/$id',
    title: 'claims:statement.title',
    parent: '/statements',
    permit: 'claims.read',
    component: StatementPage,
  }),
  pageRoute({
    path: '/repayment-plans',
    title: 'claims:lists.plans',
    parent: '/receivables',
    permit: 'claims.read',
    list: true,
    component: PlanListPage,
  }),
  pageRoute({
    path: '/repayment-plans/new',
    title: 'claims:plans.create',
    parent: '/repayment-plans',
    permit: 'claims.record',
    validateSearch: (search) => customerSearch.parse(search),
    component: NewPlanPage,
  }),
  pageRoute({
    path: '/repayment-plans/$id/edit',
    title: 'claims:plans.edit',
    parent: '/repayment-plans',
    permit: 'claims.record',
    component: EditPlanPage,
  }),
  pageRoute({
    path: '/repayment-plans/$id',
    title: 'claims:plan.title',
    parent: '/repayment-plans',
    permit: 'claims.read',
    component: PlanPage,
  }),
]
