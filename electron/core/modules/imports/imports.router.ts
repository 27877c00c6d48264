import type { Os } from '#core/rpc/implementer.ts'
import type { createImportsService } from './imports.service.ts'

/** Binds the entries of imports. */
export function importsRouter(os: Os['imports'], service: ReturnType<typeof createImportsService>) {
  return {
    template: os.template.handler(({ input, context }) => service.template(context.call, input.entity)),
    open: os.open.handler(({ input, context }) => service.open(context.call, input)),
    check: os.check.handler(({ input, context }) => service.check(context.call, input)),
    rows: os.rows.handler(({ input, context }) => service.rows(context.call, input)),
    rowsSummary: os.rowsSummary.handler(({ input, context }) => service.rowsSummary(context.call, input)),
    run: os.run.handler(({ input, context }) => service.run(context.call, input)),
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ context }) => service.summary(context.call)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    revert: os.revert.handler(({ input, context }) => service.revert(context.call, input)),
  }
}
