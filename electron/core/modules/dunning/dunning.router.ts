import type { Os } from '#core/rpc/implementer.ts'
import type { createDunningService } from './dunning.service.ts'

/** Binds the entries of dunning. */
export function dunningRouter(os: Os['dunning'], service: ReturnType<typeof createDunningService>) {
  return {
    policy: os.policy.handler(() => service.policyOf()),
    savePolicy: os.savePolicy.handler(({ input, context }) => service.savePolicy(context.call, input)),
    preview: os.preview.handler(({ input, context }) => service.preview(context.call, input)),
    previewLetter: os.previewLetter.handler(({ input, context }) => service.previewLetter(context.call, input)),
    run: os.run.handler(({ input, context }) => service.run(context.call, input)),
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    letterFile: os.letterFile.handler(({ input, context }) => service.letterFile(context.call, input.id)),
    markSent: os.markSent.handler(({ input, context }) => service.markSent(context.call, input)),
    voidLetter: os.voidLetter.handler(({ input, context }) => service.voidLetter(context.call, input)),
    exclude: os.exclude.handler(({ input, context }) => service.exclude(context.call, input)),
    include: os.include.handler(({ input, context }) => service.include(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
  }
}
