import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenPositive } from '#shared/kernel/money.ts'
import { entityId, longText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { approvalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import { DISPUTE_REASONS, REQUEST_KINDS, REQUEST_STATES, RESOLUTIONS } from './claims.schema.ts'

const count = z.number().int()

/** Why an amount is given up, put off or waived. */
const WRITE_OFF_REASONS = ['insolvent', 'lapsed', 'settlement', 'small', 'untraceable', 'other'] as const
const EXTENSION_REASONS = ['hardship', 'agreement', 'delivery', 'other'] as const
const WAIVER_REASONS = ['goodwill', 'settlement', 'uncollectable', 'other'] as const
export const REQUEST_REASONS = {
  writeOff: WRITE_OFF_REASONS,
  extension: EXTENSION_REASONS,
  waiver: WAIVER_REASONS,
} as const satisfies Record<(typeof REQUEST_KINDS)[number], readonly string[]>

const onceEach = (lines: readonly { readonly instalmentId: string }[]) =>
  new Set(lines.map((line) => line.instalmentId)).size === lines.length
const several = <S extends z.ZodType<{ instalmentId: string }>>(line: S) =>
  z.array(line).min(1, 'validation:required').max(100).refine(onceEach, { message: 'validation:notAChoice' })
const amounts = several(z.strictObject({ instalmentId: entityId, amount: fenPositive }))

/** What is asked for; two persons decide it. */
export const requestFields = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('writeOff'),
    lines: amounts,
    reasonCode: z.enum(WRITE_OFF_REASONS),
    reason: shortText(200),
  }),
  z.strictObject({
    kind: z.literal('extension'),
    lines: several(
      z.strictObject({
        instalmentId: entityId,
        dueDay: plainDay,
        /** Interest that has accrued stays owed; otherwise its start moves along (买卖合同解释 18.1). */
        keepsAccrued: z.boolean(),
      }),
    ),
    reasonCode: z.enum(EXTENSION_REASONS),
    reason: shortText(200),
  }),
  z.strictObject({
    kind: z.literal('waiver'),
    lines: amounts,
    reasonCode: z.enum(WAIVER_REASONS),
    reason: shortText(200),
  }),
])
export type RequestFields = z.infer<typeof requestFields>

export const requestRow = z.object({
  id: z.string(),
  version: count,
  kind: z.enum(REQUEST_KINDS),
  customerId: z.string(),
  customerName: z.string(),
  debts: count,
  amount: count,
  reasonCode: z.string(),
  reason: z.string(),
  state: z.enum(REQUEST_STATES),
  askedAt: count,
  askedByName: z.string(),
  doneDay: z.string().nullable(),
  reversedDay: z.string().nullable(),
  reversedReason: z.string(),
})
export type RequestRow = z.infer<typeof requestRow>

export const requestView = requestRow.extend({
  lines: z.array(
    z.object({
      instalmentId: z.string(),
      contractId: z.string().nullable(),
      contractNumber: z.string(),
      label: z.string(),
      amount: count,
      /** What was carried out; null before. */
      booked: count.nullable(),
      formerDueDay: z.string().nullable(),
      dueDay: z.string().nullable(),
      keepsAccrued: z.boolean(),
    }),
  ),
  approval: approvalStatus.nullable(),
})
export type RequestView = z.infer<typeof requestView>

export const requestFilters = z.strictObject({
  kind: z.enum(REQUEST_KINDS).optional(),
  state: z.enum(REQUEST_STATES).optional(),
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
})
export type RequestFilters = z.infer<typeof requestFilters>
export const REQUEST_SORTS = ['askedAt', 'amount'] as const
export type RequestSort = (typeof REQUEST_SORTS)[number]

/** A debt, or a part of it, that the customer contests; the rest stays due (支付条例 15). */
export const disputeFields = z.strictObject({
  instalmentId: entityId,
  /** Null: all that is outstanding. */
  amount: fenPositive.nullable(),
  reasonCode: z.enum(DISPUTE_REASONS),
  note: longText(500),
  day: plainDay,
})
export type DisputeFields = z.infer<typeof disputeFields>

export const disputeResolved = z.strictObject({
  id: entityId,
  version: recordVersion,
  resolution: z.enum(RESOLUTIONS),
  day: plainDay,
  note: shortText(300),
})
export type DisputeResolved = z.infer<typeof disputeResolved>

export const disputeRow = z.object({
  id: z.string(),
  version: count,
  customerId: z.string(),
  customerName: z.string(),
  instalmentId: z.string(),
  contractId: z.string().nullable(),
  contractNumber: z.string(),
  label: z.string(),
  ownerName: z.string(),
  outstanding: count,
  amount: count,
  whole: z.boolean(),
  reasonCode: z.enum(DISPUTE_REASONS),
  note: z.string(),
  day: z.string(),
  state: z.enum(['open', 'resolved']),
  resolution: z.enum(RESOLUTIONS).nullable(),
  resolutionNote: z.string(),
  resolvedDay: z.string().nullable(),
  createdByName: z.string(),
  /** Days that it is open, or was. */
  age: count,
})
export type DisputeRow = z.infer<typeof disputeRow>

export const disputeFilters = z.strictObject({
  state: z.enum(['open', 'resolved']).optional(),
  reasonCode: z.enum(DISPUTE_REASONS).optional(),
  customerId: entityId.optional(),
  instalmentId: entityId.optional(),
  ownerId: entityId.optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type DisputeFilters = z.infer<typeof disputeFilters>
export const DISPUTE_SORTS = ['day', 'amount'] as const
export type DisputeSort = (typeof DISPUTE_SORTS)[number]
