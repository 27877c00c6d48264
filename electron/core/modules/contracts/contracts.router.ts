import type { Os } from '#core/rpc/implementer.ts'
import type { createContractPapers } from './contracts.papers.ts'
import type { createContractSubmit } from './contracts.submit.ts'
import type { createContractsService } from './contracts.service.ts'

/** Binds the entries of contracts. */
export function contractsRouter(
  os: Os['contracts'],
  contracts: ReturnType<typeof createContractsService>,
  papers: ReturnType<typeof createContractPapers>,
  approvals: ReturnType<typeof createContractSubmit>,
) {
  return {
    list: os.list.handler(({ input, context }) => contracts.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => contracts.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => contracts.get(context.call, input.id)),
    create: os.create.handler(({ input, context }) => contracts.create(context.call, input)),
    update: os.update.handler(({ input, context }) => contracts.update(context.call, input)),
    check: os.check.handler(({ input, context }) => contracts.check(context.call, input)),
    preview: os.preview.handler(({ input, context }) => papers.preview(context.call, input)),
    approval: os.approval.handler(({ input, context }) => approvals.approval(context.call, input.id)),
    submit: os.submit.handler(({ input, context }) => approvals.submit(context.call, input)),
    sign: os.sign.handler(({ input, context }) => contracts.sign(context.call, input)),
    void: os.void.handler(({ input, context }) => contracts.void(context.call, input)),
    recordEvent: os.recordEvent.handler(({ input, context }) => contracts.recordEvent(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => papers.exportRows(context.call, input)),
  }
}
