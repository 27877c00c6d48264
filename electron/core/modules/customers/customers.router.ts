import type { Os } from '#core/rpc/implementer.ts'
import type { createDueFilesService } from './customers.due.ts'
import type { createCustomerFieldsService } from './customers.fields.service.ts'
import type { createMergesService } from './customers.merge.ts'
import type { createCustomersService } from './customers.service.ts'
import type { createTeamService } from './customers.team.ts'

/** Binds the entries of customers. */
export function customersRouter(
  os: Os['customers'],
  service: ReturnType<typeof createCustomersService>,
  merges: ReturnType<typeof createMergesService>,
  fields: ReturnType<typeof createCustomerFieldsService>,
  team: ReturnType<typeof createTeamService>,
  due: ReturnType<typeof createDueFilesService>,
) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    regions: os.regions.handler(({ context }) => service.regions(context.call)),
    tags: os.tags.handler(({ context }) => service.tags(context.call)),
    screening: {
      read: os.screening.read.handler(() => service.screening()),
      save: os.screening.save.handler(({ input, context }) => service.saveScreening(context.call, input)),
    },
    duplicates: os.duplicates.handler(({ input, context }) => service.duplicates(context.call, input)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    remove: os.remove.handler(({ input, context }) => service.remove(context.call, input)),
    restore: os.restore.handler(({ input, context }) => service.restore(context.call, input)),
    transfer: os.transfer.handler(({ input, context }) => service.transfer(context.call, input)),
    merges: {
      pairs: os.merges.pairs.handler(({ input, context }) => merges.pairs(context.call, input)),
      tellApart: os.merges.tellApart.handler(({ input, context }) => merges.tellApart(context.call, input)),
      preview: os.merges.preview.handler(({ input, context }) => merges.preview(context.call, input)),
      run: os.merges.run.handler(({ input, context }) => merges.run(context.call, input)),
      undo: os.merges.undo.handler(({ input, context }) => merges.undo(context.call, input.id)),
      of: os.merges.of.handler(({ input, context }) => merges.of(context.call, input.customerId)),
    },
    fields: {
      list: os.fields.list.handler(() => fields.list()),
      usage: os.fields.usage.handler(() => fields.usage()),
      create: os.fields.create.handler(({ input, context }) => fields.create(context.call, input)),
      update: os.fields.update.handler(({ input, context }) => fields.update(context.call, input)),
      order: os.fields.order.handler(({ input, context }) => fields.order(context.call, input)),
      retire: os.fields.retire.handler(({ input, context }) => fields.retire(context.call, input)),
      remove: os.fields.remove.handler(({ input, context }) => fields.remove(context.call, input)),
    },
    team: {
      of: os.team.of.handler(({ input, context }) => team.of(context.call, input.customerId)),
      set: os.team.set.handler(({ input, context }) => team.set(context.call, input)),
    },
    due: {
      count: os.due.count.handler(({ context }) => due.count(context.call)),
      preview: os.due.preview.handler(({ input, context }) => due.preview(context.call, input)),
      remove: os.due.remove.handler(({ input, context }) => due.remove(context.call, input)),
    },
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
  }
}
