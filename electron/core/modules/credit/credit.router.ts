import type { Os } from '#core/rpc/implementer.ts'
import type { createCreditService } from './credit.service.ts'

/** Binds the entries of credit. */
export function creditRouter(os: Os['credit'], service: ReturnType<typeof createCreditService>) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.customerId)),
    check: os.check.handler(({ input, context }) => service.check(context.call, input)),
    order: os.order.handler(({ input, context }) => service.order(context.call, input.orderId)),
    score: os.score.handler(({ input, context }) => service.score(context.call, input.customerId)),
    setLimit: os.setLimit.handler(({ input, context }) => service.setLimit(context.call, input)),
    setHold: os.setHold.handler(({ input, context }) => service.setHold(context.call, input)),
    setRegistration: os.setRegistration.handler(({ input, context }) => service.setRegistration(context.call, input)),
    release: os.release.handler(({ input, context }) => service.release(context.call, input)),
    policy: {
      read: os.policy.read.handler(() => service.policy()),
      save: os.policy.save.handler(({ input, context }) => service.savePolicy(context.call, input)),
    },
  }
}
