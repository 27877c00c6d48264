import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { chainView, noticeFields } from './performance.chain.schema.ts'

/** The evidence that somebody is not up to the job; only for those who answer for the firm, and nobody's own. */
export const chainContract = {
  get: query('performance.lock', { audit: 'read' })
    .input(z.strictObject({ userId: entityId }))
    .output(chainView)
    .errors(refusals('PROPOSAL_OWN')),
  /** The draft of a notice, for a lawyer to look at; only where every link stands. */
  notice: command('performance.lock', { audit: 'export' })
    .input(noticeFields)
    .output(z.object({ jobId: z.string() }))
    .errors(refusals('PROPOSAL_OWN', 'CHAIN_MISSING', 'CHAIN_UNION_DAY')),
}
