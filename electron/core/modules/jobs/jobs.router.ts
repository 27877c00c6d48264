import type { Jobs } from '#core/kernel/jobs/jobs.ts'
import { sessionOf, untilOver } from '#core/rpc/context.ts'
import type { Os } from '#core/rpc/implementer.ts'

/** Binds the job tray: everybody sees only the jobs they started. */
export function jobsRouter(os: Os['jobs'], jobs: Jobs) {
  return {
    list: os.list.handler(({ context }) => jobs.list(sessionOf(context.call).userId)),
    get: os.get.handler(({ input, context }) => jobs.get(sessionOf(context.call).userId, input.id)),
    cancel: os.cancel.handler(({ input, context }) => ({
      state: jobs.cancel(sessionOf(context.call).userId, input.id),
    })),
    dismiss: os.dismiss.handler(({ input, context }) => {
      jobs.dismiss(sessionOf(context.call).userId, input.id)
      return {}
    }),
    watch: os.watch.handler(async function* ({ context, signal }) {
      const { userId } = sessionOf(context.call)
      for await (const view of jobs.watch(userId, untilOver(context.call, signal))) yield view
    }),
  }
}
