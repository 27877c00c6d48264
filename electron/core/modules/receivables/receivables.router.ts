import type { Os } from '#core/rpc/implementer.ts'
import type { createAgeingService } from './ageing.service.ts'
import type { createBillsService } from './bills.service.ts'
import type { createCreditsService } from './credits.service.ts'
import type { createReceivableFigures } from './figures.service.ts'
import type { createInstalmentsService } from './instalments.service.ts'
import type { createReceivablesExports } from './receivables.exports.ts'
import type { createReceivablesService } from './receivables.service.ts'
import type { createReceiptsService } from './receipts.service.ts'
import type { createRefundsService } from './refunds.service.ts'
import type { createReceivablesReport } from './report.service.ts'

/** What the entries of receivables are carried out by. */
interface ReceivablesServices {
  readonly receivables: ReturnType<typeof createReceivablesService>
  readonly ageing: ReturnType<typeof createAgeingService>
  readonly receipts: ReturnType<typeof createReceiptsService>
  readonly instalments: ReturnType<typeof createInstalmentsService>
  readonly credits: ReturnType<typeof createCreditsService>
  readonly refunds: ReturnType<typeof createRefundsService>
  readonly bills: ReturnType<typeof createBillsService>
  readonly receivableFigures: ReturnType<typeof createReceivableFigures>
  readonly receivablesReport: ReturnType<typeof createReceivablesReport>
  readonly receivablesExports: ReturnType<typeof createReceivablesExports>
}

/** Binds the entries of receivables. */
export function receivablesRouter(os: Os['receivables'], services: ReceivablesServices) {
  const { receivableFigures: figures, receivablesReport } = services
  const { receivables, ageing, receipts, instalments, credits, refunds, bills, receivablesExports: exports } = services
  return {
    list: os.list.handler(({ input, context }) => receivables.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => receivables.summary(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => exports.instalments(context.call, input)),
    policy: os.policy.handler(() => receivables.policy()),
    savePolicy: os.savePolicy.handler(({ input, context }) => receivables.savePolicy(context.call, input)),
    ageingTotals: os.ageingTotals.handler(({ input, context }) => ageing.totals(context.call, input)),
    ageing: os.ageing.handler(({ input, context }) => ageing.groups(context.call, input)),
    ageingRows: os.ageingRows.handler(({ input, context }) => ageing.rows(context.call, input)),
    exportAgeing: os.exportAgeing.handler(({ input, context }) => exports.ageing(context.call, input)),
    receiptList: os.receiptList.handler(({ input, context }) => receipts.list(context.call, input)),
    receiptSummary: os.receiptSummary.handler(({ input, context }) => receipts.summary(context.call, input)),
    receiptGet: os.receiptGet.handler(({ input, context }) => receipts.get(context.call, input.id)),
    propose: os.propose.handler(({ input, context }) => receivables.propose(context.call, input)),
    receiptCreate: os.receiptCreate.handler(({ input, context }) => receipts.create(context.call, input)),
    allocate: os.allocate.handler(({ input, context }) => receipts.allocate(context.call, input)),
    reverse: os.reverse.handler(({ input, context }) => receipts.reverse(context.call, input)),
    pictures: os.pictures.handler(({ context }) => figures.pictures(context.call)),
    provision: os.provision.handler(({ input, context }) => figures.provision(context.call, input.asOf)),
    provisionSave: os.provisionSave.handler(({ input, context }) => figures.provisionSave(context.call, input)),
    report: os.report.handler(({ input, context }) => receivablesReport.start(context.call, input.asOf)),
    get: os.get.handler(({ input, context }) => instalments.get(context.call, input.id)),
    create: os.create.handler(({ input, context }) => instalments.create(context.call, input)),
    redate: os.redate.handler(({ input, context }) => instalments.redate(context.call, input)),
    cancel: os.cancel.handler(({ input, context }) => instalments.cancel(context.call, input)),
    creditList: os.creditList.handler(({ input, context }) => credits.list(context.call, input)),
    creditSummary: os.creditSummary.handler(({ input, context }) => credits.summary(context.call, input)),
    creditGet: os.creditGet.handler(({ input, context }) => credits.get(context.call, input.id)),
    creditCreate: os.creditCreate.handler(({ input, context }) => credits.create(context.call, input)),
    creditUse: os.creditUse.handler(({ input, context }) => credits.use(context.call, input)),
    creditReverse: os.creditReverse.handler(({ input, context }) => credits.reverse(context.call, input)),
    refundList: os.refundList.handler(({ input, context }) => refunds.list(context.call, input)),
    refundAsk: os.refundAsk.handler(({ input, context }) => refunds.ask(context.call, input)),
    refundDecide: os.refundDecide.handler(({ input, context }) => refunds.decide(context.call, input)),
    refundPay: os.refundPay.handler(({ input, context }) => refunds.pay(context.call, input)),
    refundReverse: os.refundReverse.handler(({ input, context }) => refunds.reverse(context.call, input)),
    billList: os.billList.handler(({ input, context }) => bills.list(context.call, input)),
    billMove: os.billMove.handler(({ input, context }) => bills.move(context.call, input)),
  }
}
