import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { approvalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import { PROPOSALS, REPORT_RESULTS, REPORT_STATES } from './dunning.escalations.rules.ts'
import { DELAY_REASONS } from './dunning.ladder.rules.ts'

const count = z.number().int()
const atMost = (min: number, max: number) =>
  z.number().int().min(min, 'validation:tooSmall').max(max, 'validation:tooLarge')

/** A customer's real difficulty, as it is reported to the superior. */
export const escalationFields = z
  .strictObject({
    customerId: entityId,
    instalmentIds: z.array(entityId).min(1, 'validation:required').max(100, 'validation:tooLong'),
    reason: z.enum(DELAY_REASONS),
    /** What was found out, from whom, and what it rests on. */
    findings: longText(1000).refine((text) => text !== '', { message: 'validation:required' }),
    /** What the debtor said himself. */
    said: longText(1000),
    proposal: z.enum(PROPOSALS),
    /** An extension: until when, and whether the interest that has accrued stays owed. */
    dueDay: plainDay.nullable(),
    keepsAccrued: z.boolean(),
    /** A plan: how many parts, from when on, how many months apart. */
    parts: atMost(2, 36).nullable(),
    firstDay: plainDay.nullable(),
    everyMonths: atMost(1, 12).nullable(),
  })
  .superRefine(({ instalmentIds, proposal, dueDay, parts, firstDay, everyMonths }, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    if (new Set(instalmentIds).size < instalmentIds.length) wrong('instalmentIds', 'validation:notAChoice')
    if (proposal === 'extension' && dueDay === null) wrong('dueDay', 'validation:required')
    if (proposal !== 'plan') return
    if (parts === null) wrong('parts', 'validation:required')
    if (firstDay === null) wrong('firstDay', 'validation:required')
    if (everyMonths === null) wrong('everyMonths', 'validation:required')
  })
export type EscalationFields = z.infer<typeof escalationFields>

export const escalationFilters = z.strictObject({
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  state: z.enum(REPORT_STATES).optional(),
  proposal: z.enum(PROPOSALS).optional(),
  reason: z.enum(DELAY_REASONS).optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type EscalationFilters = z.infer<typeof escalationFilters>
export const ESCALATION_SORTS = ['askedAt', 'amount'] as const
export type EscalationSort = (typeof ESCALATION_SORTS)[number]

export const escalationRow = z.object({
  id: z.string(),
  version: count,
  customerId: z.string(),
  customerName: z.string(),
  ownerName: z.string(),
  day: z.string(),
  askedByName: z.string(),
  debts: count,
  /** Outstanding when it was reported. Fen. */
  amount: count,
  reason: z.enum(DELAY_REASONS),
  findings: z.string(),
  proposal: z.enum(PROPOSALS),
  state: z.enum(REPORT_STATES),
  doneDay: z.string().nullable(),
  endedDay: z.string().nullable(),
})
export type EscalationRow = z.infer<typeof escalationRow>

export const escalationView = escalationRow.extend({
  said: z.string(),
  dueDay: z.string().nullable(),
  keepsAccrued: z.boolean(),
  parts: count.nullable(),
  firstDay: z.string().nullable(),
  everyMonths: count.nullable(),
  result: z.enum(REPORT_RESULTS),
  resultId: z.string(),
  endedReason: z.string(),
  lines: z.array(
    z.object({
      instalmentId: z.string(),
      contractNumber: z.string(),
      label: z.string(),
      /** As it was when it was reported. */
      dueDay: z.string().nullable(),
      amount: count,
      outstanding: count,
    }),
  ),
  approval: approvalStatus.nullable(),
})
export type EscalationView = z.infer<typeof escalationView>

export const courtEnd = z.strictObject({ customerId: entityId, reason: shortText(200) })
export const escalationAgain = z.strictObject({ id: entityId, version: recordVersion, fields: escalationFields })
