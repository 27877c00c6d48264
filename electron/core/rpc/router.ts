import { approvalsRouter } from '#core/modules/approvals/approvals.router.ts'
import { attachmentsRouter } from '#core/modules/attachments/attachments.router.ts'
import { auditRouter } from '#core/modules/audit/audit.router.ts'
import { backupsRouter } from '#core/modules/backups/backups.router.ts'
import { bankRouter } from '#core/modules/bank/bank.router.ts'
import { callBacksRouter } from '#core/modules/callbacks/callbacks.router.ts'
import { changesRouter } from '#core/modules/changes/changes.router.ts'
import { claimsRouter } from '#core/modules/claims/claims.router.ts'
import { contractsRouter } from '#core/modules/contracts/contracts.router.ts'
import { creditRouter } from '#core/modules/credit/credit.router.ts'
import { customersRouter } from '#core/modules/customers/customers.router.ts'
import { dealsRouter } from '#core/modules/deals/deals.router.ts'
import { dunningRouter } from '#core/modules/dunning/dunning.router.ts'
import { filesRouter } from '#core/modules/files/files.router.ts'
import { handoverRouter } from '#core/modules/handover/handover.router.ts'
import { homeRouter } from '#core/modules/home/home.router.ts'
import { importsRouter } from '#core/modules/imports/imports.router.ts'
import { invoicesRouter } from '#core/modules/invoices/invoices.router.ts'
import { jobsRouter } from '#core/modules/jobs/jobs.router.ts'
import { marketRouter } from '#core/modules/market/market.router.ts'
import { obligationsRouter } from '#core/modules/obligations/obligations.router.ts'
import { clausesRouter } from '#core/modules/clauses/clauses.router.ts'
import { ordersRouter } from '#core/modules/orders/orders.router.ts'
import { minutesRouter } from '#core/modules/minutes/minutes.router.ts'
import { officeRouter } from '#core/modules/office/office.router.ts'
import { peopleRouter } from '#core/modules/people/people.router.ts'
import { performanceRouter } from '#core/modules/performance/performance.router.ts'
import { campaignsRouter } from '#core/modules/customers/campaigns.router.ts'
import { poolRouter } from '#core/modules/pool/pool.router.ts'
import { quotationsRouter } from '#core/modules/quotations/quotations.router.ts'
import { receivablesRouter } from '#core/modules/receivables/receivables.router.ts'
import { searchRouter } from '#core/modules/search/search.router.ts'
import { sessionRouter } from '#core/modules/session/session.router.ts'
import { tasksRouter } from '#core/modules/tasks/tasks.router.ts'
import { timelineRouter } from '#core/modules/timeline/timeline.router.ts'
import { viewsRouter } from '#core/modules/views/views.router.ts'
import { visitsRouter } from '#core/modules/visits/visits.router.ts'
import { wordTemplatesRouter } from '#core/modules/wordtemplates/wordtemplates.router.ts'
import type { Os } from './implementer.ts'
import type { Services } from './services.ts'

/** Binds every entry of the contract to its service. */
export function createRouter(os: Os, services: Services) {
  return {
    session: sessionRouter(os.session, services.session),
    office: officeRouter(os.office, services.office, services.firstRun),
    people: peopleRouter(os.people, services.people, services.groups),
    customers: customersRouter(
      os.customers,
      services.customers,
      services.merges,
      services.customerFields,
      services.customerTeam,
      services.dueFiles,
    ),
    bank: bankRouter(
      os.bank,
      services.bankAccounts,
      services.bankImport,
      services.bankStatements,
      services.bankLines,
      services.bankBulk,
      services.bankExport,
    ),
    imports: importsRouter(os.imports, services.imports),
    campaigns: campaignsRouter(os.campaigns, services.campaigns),
    handover: handoverRouter(os.handover, services.handover),
    pool: poolRouter(os.pool, services.pool),
    callBacks: callBacksRouter(os.callBacks, services.callBacks),
    market: marketRouter(os.market, services.market, services.marketPapers),
    visits: visitsRouter(os.visits, services.visits, services.visitPlans, services.visitSeries, services.visitPapers),
    timeline: timelineRouter(os.timeline, services.timeline),
    tasks: tasksRouter(os.tasks, services.tasks),
    approvals: approvalsRouter(os.approvals, services.approvals, services.approvalWays, services.approvalPapers),
    attachments: attachmentsRouter(os.attachments, services.attachments),
    deals: dealsRouter(os.deals, services.deals, services.dealMoves, services.dealFigures),
    quotations: quotationsRouter(
      os.quotations,
      services.quotations,
      services.quotationSteps,
      services.quotationDrafts,
      services.quotationPapers,
    ),
    minutes: minutesRouter(os.minutes, services.minutes, services.minutesPapers),
    obligations: obligationsRouter(os.obligations, services.obligations, services.obligationsExport),
    clauses: clausesRouter(
      os.clauses,
      services.clauses,
      services.templates,
      services.clausePapers,
      services.clauseFiles,
    ),
    orders: ordersRouter(os.orders, services.orders, services.ordersExport),
    contracts: contractsRouter(
      os.contracts,
      services.contracts,
      services.contractPapers,
      services.contractSubmit,
      services.contractVersions,
      services.contractEndings,
      services.supplements,
      services.contractSigning,
      services.paperFiles,
      services.scans,
      services.archive,
      services.seals,
    ),
    wordTemplates: wordTemplatesRouter(
      os.wordTemplates,
      services.wordTemplates,
      services.wordPapers,
      services.wordExports,
    ),
    receivables: receivablesRouter(os.receivables, services),
    invoices: invoicesRouter(
      os.invoices,
      services.invoices,
      services.invoiceReds,
      services.invoiceEntry,
      services.invoiceFigures,
      services.invoicesExport,
    ),
    backups: backupsRouter(os.backups, services.backups, services.recovery),
    audit: auditRouter(os.audit, services.audit),
    claims: claimsRouter(os.claims, services.claims),
    credit: creditRouter(os.credit, services.credit),
    dunning: dunningRouter(os.dunning, services.dunning),
    performance: performanceRouter(os.performance, services.performance),
    home: homeRouter(os.home, services.home),
    jobs: jobsRouter(os.jobs, services.deps.jobs),
    files: filesRouter(os.files, services.deps.files),
    search: searchRouter(os.search, services.search),
    views: viewsRouter(os.views, services.views),
    changes: changesRouter(os.changes, services.feed),
  }
}

export type CoreRouter = ReturnType<typeof createRouter>
