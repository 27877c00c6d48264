import { createRouter, type AnyRoute } from '@tanstack/react-router'
import { approvalsRoutes } from '#renderer/modules/approvals/approvals.routes.tsx'
import { auditRoutes } from '#renderer/modules/audit/audit.routes.tsx'
import { backupsRoutes } from '#renderer/modules/backups/backups.routes.tsx'
import { bankRoutes } from '#renderer/modules/bank/bank.routes.tsx'
import { callBacksRoutes } from '#renderer/modules/callbacks/callbacks.routes.tsx'
import { claimsRoutes } from '#renderer/modules/claims/claims.routes.tsx'
import { clausesRoutes } from '#renderer/modules/clauses/clauses.routes.tsx'
import { contractsRoutes } from '#renderer/modules/contracts/contracts.routes.tsx'
import { creditRoutes } from '#renderer/modules/credit/credit.routes.tsx'
import { handoverRoutes } from '#renderer/modules/handover/handover.routes.tsx'
import { poolRoutes } from '#renderer/modules/pool/pool.routes.tsx'
import { customersRoutes } from '#renderer/modules/customers/customers.routes.tsx'
import { dealsRoutes } from '#renderer/modules/deals/deals.routes.tsx'
import { dunningRoutes } from '#renderer/modules/dunning/dunning.routes.tsx'
import { homeRoutes } from '#renderer/modules/home/home.routes.tsx'
import { importsRoutes } from '#renderer/modules/imports/imports.routes.tsx'
import { invoicesRoutes } from '#renderer/modules/invoices/invoices.routes.tsx'
import { marketRoutes } from '#renderer/modules/market/market.routes.tsx'
import { obligationsRoutes } from '#renderer/modules/obligations/obligations.routes.tsx'
import { ordersRoutes } from '#renderer/modules/orders/orders.routes.tsx'
import { minutesRoutes } from '#renderer/modules/minutes/minutes.routes.tsx'
import { officeRoutes } from '#renderer/modules/office/office.routes.tsx'
import { peopleRoutes } from '#renderer/modules/people/people.routes.tsx'
import { performanceRoutes } from '#renderer/modules/performance/performance.routes.tsx'
import { quotationsRoutes } from '#renderer/modules/quotations/quotations.routes.tsx'
import { receivablesRoutes } from '#renderer/modules/receivables/receivables.routes.tsx'
import { sessionRoutes } from '#renderer/modules/session/session.routes.tsx'
import { tasksRoutes } from '#renderer/modules/tasks/tasks.routes.tsx'
import { timelineRoutes } from '#renderer/modules/timeline/timeline.routes.tsx'
import { visitsRoutes } from '#renderer/modules/visits/visits.routes.tsx'
import { wordTemplatesRoutes } from '#renderer/modules/wordtemplates/wordtemplates.routes.tsx'
import { pageRoute, rootRoute, shellRoute } from '#renderer/ui/page-route.tsx'
import { NotFound } from './not-found.tsx'
import { createQuietHistory } from './quiet-history.ts'
import { Shell } from './shell.tsx'

/** Every page of the program. A module adds its own array here. */
const pages: readonly AnyRoute[] = [
  ...approvalsRoutes,
  ...auditRoutes,
  ...backupsRoutes,
  ...bankRoutes,
  ...callBacksRoutes,
  ...claimsRoutes,
  ...clausesRoutes,
  ...creditRoutes,
  ...contractsRoutes,
  ...handoverRoutes,
  ...poolRoutes,
  ...customersRoutes,
  ...dealsRoutes,
  ...dunningRoutes,
  ...homeRoutes,
  ...importsRoutes,
  ...invoicesRoutes,
  ...marketRoutes,
  ...minutesRoutes,
  ...obligationsRoutes,
  ...ordersRoutes,
  ...officeRoutes,
  ...peopleRoutes,
  ...performanceRoutes,
  ...quotationsRoutes,
  ...receivablesRoutes,
  ...sessionRoutes,
  ...tasksRoutes,
  ...timelineRoutes,
  ...visitsRoutes,
  ...wordTemplatesRoutes,
  pageRoute({ path: '$', title: 'common:notFound', permit: null, component: NotFound }),
]

shellRoute.update({ component: Shell })
shellRoute.addChildren(pages as never)
rootRoute.addChildren([shellRoute])

/** Addresses are plain texts; no component is typed by them. */
export function createAppRouter() {
  return createRouter({
    routeTree: rootRoute as AnyRoute,
    history: createQuietHistory(),
    defaultNotFoundComponent: NotFound,
    scrollRestoration: false,
    defaultStructuralSharing: true,
  })
}
