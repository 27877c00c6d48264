import { z } from 'zod'
import { plainDay, plainMonth } from '#shared/kernel/dates.ts'
import { entityId, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { approvalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import { INDICATOR_CODES, type Indicator } from './performance.indicators.schema.ts'

export const PROPOSAL_KINDS = ['promotion', 'raise', 'transfer', 'coaching', 'training'] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/** Being approved, sent back, refused, taken back; approved and to be carried out, carried out, or given up. */
export const PROPOSAL_STATES = ['asked', 'returned', 'refused', 'withdrawn', 'approved', 'carried', 'dropped'] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

/** The best grade on end, a total that is not up to the job, or an indicator that is weak on average. */
export type ProposalCause = 'best' | 'below' | `weak:${Indicator}`
const CAUSES = ['', 'best', 'below', ...INDICATOR_CODES.map((code) => `weak:${code}` as const)] as const

const int = z.number().int()

/** What a leader proposes for somebody, why, and until when. */
export const proposalFields = z
  .strictObject({
    userId: entityId,
    kind: z.enum(PROPOSAL_KINDS),
    /** What a training or coaching is in, or which post. */
    subject: optionalText(80),
    reason: shortText(200),
    /** The figures that it rests on, in words. */
    basis: optionalText(300),
    untilDay: plainDay,
    /** The suggestion that it was made of; '' for one made by hand. */
    cause: z.enum(CAUSES),
    /** The last month that the suggestion looked at. */
    lastMonth: plainMonth.nullable(),
  })
  .refine((fields) => fields.kind === 'promotion' || fields.kind === 'raise' || fields.subject !== '', {
    path: ['subject'],
    message: 'performance:proposals.errors.subject',
  })
export type ProposalFields = z.infer<typeof proposalFields>

/** How an approved proposal ended. */
export const proposalClosed = z.strictObject({
  id: entityId,
  version: recordVersion,
  carried: z.boolean(),
  doneDay: plainDay,
  result: shortText(200),
  evidence: optionalText(200),
})
export type ProposalClosed = z.infer<typeof proposalClosed>

export const proposalRow = z.object({
  id: z.string(),
  version: int,
  userId: z.string(),
  userName: z.string(),
  kind: z.enum(PROPOSAL_KINDS),
  subject: z.string(),
  reason: z.string(),
  basis: z.string(),
  untilDay: z.string(),
  state: z.enum(PROPOSAL_STATES),
  /** Approved, and its day is over. */
  late: z.boolean(),
  askedAt: int,
  askedByName: z.string(),
  decidedByName: z.string(),
  decidedDay: z.string().nullable(),
  doneDay: z.string().nullable(),
  result: z.string(),
  evidence: z.string(),
})
export type ProposalRow = z.infer<typeof proposalRow>
export const proposalView = proposalRow.extend({ approval: approvalStatus.nullable() })
export type ProposalView = z.infer<typeof proposalView>

export const proposalFilters = z.strictObject({
  kind: z.enum(PROPOSAL_KINDS).optional(),
  state: z.enum(PROPOSAL_STATES).optional(),
  userId: entityId.optional(),
})
export type ProposalFilters = z.infer<typeof proposalFilters>
export const PROPOSAL_SORTS = ['askedAt', 'untilDay'] as const
export type ProposalSort = (typeof PROPOSAL_SORTS)[number]

/** What somebody's locked months suggest; it does nothing by itself. */
export const suggestion = z.object({
  userId: z.string(),
  userName: z.string(),
  cause: z.enum(CAUSES).exclude(['']),
  /** What may be looked at. */
  kinds: z.array(z.enum(PROPOSAL_KINDS)),
  indicator: z.enum(INDICATOR_CODES).nullable(),
  /** The months it rests on, the first one first. */
  months: z.array(plainMonth),
  grade: z.string().nullable(),
  /** A mean rate in basis points, or a total in points × 100. */
  figure: int.nullable(),
})
export type Suggestion = z.infer<typeof suggestion>
