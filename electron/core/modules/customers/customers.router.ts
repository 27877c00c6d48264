import type { Os } from '#core/rpc/implementer.ts'
import type { createCustomersService } from './customers.service.ts'

/** Binds the entries of customers. */
export function customersRouter(os: Os['customers'], service: ReturnType<typeof createCustomersService>) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    regions: os.regions.handler(({ context }) => service.regions(context.call)),
    timeline: os.timeline.handler(({ input, context }) => service.timeline(context.call, input.id)),
    duplicates: os.duplicates.handler(({ input, context }) => service.duplicates(context.call, input)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    remove: os.remove.handler(({ input, context }) => service.remove(context.call, input)),
    restore: os.restore.handler(({ input, context }) => service.restore(context.call, input)),
    transfer: os.transfer.handler(({ input, context }) => service.transfer(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
  }
}
