import type { Os } from '#core/rpc/implementer.ts'
import type { createApprovalPapers } from './approvals.papers.ts'
import type { createApprovalsService } from './approvals.service.ts'
import type { createApprovalWays } from './approvals.ways.ts'

/** Binds the entries of approvals. */
export function approvalsRouter(
  os: Os['approvals'],
  service: ReturnType<typeof createApprovalsService>,
  ways: ReturnType<typeof createApprovalWays>,
  papers: ReturnType<typeof createApprovalPapers>,
) {
  return {
    waiting: os.waiting.handler(({ input, context }) => service.waiting(context.call, input)),
    mine: os.mine.handler(({ input, context }) => service.mine(context.call, input)),
    history: os.history.handler(({ input, context }) => service.history(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    act: os.act.handler(({ input, context }) => service.act(context.call, input)),
    preview: os.preview.handler(({ input, context }) => papers.preview(context.call, input.id)),
    definitions: os.definitions.handler(() => ways.definitions()),
    saveDefinition: os.saveDefinition.handler(({ input, context }) => ways.saveDefinition(context.call, input)),
    dryRun: os.dryRun.handler(({ input, context }) => ways.dryRun(context.call, input)),
    substitutes: os.substitutes.handler(({ context }) => ways.substitutes(context.call)),
    setSubstitute: os.setSubstitute.handler(({ input, context }) => ways.setSubstitute(context.call, input)),
  }
}
