import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { asFen, fenNotNegative, fenPositive } from '#shared/kernel/money.ts'
import { entityId, optionalText, shortText } from '#shared/kernel/text.ts'

export const INSTALMENT_STATUSES = ['not_due', 'due_today', 'overdue', 'settled', 'waiting', 'cancelled'] as const
export type InstalmentStatus = (typeof INSTALMENT_STATUSES)[number]

/** Of a contract's payment clause, entered by hand, or taken over from books kept before. */
export const INSTALMENT_KINDS = ['contract', 'manual', 'opening'] as const

/** What an age is counted from: the day on which it fell due, or that of the first invoice that bills it. */
export const AGE_BASES = ['due', 'invoice'] as const
export type AgeBasis = (typeof AGE_BASES)[number]

export const METHODS = ['bank', 'cash', 'bill', 'other'] as const
export type ReceiptMethod = (typeof METHODS)[number]

/** One payment owed, with its state as of today. Amounts in fen. */
export const instalmentRow = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: z.enum(INSTALMENT_KINDS),
  customerId: z.string(),
  customerName: z.string(),
  contractId: z.string().nullable(),
  contractNumber: z.string(),
  invoiceNumber: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  seq: z.number().int(),
  label: z.string(),
  trigger: z.string(),
  sinceDay: z.string(),
  dueDay: z.string().nullable(),
  invoiceDay: z.string().nullable(),
  amount: z.number().int(),
  settled: z.number().int(),
  credited: z.number().int(),
  writtenOff: z.number().int(),
  outstanding: z.number().int(),
  disputed: z.number().int(),
  limitationDay: z.string().nullable(),
  status: z.enum(INSTALMENT_STATUSES),
  daysOverdue: z.number().int(),
})
export type InstalmentRow = z.infer<typeof instalmentRow>

/** What an instalment gets: all of it principal but for what is claimed beside it and paid here. */
export const allocationInput = z
  .strictObject({
    instalmentId: entityId,
    amount: fenPositive,
    costs: fenNotNegative.default(asFen(0)),
    interest: fenNotNegative.default(asFen(0)),
  })
  .refine(({ amount, costs, interest }) => costs + interest <= amount, {
    message: 'receivables:errors.parts',
    path: ['amount'],
  })
export type AllocationInput = z.infer<typeof allocationInput>

/** What the payer named himself; without an amount as much of it as the money allows. */
export const designatedInput = z.strictObject({ instalmentId: entityId, amount: fenPositive.nullable() })
export type DesignatedInput = z.infer<typeof designatedInput>

/** An acceptance bill (银行承兑、商业承兑). */
export const billFields = z.strictObject({
  kind: z.enum(['bank', 'commercial']),
  number: shortText(40),
  acceptor: optionalText(80),
  maturityDay: plainDay,
})
export type BillFields = z.infer<typeof billFields>

/** With us, given on to a supplier, sold to a bank, paid, or refused by whoever should pay. */
export const BILL_STATES = ['held', 'endorsed', 'discounted', 'collected', 'dishonoured'] as const
export const billRow = z.object({
  kind: z.enum(['bank', 'commercial']),
  number: z.string(),
  acceptor: z.string(),
  maturityDay: z.string(),
  state: z.enum(BILL_STATES),
  stateDay: z.string().nullable(),
  note: z.string(),
})

/** Money that came in, as typed. Allocations may be empty: all of it is then an advance. */
export const receiptFields = z
  .strictObject({
    customerId: entityId,
    day: plainDay,
    amount: fenPositive,
    method: z.enum(METHODS),
    payer: optionalText(80),
    reference: optionalText(60),
    note: optionalText(200),
    /** What the payer said it was for, in his words; and what of it that is. */
    designation: optionalText(200),
    designated: z.array(designatedInput).max(200).default([]),
    bill: billFields.nullable().default(null),
    allocations: z.array(allocationInput).max(200),
  })
  .refine((fields) => (fields.method === 'bill') === (fields.bill !== null), {
    message: 'receivables:errors.bill',
    path: ['bill'],
  })
export type ReceiptFields = z.infer<typeof receiptFields>

export const receiptRow = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  ownerId: z.string(),
  day: z.string(),
  amount: z.number().int(),
  allocated: z.number().int(),
  refunded: z.number().int(),
  advance: z.number().int(),
  method: z.enum(METHODS),
  payer: z.string(),
  reference: z.string(),
  note: z.string(),
  state: z.enum(['posted', 'reversed']),
  reversedDay: z.string().nullable(),
  reversedReason: z.string(),
})
export type ReceiptRow = z.infer<typeof receiptRow>

export const allocationRow = z.object({
  id: z.string(),
  instalmentId: z.string(),
  contractId: z.string().nullable(),
  contractNumber: z.string(),
  label: z.string(),
  dueDay: z.string().nullable(),
  amount: z.number().int(),
  costs: z.number().int(),
  interest: z.number().int(),
  day: z.string(),
  releasedDay: z.string().nullable(),
  reason: z.string(),
})

/** The key of a bucket, whatever bounds the firm has set: `not_due`, `d1_30` … `over_365`, `no_due_day`. */
export const bucketKey = z.string().regex(/^(not_due|no_due_day|d\d{1,4}_\d{1,4}|over_\d{1,4})$/)

/** Fen by bucket; the buckets sum to `outstanding`, always. */
export const bucketSums = z.object({
  outstanding: z.number().int(),
  buckets: z.record(z.string(), z.number().int()),
})
export type BucketSums = z.infer<typeof bucketSums>

/** By what the ageing is summed. */
export const AGEING_GROUPS = ['customer', 'owner', 'department', 'team', 'contract'] as const
export type AgeingGroupKind = (typeof AGEING_GROUPS)[number]

/** One row of such a sum, to look only at what is in it; an empty id is what belongs to none. */
export const ageingOf = z.strictObject({ by: z.enum(AGEING_GROUPS), id: entityId.or(z.literal('')) })
export type AgeingOf = z.infer<typeof ageingOf>

/** A column of the ageing; days both included, null on an open side and for what has no day. */
export const bucketColumn = z.object({
  key: z.string(),
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
})
