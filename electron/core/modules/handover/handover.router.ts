import type { Os } from '#core/rpc/implementer.ts'
import type { createHandoverService } from './handover.service.ts'

/** Binds the entries of hand-overs. */
export function handoverRouter(os: Os['handover'], service: ReturnType<typeof createHandoverService>) {
  return {
    preview: os.preview.handler(({ input, context }) => service.preview(context.call, input)),
    run: os.run.handler(({ input, context }) => service.run(context.call, input)),
    undo: os.undo.handler(({ input, context }) => service.undo(context.call, input.id)),
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
    exportList: os.exportList.handler(({ input, context }) => service.exportList(context.call, input)),
  }
}
