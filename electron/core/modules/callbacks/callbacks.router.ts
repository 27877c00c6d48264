import type { Os } from '#core/rpc/implementer.ts'
import type { createCallBacksService } from './callbacks.service.ts'

/** Binds the entries of call-backs. */
export function callBacksRouter(os: Os['callBacks'], service: ReturnType<typeof createCallBacksService>) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
  }
}
