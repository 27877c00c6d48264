import type { Os } from '#core/rpc/implementer.ts'
import type { createVisitsService } from './visits.service.ts'

/** Binds the entries of visits. */
export function visitsRouter(os: Os['visits'], service: ReturnType<typeof createVisitsService>) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
    remove: os.remove.handler(({ input, context }) => service.remove(context.call, input)),
  }
}
