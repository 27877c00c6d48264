import { everyHour } from '#core/kernel/hourly.ts'
import type { ChangeFeed } from '#core/kernel/change-feed.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { Vault } from '#core/kernel/vault.ts'
import { createBankAccounts } from '#core/modules/bank/bank.accounts.ts'
import { createBankBooking, reopenLine } from '#core/modules/bank/bank.booking.ts'
import { createBankBulk } from '#core/modules/bank/bank.bulk.ts'
import { createBankExport } from '#core/modules/bank/bank.export.ts'
import { createBankImport } from '#core/modules/bank/bank.import.ts'
import { createBankLines } from '#core/modules/bank/bank.lines.ts'
import { createBankStatements } from '#core/modules/bank/bank.statements.ts'
import { approvalHolder } from '#core/modules/approvals/approvals.api.ts'
import { keepApprovals } from '#core/modules/approvals/approvals.keeper.ts'
import { createApprovalPapers } from '#core/modules/approvals/approvals.papers.ts'
import { createApprovalsService } from '#core/modules/approvals/approvals.service.ts'
import { createApprovalWays } from '#core/modules/approvals/approvals.ways.ts'
import { ATTACHMENT_HOSTS } from '#core/modules/attachments/attachments.hosts.ts'
import { createAttachmentsService } from '#core/modules/attachments/attachments.service.ts'
import { createAuditService } from '#core/modules/audit/audit.service.ts'
import { createBackupKeeper } from '#core/modules/backups/backups.keeper.ts'
import { createBackupsService } from '#core/modules/backups/backups.service.ts'
import { createRecoveryService } from '#core/modules/backups/recovery.service.ts'
import { resolveTemplate } from '#core/modules/clauses/clauses.api.ts'
import { createClauseFiles } from '#core/modules/clauses/clauses.files.ts'
import { createClausePapers } from '#core/modules/clauses/clauses.papers.ts'
import { createClausesService } from '#core/modules/clauses/clauses.service.ts'
import { createTemplatesService } from '#core/modules/clauses/clauses.templates.service.ts'
import {
  contractExistsForCustomer,
  contractsByNumber,
  searchContracts,
  contractHolder,
  followObligations,
} from '#core/modules/contracts/contracts.api.ts'
import { createContractPapers } from '#core/modules/contracts/contracts.papers.ts'
import { keepObligations, remindOfContracts } from '#core/modules/contracts/contracts.keeper.ts'
import {
  claimedBeside,
  claimHolders,
  followReceivables,
  limitationEvent,
  limitationEventGone,
  paymentInterrupts,
  statementsConfirmed,
} from '#core/modules/claims/claims.api.ts'
import { createDisputesService } from '#core/modules/claims/claims.disputes.ts'
import { createClaimsExports } from '#core/modules/claims/claims.exports.ts'
import { createInterestService } from '#core/modules/claims/claims.interest.ts'
import { countNewClocks, tellBrokenPlans, warnOfLimitation } from '#core/modules/claims/claims.keeper.ts'
import { createLimitationService } from '#core/modules/claims/claims.limitation.ts'
import { createPlanSigning } from '#core/modules/claims/claims.plans.sign.ts'
import { createPlansService } from '#core/modules/claims/claims.plans.ts'
import { createClaimsPolicy } from '#core/modules/claims/claims.policy.ts'
import { createRequestsService } from '#core/modules/claims/claims.requests.ts'
import { createStatementsService } from '#core/modules/claims/claims.statements.ts'
import { assertMayLeave, creditHolder } from '#core/modules/credit/credit.api.ts'
import { createCreditService } from '#core/modules/credit/credit.service.ts'
import { deliveredOn, notDelivered } from '#core/modules/contracts/contracts.events.ts'
import { createContractsService } from '#core/modules/contracts/contracts.service.ts'
import { createContractSubmit } from '#core/modules/contracts/contracts.submit.ts'
import { createContractEndings } from '#core/modules/contracts/contracts.endings.ts'
import { createArchive } from '#core/modules/contracts/contracts.archive.ts'
import { createPaperFiles } from '#core/modules/contracts/contracts.paper-files.ts'
import { createScans } from '#core/modules/contracts/contracts.scans.ts'
import { createSeals } from '#core/modules/contracts/contracts.seals.ts'
import { createContractSigning } from '#core/modules/contracts/contracts.signing.ts'
import { createSupplements } from '#core/modules/contracts/contracts.supplements.ts'
import { createContractVersions } from '#core/modules/contracts/contracts.versions.ts'
import { receiptExistsForCustomer, receivableHolders } from '#core/modules/receivables/receivables.api.ts'
import { visitHolders } from '#core/modules/visits/visits.api.ts'
import { noteHolder } from '#core/modules/market/market.api.ts'
import { taskHolder } from '#core/modules/tasks/tasks.api.ts'
import { attachmentHolder } from '#core/modules/attachments/attachments.api.ts'
import { customersByCode, searchCustomers } from '#core/modules/customers/customers.api.ts'
import { createDueFilesService, remindOfDueFiles } from '#core/modules/customers/customers.due.ts'
import { createCustomerFieldsService } from '#core/modules/customers/customers.fields.service.ts'
import { createCustomerImport } from '#core/modules/customers/customers.import.ts'
import { createCampaignsService } from '#core/modules/customers/campaigns.service.ts'
import { createMergesService } from '#core/modules/customers/customers.merge.ts'
import { createCustomersService } from '#core/modules/customers/customers.service.ts'
import { createTeamService } from '#core/modules/customers/customers.team.ts'
import { dealHolder, dealKeepsCustomer, dealsByNumber, searchDeals } from '#core/modules/deals/deals.api.ts'
import { createDealFigures } from '#core/modules/deals/deals.figures.ts'
import { createDealMoves } from '#core/modules/deals/deals.moves.ts'
import { createDealsService } from '#core/modules/deals/deals.service.ts'
import { createDunning } from '#core/modules/dunning/dunning.services.ts'
import { brokenPromises, lettersByNumber, searchLetters } from '#core/modules/dunning/dunning.api.ts'
import { createHandoverService } from '#core/modules/handover/handover.service.ts'
import { createHomeService } from '#core/modules/home/home.service.ts'
import { createImportsService } from '#core/modules/imports/imports.service.ts'
import { invoiceExistsForCustomer, invoiceHolder, searchInvoices } from '#core/modules/invoices/invoices.api.ts'
import { createInvoiceEntry } from '#core/modules/invoices/invoices.entry.ts'
import { createInvoicesExport } from '#core/modules/invoices/invoices.export.ts'
import { createInvoiceFigures } from '#core/modules/invoices/invoices.figures.ts'
import { invoicesImport } from '#core/modules/invoices/invoices.import.ts'
import { createInvoiceReds } from '#core/modules/invoices/invoices.reds.ts'
import { createInvoicesService } from '#core/modules/invoices/invoices.service.ts'
import { createFirstRun } from '#core/modules/office/first-run.ts'
import { createCallBacksService } from '#core/modules/callbacks/callbacks.service.ts'
import { createMarketPapers } from '#core/modules/market/market.papers.ts'
import { createMarketService } from '#core/modules/market/market.service.ts'
import { createObligationsExport } from '#core/modules/obligations/obligations.export.ts'
import { remindOfObligations } from '#core/modules/obligations/obligations.keeper.ts'
import { createObligationsService } from '#core/modules/obligations/obligations.service.ts'
import { createOrdersExport } from '#core/modules/orders/orders.export.ts'
import { createOrdersService } from '#core/modules/orders/orders.service.ts'
import { createMinutesPapers } from '#core/modules/minutes/minutes.papers.ts'
import { createMinutesService } from '#core/modules/minutes/minutes.service.ts'
import { createOfficeService } from '#core/modules/office/office.service.ts'
import { createGroupsService } from '#core/modules/people/groups.service.ts'
import { loginKey, teamUserIds } from '#core/modules/people/people.api.ts'
import { createPeopleService, type Accounts } from '#core/modules/people/people.service.ts'
import { reviewFormHolder, openAppraisal } from '#core/modules/performance/performance.api.ts'
import { createPerformanceService } from '#core/modules/performance/performance.service.ts'
import { minutesByNumber, searchMinutes } from '#core/modules/minutes/minutes.api.ts'
import { countQuotationsOf, quotationsByNumber, searchQuotations } from '#core/modules/quotations/quotations.api.ts'
import { createQuotationDrafts } from '#core/modules/quotations/quotations.agreed.ts'
import { createQuotationPapers } from '#core/modules/quotations/quotations.papers.ts'
import { createQuotationsService } from '#core/modules/quotations/quotations.service.ts'
import { createQuotationSteps } from '#core/modules/quotations/quotations.steps.ts'
import { createAgeingService } from '#core/modules/receivables/ageing.service.ts'
import { createBillsService } from '#core/modules/receivables/bills.service.ts'
import { createCreditsService } from '#core/modules/receivables/credits.service.ts'
import { createInstalmentsService } from '#core/modules/receivables/instalments.service.ts'
import { createReceivableFigures } from '#core/modules/receivables/figures.service.ts'
import { createReceivablesReport } from '#core/modules/receivables/report.service.ts'
import { openingImport } from '#core/modules/receivables/opening.import.ts'
import { createBooking } from '#core/modules/receivables/receipts.booking.ts'
import { createReceiptsService } from '#core/modules/receivables/receipts.service.ts'
import { createRefundsService } from '#core/modules/receivables/refunds.service.ts'
import { keepPool } from '#core/modules/pool/pool.keeper.ts'
import { createPoolService } from '#core/modules/pool/pool.service.ts'
import { createReceivablesExports } from '#core/modules/receivables/receivables.exports.ts'
import { createReceivablesService } from '#core/modules/receivables/receivables.service.ts'
import { createSampleJob } from '#core/modules/sample/sample-job.ts'
import { createSearchService, type SearchSource } from '#core/modules/search/search.service.ts'
import type { SessionRegistry } from '#core/modules/session/session.registry.ts'
import { createSessionService } from '#core/modules/session/session.service.ts'
import { createTasksService } from '#core/modules/tasks/tasks.service.ts'
import { remindOfReports } from '#core/modules/visits/visits.keeper.ts'
import { createVisitPapers } from '#core/modules/visits/visits.papers.ts'
import { createViewsService } from '#core/modules/views/views.service.ts'
import { createVisitPlans } from '#core/modules/visits/visits.plans.ts'
import { createVisitSeries } from '#core/modules/visits/visits.series.ts'
import { createTimelineService } from '#core/modules/timeline/timeline.service.ts'
import { TIMELINE_SOURCES } from '#core/modules/timeline/timeline.sources.ts'
import { createVisitsService } from '#core/modules/visits/visits.service.ts'
import { createWordExports } from '#core/modules/wordtemplates/wordtemplates.exports.ts'
import { createWordPapers } from '#core/modules/wordtemplates/wordtemplates.papers.ts'
import { createWordTemplates } from '#core/modules/wordtemplates/wordtemplates.service.ts'
import { approvalListeners } from './approval-listeners.ts'
import type { CoreClient } from './client-type.ts'
import type { Connection } from './context.ts'
import { scopeForAction } from './entry.ts'

