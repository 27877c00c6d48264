import type { Os } from '#core/rpc/implementer.ts'
import type { createObligationsExport } from './obligations.export.ts'
import type { createObligationsService } from './obligations.service.ts'

/** Binds the entries of obligations. */
export function obligationsRouter(
  os: Os['obligations'],
  service: ReturnType<typeof createObligationsService>,
  exports: ReturnType<typeof createObligationsExport>,
) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    done: os.done.handler(({ input, context }) => service.done(context.call, input)),
    drop: os.drop.handler(({ input, context }) => service.drop(context.call, input)),
    reopen: os.reopen.handler(({ input, context }) => service.reopen(context.call, input)),
    assign: os.assign.handler(({ input, context }) => service.assign(context.call, input)),
    move: os.move.handler(({ input, context }) => service.move(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => exports.exportRows(context.call, input)),
  }
}
