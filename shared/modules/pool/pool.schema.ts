import { z } from 'zod'
import { GRADES, KINDS } from '#shared/modules/customers/customers.schema.ts'

const days = (most: number) => z.number().int().min(0).max(most)

/** When customers fall into the pool and who may take them. Days are natural days; 0 switches a rule off. */
export const poolPolicy = z.strictObject({
  /** Days without a contact or new business, by grade; 0: never. */
  idleDays: z.strictObject({ A: days(3650), B: days(3650), C: days(3650), D: days(3650) }),
  /** Kinds of customers of which none falls, whatever the grade. */
  exemptKinds: z.array(z.enum(KINDS)).max(KINDS.length),
  /** How long before it happens the owner is told. */
  noticeDays: z.number().int().min(1).max(90),
  /** After a claim, so long nothing falls back. */
  protectDays: days(365),
  /** So long the former owner may not claim what he lost. */
  coolDays: days(365),
  /** Customers that one person may look after, before he claims more; 0: any number. */
  holdLimit: days(100_000),
  /** Claims of one person in one day; 0: any number. */
  dayLimit: days(1000),
})
export type PoolPolicy = z.infer<typeof poolPolicy>

/** What a new firm starts with: nobody loses a customer before the firm has said when. */
export const DEFAULT_POOL_POLICY: PoolPolicy = {
  idleDays: { A: 0, B: 0, C: 0, D: 0 },
  exemptKinds: [],
  noticeDays: 7,
  protectDays: 30,
  coolDays: 30,
  holdLimit: 0,
  dayLimit: 0,
}

export const POOL_REASONS = ['idle', 'released'] as const

/** What the pool shows to everybody who may claim: no phone, no contact, no sum. */
export const poolRow = z.object({
  id: z.string(),
  name: z.string(),
  code: z.string(),
  region: z.string(),
  industry: z.string(),
  grade: z.enum(GRADES),
  reason: z.enum(POOL_REASONS),
  note: z.string(),
  sinceDay: z.string(),
  formerOwnerName: z.string().nullable(),
  /** The first day on which the person who asks may claim it; null: today. */
  waitUntil: z.string().nullable(),
  version: z.number().int(),
})
export type PoolRow = z.infer<typeof poolRow>

export const poolFilters = z.strictObject({
  grade: z.enum(GRADES).optional(),
  region: z.string().max(40).optional(),
  reason: z.enum(POOL_REASONS).optional(),
})
export type PoolFilters = z.infer<typeof poolFilters>
