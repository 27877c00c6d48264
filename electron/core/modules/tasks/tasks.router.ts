import type { Os } from '#core/rpc/implementer.ts'
import type { createTasksService } from './tasks.service.ts'

/** Binds the entries of tasks. */
export function tasksRouter(os: Os['tasks'], service: ReturnType<typeof createTasksService>) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    done: os.done.handler(({ input, context }) => service.done(context.call, input)),
    drop: os.drop.handler(({ input, context }) => service.drop(context.call, input)),
    reopen: os.reopen.handler(({ input, context }) => service.reopen(context.call, input)),
    snoozeDays: os.snoozeDays.handler(({ input, context }) => service.snoozeDays(context.call, input)),
    snooze: os.snooze.handler(({ input, context }) => service.snooze(context.call, input)),
    handOver: os.handOver.handler(({ input, context }) => service.handOver(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
  }
}
