import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenPositive } from '#shared/kernel/money.ts'
import { entityId, optionalText } from '#shared/kernel/text.ts'

export const INSTALMENT_STATUSES = ['not_due', 'due_today', 'overdue', 'settled', 'waiting', 'cancelled'] as const
export type InstalmentStatus = (typeof INSTALMENT_STATUSES)[number]

export const BUCKETS = [
  'not_due',
  'd1_30',
  'd31_60',
  'd61_90',
  'd91_180',
  'd181_365',
  'over_365',
  'no_due_day',
] as const
export type BucketKey = (typeof BUCKETS)[number]

/** What an age is counted from: the day on which it fell due, or that of the first invoice that bills it. */
export const AGE_BASES = ['due', 'invoice'] as const
export type AgeBasis = (typeof AGE_BASES)[number]

export const METHODS = ['bank', 'cash', 'bill', 'other'] as const
export type ReceiptMethod = (typeof METHODS)[number]

export const REASONS = ['designated', 'due', 'due_pro_rata', 'not_due', 'no_due_day'] as const

/** One payment owed, with its state as of today. Amounts in fen. */
export const instalmentRow = z.object({
  id: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  seq: z.number().int(),
  label: z.string(),
  trigger: z.string(),
  sinceDay: z.string(),
  dueDay: z.string().nullable(),
  amount: z.number().int(),
  settled: z.number().int(),
  outstanding: z.number().int(),
  status: z.enum(INSTALMENT_STATUSES),
  daysOverdue: z.number().int(),
})
export type InstalmentRow = z.infer<typeof instalmentRow>

export const allocationInput = z.strictObject({
  instalmentId: entityId,
  amount: fenPositive,
})

/** Money that came in, as typed. Allocations may be empty: all of it is then an advance. */
export const receiptFields = z.strictObject({
  customerId: entityId,
  day: plainDay,
  amount: fenPositive,
  method: z.enum(METHODS),
  payer: optionalText(80),
  reference: optionalText(60),
  note: optionalText(200),
  allocations: z.array(allocationInput).max(200),
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
  contractId: z.string(),
  contractNumber: z.string(),
  label: z.string(),
  dueDay: z.string().nullable(),
  amount: z.number().int(),
  day: z.string(),
  releasedDay: z.string().nullable(),
  reason: z.string(),
})

/** Fen by bucket; the buckets sum to `outstanding`, always. */
export const bucketSums = z.object({
  outstanding: z.number().int(),
  buckets: z.object(Object.fromEntries(BUCKETS.map((key) => [key, z.number().int()])) as Record<BucketKey, z.ZodInt>),
})
export type BucketSums = z.infer<typeof bucketSums>
