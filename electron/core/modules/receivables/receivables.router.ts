import type { Os } from '#core/rpc/implementer.ts'
import type { createAgeingService } from './ageing.service.ts'
import type { createReceivablesExports } from './receivables.exports.ts'
import type { createReceivablesService } from './receivables.service.ts'
import type { createReceiptsService } from './receipts.service.ts'

/** What the entries of receivables are carried out by. */
interface ReceivablesServices {
  readonly receivables: ReturnType<typeof createReceivablesService>
  readonly ageing: ReturnType<typeof createAgeingService>
  readonly receipts: ReturnType<typeof createReceiptsService>
  readonly receivablesExports: ReturnType<typeof createReceivablesExports>
}

/** Binds the entries of receivables. */
export function receivablesRouter(os: Os['receivables'], services: ReceivablesServices) {
  const { receivables, ageing, receipts, receivablesExports: exports } = services
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
  }
}
