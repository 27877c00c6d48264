import type { Os } from '#core/rpc/implementer.ts'
import type { createPoolService } from './pool.service.ts'

/** Binds the entries of the pool. */
export function poolRouter(os: Os['pool'], service: ReturnType<typeof createPoolService>) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    claim: os.claim.handler(({ input, context }) => service.claim(context.call, input.id)),
    assign: os.assign.handler(({ input, context }) => service.assign(context.call, input)),
    release: os.release.handler(({ input, context }) => service.release(context.call, input)),
    policy: {
      read: os.policy.read.handler(() => service.policy()),
      save: os.policy.save.handler(({ input, context }) => service.savePolicy(context.call, input)),
    },
  }
}
