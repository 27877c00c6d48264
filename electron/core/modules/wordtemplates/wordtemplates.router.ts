import type { Os } from '#core/rpc/implementer.ts'
import type { createWordExports } from './wordtemplates.exports.ts'
import type { createWordPapers } from './wordtemplates.papers.ts'
import type { createWordTemplates } from './wordtemplates.service.ts'

/** Binds the entries of Word templates. */
export function wordTemplatesRouter(
  os: Os['wordTemplates'],
  templates: ReturnType<typeof createWordTemplates>,
  papers: ReturnType<typeof createWordPapers>,
  exports: ReturnType<typeof createWordExports>,
) {
  return {
    list: os.list.handler(({ input, context }) => templates.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => templates.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => templates.get(context.call, input.id)),
    create: os.create.handler(({ input, context }) => templates.create(context.call, input)),
    addEdition: os.addEdition.handler(({ input, context }) => templates.addEdition(context.call, input)),
    rename: os.rename.handler(({ input, context }) => templates.rename(context.call, input)),
    putInUse: os.putInUse.handler(({ input, context }) => templates.putInUse(context.call, input)),
    withdraw: os.withdraw.handler(({ input, context }) => templates.withdraw(context.call, input)),
    original: os.original.handler(({ input, context }) => papers.original(context.call, input)),
    tryOut: os.tryOut.handler(({ input, context }) => papers.tryOut(context.call, input)),
    sample: os.sample.handler(({ input, context }) => papers.sample(context.call, input.language)),
    choices: os.choices.handler(({ input, context }) => papers.choices(context.call, input.contractId)),
    fill: os.fill.handler(({ input, context }) => papers.fill(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => exports.exportRows(context.call, input)),
  }
}
