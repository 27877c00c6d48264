import { z } from 'zod'
import { reasonView } from '#shared/kernel/reason.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { asFen, fenNotNegative } from '#shared/kernel/money.ts'
import { entityId, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { SIZES } from '#shared/modules/customers/customers.schema.ts'
import { CREDIT_CRITERIA, type CreditCriterion } from '#shared/modules/receivables/receivables.credit.rules.ts'

/** The state of the register as somebody looked it up: `abnormal` is the list of irregular firms, or worse. */
export const REGISTRATIONS = ['active', 'abnormal', 'revoked', 'unknown'] as const
export type Registration = (typeof REGISTRATIONS)[number]

export const CREDIT_CHANGES = ['limit', 'hold', 'lift', 'registration', 'release'] as const
export type CreditChangeKind = (typeof CREDIT_CHANGES)[number]

export const CREDIT_GRADES = ['A', 'B', 'C', 'D'] as const
const count = z.number().int()
const basisPoints = count.min(0).max(10_000)
const days = count.min(0).max(365, 'validation:tooLarge')

/** What happens where the check says no. */
export const CREDIT_MODES = ['off', 'warn', 'block'] as const

/** The firm's card and how strictly it is kept. */
export const creditPolicy = z
  .strictObject({
    /** Points that a criterion is worth. */
    points: z.strictObject(
      Object.fromEntries(CREDIT_CRITERIA.map((key) => [key, count.min(0).max(100, 'validation:tooLarge')])) as Record<
        CreditCriterion,
        z.ZodNumber
      >,
    ),
    /** From which score on a grade holds, and what it gives: limit in fen, payment days, share paid ahead. */
    grades: z
      .array(
        z.strictObject({
          grade: z.enum(CREDIT_GRADES),
          from: count.min(0).max(100, 'validation:tooLarge'),
          limit: fenNotNegative,
          days,
          prepay: basisPoints,
        }),
      )
      .length(CREDIT_GRADES.length),
    /** When a contract is drafted: a warning, or an error that keeps it from being submitted and signed. */
    atDraft: z.enum(CREDIT_MODES),
    /** When goods leave: a blocked delivery needs a release with its reason. */
    atDelivery: z.enum(CREDIT_MODES),
    /** Deliveries stop from so many days overdue on; null never. */
    holdFromDays: count.min(1, 'validation:tooSmall').max(3650, 'validation:tooLarge').nullable(),
    /** Limits from this amount on (fen) need the approval of a second person. */
    approveFrom: fenNotNegative,
  })
  .refine(({ grades }) => grades.every((one, i) => one.grade === CREDIT_GRADES[i]), {
    path: ['grades'],
    message: 'validation:notAChoice',
  })
  .refine(({ grades }) => grades.every((one, i) => i === 0 || one.from < (grades[i - 1]?.from ?? 0)), {
    path: ['grades'],
    message: 'credit:errors.gradeOrder',
  })
export type CreditPolicy = z.infer<typeof creditPolicy>

/** With what a new firm starts. */
export const DEFAULT_CREDIT_POLICY: CreditPolicy = {
  points: { delay: 30, promises: 15, disputes: 10, overdue: 20, years: 10, size: 10, registration: 5 },
  grades: [
    { grade: 'A', from: 80, limit: asFen(50_000_000), days: 60, prepay: 0 },
    { grade: 'B', from: 60, limit: asFen(20_000_000), days: 30, prepay: 2000 },
    { grade: 'C', from: 40, limit: asFen(5_000_000), days: 15, prepay: 3000 },
    { grade: 'D', from: 0, limit: asFen(0), days: 0, prepay: 10_000 },
  ],
  atDraft: 'warn',
  atDelivery: 'block',
  holdFromDays: null,
  approveFrom: asFen(20_000_000),
}

/** What a score was counted from. */
export const creditFacts = z.object({
  averageDelay: count.nullable(),
  brokenPromises: count,
  disputes: count,
  overdueShare: count.nullable(),
  years: count,
  size: z.enum(SIZES),
  registration: z.enum(REGISTRATIONS),
})

/** What is at stake with a customer now. Fen. */
export const creditExposure = z.object({
  outstanding: count,
  overdue: count,
  undelivered: count,
  advances: count,
  maxDaysOverdue: count,
  exposure: count,
  /** What is left of the limit, below zero where it is exceeded; null without a limit. */
  room: count.nullable(),
})
export type CreditExposure = z.infer<typeof creditExposure>

export const creditVerdict = z.object({
  verdict: z.enum(['ok', 'warn', 'block']),
  exposure: count,
  room: count.nullable(),
  reasons: z.array(reasonView),
})

export const CREDIT_STATES = ['ok', 'exceeded', 'held', 'expired', 'noLimit'] as const
export type CreditState = (typeof CREDIT_STATES)[number]

export const creditRow = z.object({
  id: z.string(),
  version: count,
  customerId: z.string(),
  customerName: z.string(),
  ownerName: z.string(),
  score: count,
  grade: z.enum(CREDIT_GRADES).nullable(),
  limit: count.nullable(),
  days: count.nullable(),
  prepay: count.nullable(),
  validTo: z.string().nullable(),
  hold: z.boolean(),
  holdReason: z.string(),
  state: z.enum(CREDIT_STATES),
  ...creditExposure.shape,
  updatedAt: count,
})
export type CreditRow = z.infer<typeof creditRow>

export const creditView = creditRow.extend({
  registration: z.enum(REGISTRATIONS),
  registrationDay: z.string().nullable(),
  registrationNote: z.string(),
  scoredAt: count,
  facts: creditFacts,
  reasons: z.array(z.object({ criterion: z.enum(CREDIT_CRITERIA), points: count, of: count, reason: reasonView })),
  /** What its grade would give. */
  proposed: z.object({ limit: count, days: count, prepay: count }).nullable(),
  history: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(CREDIT_CHANGES),
      before: z.record(z.string(), z.unknown()),
      after: z.record(z.string(), z.unknown()),
      reason: z.string(),
      day: z.string(),
      at: count,
      byName: z.string(),
    }),
  ),
  /** A limit that waits for its approval. */
  asked: z
    .object({ id: z.string(), approvalId: z.string().nullable(), limit: count, byName: z.string(), reason: z.string() })
    .nullable(),
})
export type CreditView = z.infer<typeof creditView>

