import type { Os } from '#core/rpc/implementer.ts'
import type { createReceivablesExports } from './receivables.exports.ts'
import type { createReceivablesService } from './receivables.service.ts'
import type { createReceiptsService } from './receipts.service.ts'

/** Binds the entries of receivables. */
export function receivablesRouter(
  os: Os['receivables'],
  receivables: ReturnType<typeof createReceivablesService>,
  receipts: ReturnType<typeof createReceiptsService>,
  exports: ReturnType<typeof createReceivablesExports>,
) {
  return {
    list: os.list.handler(({ input, context }) => receivables.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => receivables.summary(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => exports.instalments(context.call, input)),
    ageingTotals: os.ageingTotals.handler(({ input, context }) => receivables.ageingTotals(context.call, input)),
    ageing: os.ageing.handler(({ input, context }) => receivables.ageing(context.call, input)),
    ageingRows: os.ageingRows.handler(({ input, context }) => receivables.ageingRows(context.call, input)),
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
