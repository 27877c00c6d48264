import type { Os } from '#core/rpc/implementer.ts'
import type { createOrdersExport } from './orders.export.ts'
import type { createOrdersService } from './orders.service.ts'

/** Binds the entries of orders. */
export function ordersRouter(
  os: Os['orders'],
  service: ReturnType<typeof createOrdersService>,
  exports: ReturnType<typeof createOrdersExport>,
) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    ofContract: os.ofContract.handler(({ input, context }) => service.ofContract(context.call, input.contractId)),
    deliver: os.deliver.handler(({ input, context }) => service.deliver(context.call, input)),
    reverse: os.reverse.handler(({ input, context }) => service.reverse(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => exports.exportRows(context.call, input)),
  }
}