export const creditFilters = z.strictObject({
  grade: z.enum(CREDIT_GRADES).optional(),
  state: z.enum(CREDIT_STATES).optional(),
  ownerId: entityId.optional(),
  customerId: entityId.optional(),
  validTo: plainDay.optional(),
})
export type CreditFilters = z.infer<typeof creditFilters>

export const CREDIT_SORTS = ['score', 'limit', 'validTo', 'updatedAt'] as const
export type CreditSort = (typeof CREDIT_SORTS)[number]

/** What a customer is to be trusted with. */
export const creditTerms = z.strictObject({
  limit: fenNotNegative,
  days: days.nullable(),
  prepay: basisPoints.nullable(),
  validTo: plainDay.nullable(),
  reason: shortText(200),
})
export type CreditTerms = z.infer<typeof creditTerms>

const ofCustomer = { customerId: entityId, version: recordVersion.nullable() }
export const creditLimitInput = creditTerms.extend(ofCustomer)
export const creditHoldInput = z.strictObject({ ...ofCustomer, hold: z.boolean(), reason: shortText(200) })
export const creditRegistrationInput = z.strictObject({
  ...ofCustomer,
  registration: z.enum(REGISTRATIONS),
  day: plainDay,
  note: optionalText(200),
})
export const creditReleaseInput = z.strictObject({ orderId: entityId, untilDay: plainDay, reason: shortText(200) })
