import { approvalsContract } from '#shared/modules/approvals/approvals.contract.ts'
import { attachmentsContract } from '#shared/modules/attachments/attachments.contract.ts'
import { auditContract } from '#shared/modules/audit/audit.contract.ts'
import { backupsContract } from '#shared/modules/backups/backups.contract.ts'
import { bankContract } from '#shared/modules/bank/bank.contract.ts'
import { callBacksContract } from '#shared/modules/callbacks/callbacks.contract.ts'
import { changesContract } from '#shared/modules/changes/changes.contract.ts'
import { campaignsContract } from '#shared/modules/customers/campaigns.contract.ts'
import { clausesContract } from '#shared/modules/clauses/clauses.contract.ts'
import { contractsContract } from '#shared/modules/contracts/contracts.contract.ts'
import { claimsContract } from '#shared/modules/claims/claims.contract.ts'
import { creditContract } from '#shared/modules/credit/credit.contract.ts'
import { customersContract } from '#shared/modules/customers/customers.contract.ts'
import { dealsContract } from '#shared/modules/deals/deals.contract.ts'
import { dunningContract } from '#shared/modules/dunning/dunning.contract.ts'
import { filesContract } from '#shared/modules/files/files.contract.ts'
import { homeContract } from '#shared/modules/home/home.contract.ts'
import { importsContract } from '#shared/modules/imports/imports.contract.ts'
import { invoicesContract } from '#shared/modules/invoices/invoices.contract.ts'
import { jobsContract } from '#shared/modules/jobs/jobs.contract.ts'
import { marketContract } from '#shared/modules/market/market.contract.ts'
import { ordersContract } from '#shared/modules/orders/orders.contract.ts'
import { minutesContract } from '#shared/modules/minutes/minutes.contract.ts'
import { obligationsContract } from '#shared/modules/obligations/obligations.contract.ts'
import { officeContract } from '#shared/modules/office/office.contract.ts'
import { peopleContract } from '#shared/modules/people/people.contract.ts'
import { performanceContract } from '#shared/modules/performance/performance.contract.ts'
import { handoverContract } from '#shared/modules/handover/handover.contract.ts'
import { poolContract } from '#shared/modules/pool/pool.contract.ts'
import { quotationsContract } from '#shared/modules/quotations/quotations.contract.ts'
import { receivablesContract } from '#shared/modules/receivables/receivables.contract.ts'
import { searchContract } from '#shared/modules/search/search.contract.ts'
import { sessionContract } from '#shared/modules/session/session.contract.ts'
import { tasksContract } from '#shared/modules/tasks/tasks.contract.ts'
import { timelineContract } from '#shared/modules/timeline/timeline.contract.ts'
import { viewsContract } from '#shared/modules/views/views.contract.ts'
import { visitsContract } from '#shared/modules/visits/visits.contract.ts'
import { wordTemplatesContract } from '#shared/modules/wordtemplates/wordtemplates.contract.ts'

/** Everything that can be asked of the core. Both hosts serve it; the renderer's client is typed by it. */
export const contract = {
  session: sessionContract,
  office: officeContract,
  people: peopleContract,
  customers: customersContract,
  bank: bankContract,
  imports: importsContract,
  callBacks: callBacksContract,
  market: marketContract,
  visits: visitsContract,
  deals: dealsContract,
  timeline: timelineContract,
  tasks: tasksContract,
  approvals: approvalsContract,
  attachments: attachmentsContract,
  quotations: quotationsContract,
  minutes: minutesContract,
  orders: ordersContract,
  campaigns: campaignsContract,
  contracts: contractsContract,
  clauses: clausesContract,
  obligations: obligationsContract,
  wordTemplates: wordTemplatesContract,
  handover: handoverContract,
  pool: poolContract,
  receivables: receivablesContract,
  invoices: invoicesContract,
  backups: backupsContract,
  audit: auditContract,
  dunning: dunningContract,
  claims: claimsContract,
  credit: creditContract,
  performance: performanceContract,
  home: homeContract,
  jobs: jobsContract,
  files: filesContract,
  search: searchContract,
  views: viewsContract,
  changes: changesContract,
}
export type Contract = typeof contract
