import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, longText, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { APPROVAL_REFUSALS, OUTCOMES } from './approvals.rules.ts'
import {
  APPROVAL_LISTS,
  APPROVAL_SORTS,
  approvalFacts,
  approvalFilters,
  approvalRow,
  approvalView,
  definitionBody,
  definitionView,
  dryRunResult,
  substituteFields,
} from './approvals.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const page = pageInput({ sort: APPROVAL_SORTS, filters: approvalFilters })
const comment = longText(1000)
const reason = longText(1000).refine((text) => text !== '', 'validation:required')

export const approvalAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('approve'), comment }),
  z.strictObject({ kind: z.literal('reject'), comment: reason }),
  /** `to`: the place of an earlier step, or null for the applicant. */
  z.strictObject({ kind: z.literal('return'), to: z.number().int().min(0).max(40).nullable(), comment: reason }),
  z.strictObject({
    kind: z.literal('addSigner'),
    userId: entityId,
    where: z.enum(['before', 'after']),
    comment,
  }),
  z.strictObject({ kind: z.literal('withdraw'), comment }),
  z.strictObject({ kind: z.literal('remind'), comment }),
  z.strictObject({ kind: z.literal('comment'), comment: reason }),
])
export type ApprovalAction = z.infer<typeof approvalAction>

export const approvalsContract = {
  /** What the caller may decide now, for himself or in somebody's place. */
  waiting: query('approvals.use').input(page).output(pageOutput(approvalRow)),
  /** What the caller asked for. */
  mine: query('approvals.use').input(page).output(pageOutput(approvalRow)),
  /** Everything that the caller may see, of whatever outcome. */
  history: query('approvals.use').input(page).output(pageOutput(approvalRow)),
  /** Over the whole filtered set of one list; the amount in fen. */
  summary: query('approvals.use')
    .input(z.strictObject({ list: z.enum(APPROVAL_LISTS), text: searchText, filters: approvalFilters }))
    .output(z.object({ count, amount: count, overdue: count })),
  get: query('approvals.use')
    .input(z.strictObject({ id: entityId }))
    .output(approvalView),
  act: command('approvals.use')
    .input(z.strictObject({ id: entityId, version: recordVersion, action: approvalAction }))
    .output(saved.extend({ outcome: z.enum(OUTCOMES) }))
    .errors(refusals(...APPROVAL_REFUSALS)),
  /** The approval sheet as PDF; kept for the caller for half an hour. */
  preview: query('approvals.use')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ fileId: z.string(), name: z.string() })),

  definitions: query('approvals.define').input(z.strictObject({})).output(z.array(definitionView)),
  /** A new definition without an id; otherwise the next edition of it. Requests under way keep to theirs. */
  saveDefinition: command('approvals.define')
    .input(z.strictObject({ id: entityId.nullable(), version: recordVersion, body: definitionBody }))
    .output(saved.extend({ edition: count })),
  /** Who would approve: under this definition as typed, or under the one in use that fits. */
  dryRun: query('approvals.define')
    .input(z.strictObject({ body: definitionBody.nullable(), facts: approvalFacts }))
    .output(dryRunResult),

  /** Whoever stands in for the caller, and for those whose work he sees. */
  substitutes: query('approvals.use')
    .input(z.strictObject({}))
    .output(
      z.array(
        z.object({
          userId: z.string(),
          userName: z.string(),
          substituteId: z.string(),
          substituteName: z.string(),
          fromDay: z.string(),
          toDay: z.string(),
        }),
      ),
    ),
  setSubstitute: command('approvals.use')
    .input(z.strictObject({ userId: entityId, substitute: substituteFields.nullable() }))
    .output(z.object({ until: plainDay.nullable() }))
    .errors(refusals('APPROVAL_SIGNER')),
}