/** Makes every service once, in the order they need each other. */
export function createServices(
  deps: CoreDeps,
  vault: Vault,
  registry: SessionRegistry,
  feed: ChangeFeed,
  clientFor: (connection: Connection) => CoreClient,
) {
  const accounts: Accounts = {
    issueCode: (key) => vault.issueCode(key),
    removeSlot: (key) => vault.removeSlot(key),
    unlock: (key) => vault.forgiveAttempts(key),
    endSessions: (userId) => registry.endAll(userId),
  }
  const session = createSessionService(deps, vault, registry)
  const office = createOfficeService(deps, ({ idleMinutes, locale }) => {
    registry.idleMinutes = idleMinutes
    void vault.remember({ locale })
  })
  const scopeFor = (ctx: CallContext, action: Action) =>
    scopeForAction(ctx.session, action, (found) => teamUserIds(deps.store.read, found))
  /** Each source asks the matrix itself: the palette's own permission says nothing of customers. */
  const source =
    (action: Action, search: typeof searchContracts): SearchSource =>
    async (ctx, text, limit, customerIds) => {
      const scope = await scopeFor(ctx, action)
      return scope ? search(deps.store.read, scope, text, limit, customerIds) : []
    }
  const sources = {
    numbers: [
      source('customers.read', customersByCode),
      source('contracts.read', contractsByNumber),
      source('deals.read', dealsByNumber),
      source('deals.read', quotationsByNumber),
      source('deals.read', minutesByNumber),
      source('dunning.read', lettersByNumber),
    ],
    customers: source('customers.read', searchCustomers),
    others: [
      source('contracts.read', searchContracts),
      source('deals.read', searchDeals),
      source('deals.read', searchQuotations),
      source('deals.read', searchMinutes),
      source('dunning.read', searchLetters),
      source('invoices.read', searchInvoices),
    ],
  }
  // What receivables say of a debt decides when its limitation ends; the work list is counted after that.
  deps.follow('receivables', followReceivables)
  // A demand that arrived interrupts the limitation of what it names.
  const dunning = createDunning(deps, {
    demands: { proven: limitationEvent, gone: limitationEventGone },
    statementsConfirmed,
  })
  /** What hangs on a customer, and goes along where two become one. */
  const customerHolders = [
    contractHolder,
    ...receivableHolders,
    invoiceHolder,
    ...claimHolders,
    creditHolder,
    ...dunning.holders,
    ...visitHolders,
    dealHolder,
    noteHolder,
    taskHolder,
    attachmentHolder,
    approvalHolder,
    reviewFormHolder,
  ]
  /** What keeps a customer out of the bin. */
  const customerUses = [contractExistsForCustomer, invoiceExistsForCustomer, dealKeepsCustomer]
  /** What keeps a rejected file whose day of deletion has come. */
  const dueUses = [
    { why: 'contract', holds: contractExistsForCustomer },
    { why: 'receipt', holds: receiptExistsForCustomer },
    { why: 'invoice', holds: invoiceExistsForCustomer },
    { why: 'deal', holds: dealKeepsCustomer },
  ] as const
  const booking = createBooking({ listeners: [paymentInterrupts], claimed: claimedBeside, reversals: [reopenLine] })
  const bankBooking = createBankBooking(booking)
  const bankLines = createBankLines(deps, bankBooking)
  const receivables = createReceivablesService(deps, booking)
  const ageing = createAgeingService(deps)
  const receivableFigures = createReceivableFigures(deps)
  const clauses = createClausesService(deps)
  const templates = createTemplatesService(deps)
  const attachments = createAttachmentsService(deps, { ...ATTACHMENT_HOSTS }, scopeFor)
  const visits = createVisitsService(deps)
  const merges = createMergesService(deps, customerHolders)
  everyHour(deps, () => vault.state().state === 'open', [
    { name: 'removed attachments', run: attachments.purge },
    { name: 'old merges', run: merges.close },
    { name: 'reports of visits', run: () => remindOfReports(deps) },
    { name: 'pool', run: () => keepPool(deps) },
    { name: 'due files', run: () => remindOfDueFiles(deps, dueUses) },
    { name: 'approvals', run: () => keepApprovals(deps) },
    { name: 'clocks of limitation', run: () => countNewClocks(deps) },
    { name: 'ends of limitation', run: () => warnOfLimitation(deps) },
    { name: 'repayment plans', run: () => tellBrokenPlans(deps) },
    { name: 'obligations', run: () => keepObligations(deps) },
    { name: 'due obligations', run: () => remindOfObligations(deps) },
    { name: 'reminders of contracts', run: () => remindOfContracts(deps) },
    { name: 'work list of dunning', run: dunning.keep },
    { name: 'opening of the appraisal', run: () => openAppraisal(deps) },
  ])
  const plans = createPlansService(deps)
  const claims = {
    policy: createClaimsPolicy(deps),
    interest: createInterestService(deps),
    limitation: createLimitationService(deps),
    disputes: createDisputesService(deps),
    requests: createRequestsService(deps),
    statements: createStatementsService(deps),
    plans,
    signing: createPlanSigning(deps, plans.view),
    exports: createClaimsExports(deps),
  }
  // Files, not rows: no write tells of them.
  const tellBackups = () => feed.publish({ module: 'backups', ids: [], userId: null })
  const backupKeeper = createBackupKeeper(deps, vault, tellBackups)
  return {
    deps,
    feed,
    backupKeeper,
    backups: createBackupsService(deps, vault, backupKeeper, {
      endAllSessions: () => registry.clear(),
      checkFolder: (path) => office.checkFolder(path),
      tell: tellBackups,
    }),
    recovery: createRecoveryService(deps, vault, loginKey),
    audit: createAuditService(deps, vault),
    session,
    office,
    firstRun: createFirstRun(deps, vault, session, createSampleJob(deps, registry, clientFor)),
    people: createPeopleService(deps, accounts),
    groups: createGroupsService(deps),
    customers: createCustomersService(deps, customerUses),
    merges,
    customerFields: createCustomerFieldsService(deps),
    customerTeam: createTeamService(deps),
    dueFiles: createDueFilesService(deps, dueUses),
    imports: createImportsService(
      deps,
      [createCustomerImport(customerUses), invoicesImport, openingImport],
      scopeFor,
      (reason, signal) => backupKeeper.ensure(reason, signal),
    ),
    handover: createHandoverService(deps),
    pool: createPoolService(deps),
    campaigns: createCampaignsService(deps),
    callBacks: createCallBacksService(deps),
    market: createMarketService(deps, scopeFor),
    marketPapers: createMarketPapers(deps, scopeFor),
    visits,
    visitPlans: createVisitPlans(deps),
    visitSeries: createVisitSeries(deps),
    visitPapers: createVisitPapers(deps, scopeFor, visits),
    tasks: createTasksService(deps, scopeFor),
    approvals: createApprovalsService(deps, approvalListeners(dunning.decided)),
    approvalWays: createApprovalWays(deps),
    approvalPapers: createApprovalPapers(deps),
    timeline: createTimelineService(deps, TIMELINE_SOURCES, scopeFor),
    attachments,
    claims,
    credit: createCreditService(deps, brokenPromises),
    dunning: dunning.services,
    performance: createPerformanceService(deps, scopeFor),
    home: createHomeService(deps, scopeFor),
    deals: createDealsService(deps, scopeFor, countQuotationsOf),
    dealMoves: createDealMoves(deps, countQuotationsOf),
    dealFigures: createDealFigures(deps, scopeFor),
    quotations: createQuotationsService(deps, scopeFor),
    quotationSteps: createQuotationSteps(deps),
    quotationDrafts: createQuotationDrafts(deps),
    quotationPapers: createQuotationPapers(deps),
    minutes: createMinutesService(deps, scopeFor),
    minutesPapers: createMinutesPapers(deps),
    obligations: createObligationsService(deps),
    obligationsExport: createObligationsExport(deps),
    orders: createOrdersService(
      deps,
      { deliveredOn, notDelivered, moved: followObligations },
      async (uow, ctx, order, reason) => {
        const may = (await scopeFor(ctx, 'credit.override')) !== null
        await assertMayLeave(uow, order, { may, reason }, brokenPromises)
      },
    ),
    ordersExport: createOrdersExport(deps),
    clauses,
    templates,
    clausePapers: createClausePapers(deps),
    clauseFiles: createClauseFiles(deps, clauses, templates),
    contracts: createContractsService(deps),
    contractPapers: createContractPapers(deps, resolveTemplate),
    contractSubmit: createContractSubmit(deps),
    contractVersions: createContractVersions(deps),
    contractEndings: createContractEndings(deps),
    supplements: createSupplements(deps),
    contractSigning: createContractSigning(deps, resolveTemplate),
    paperFiles: createPaperFiles(deps),
    scans: createScans(deps),
    archive: createArchive(deps),
    seals: createSeals(deps),
    wordTemplates: createWordTemplates(deps),
    wordPapers: createWordPapers(deps),
    wordExports: createWordExports(deps),
    receivables,
    receipts: createReceiptsService(deps, booking),
    instalments: createInstalmentsService(deps),
    credits: createCreditsService(deps, booking),
    refunds: createRefundsService(deps),
    bills: createBillsService(deps, booking),
    ageing,
    receivableFigures,
    receivablesReport: createReceivablesReport(deps, ageing, receivableFigures),
    receivablesExports: createReceivablesExports(deps, receivables, ageing),
    invoices: createInvoicesService(deps),
    invoiceReds: createInvoiceReds(deps),
    invoiceEntry: createInvoiceEntry(deps),
    invoiceFigures: createInvoiceFigures(deps),
    invoicesExport: createInvoicesExport(deps),
    bankAccounts: createBankAccounts(deps),
    bankImport: createBankImport(deps),
    bankStatements: createBankStatements(deps, bankBooking),
    bankLines,
    bankBulk: createBankBulk(deps, bankBooking),
    bankExport: createBankExport(deps, bankLines),
    search: createSearchService(sources),
    views: createViewsService(deps),
  }
}

export type Services = ReturnType<typeof createServices>
