import type { Os } from '#core/rpc/implementer.ts'
import type { createQuotationDrafts } from './quotations.agreed.ts'
import type { createQuotationPapers } from './quotations.papers.ts'
import type { createQuotationsService } from './quotations.service.ts'
import type { createQuotationSteps } from './quotations.steps.ts'

/** Binds the entries of quotations. */
export function quotationsRouter(
  os: Os['quotations'],
  service: ReturnType<typeof createQuotationsService>,
  steps: ReturnType<typeof createQuotationSteps>,
  drafts: ReturnType<typeof createQuotationDrafts>,
  papers: ReturnType<typeof createQuotationPapers>,
) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    basis: os.basis.handler(({ input, context }) => service.basis(context.call, input.dealId)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    revise: os.revise.handler(({ input, context }) => service.revise(context.call, input)),
    send: os.send.handler(({ input, context }) => steps.send(context.call, input)),
    release: os.release.handler(({ input, context }) => steps.release(context.call, input)),
    close: os.close.handler(({ input, context }) => steps.close(context.call, input)),
    preview: os.preview.handler(({ input, context }) => papers.preview(context.call, input)),
    agreed: os.agreed.handler(({ input, context }) => drafts.agreed(context.call, input.dealId)),
    contractDraft: os.contractDraft.handler(({ input, context }) => drafts.contractDraft(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => papers.exportRows(context.call, input)),
  }
}
