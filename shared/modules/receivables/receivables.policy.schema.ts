import { z } from 'zod'
import { fenNotNegative } from '#shared/kernel/money.ts'
import { SHIPPED_BOUNDS } from './receivables.ageing.rules.ts'
import { ALLOCATION_RULES } from './receivables.allocation.rules.ts'
import { PART_ORDERS } from './receivables.parts.rules.ts'
import { AGE_BASES } from './receivables.schema.ts'

const LONGEST = 3650

/** How the firm keeps its receivables. */
export const receivablesPolicy = z.strictObject({
  /** Upper ends of the ageing's buckets, days overdue, rising. */
  bounds: z
    .array(z.number().int('validation:wrongType').min(1, 'receivables:errors.bounds').max(LONGEST))
    .min(1, 'validation:required')
    .max(10, 'receivables:errors.boundsMany')
    .refine((bounds) => bounds.every((bound, i) => i === 0 || bound > (bounds[i - 1] ?? 0)), {
      message: 'receivables:errors.bounds',
    }),
  /** What the age of a debt is counted from where nothing else is asked. */
  basis: z.enum(AGE_BASES),
  /** How a receipt is shared out where the payer designated nothing. */
  rule: z.enum(ALLOCATION_RULES),
  order: z.enum(PART_ORDERS),
  /** Whether interest and costs that are claimed are part of what a receipt pays; otherwise they stay a claim. */
  bookInterest: z.boolean(),
  /** Refunds above it need a second person; fen. */
  refundLimit: fenNotNegative,
})
export type ReceivablesPolicy = z.infer<typeof receivablesPolicy>

export const DEFAULT_RECEIVABLES_POLICY: ReceivablesPolicy = {
  bounds: [...SHIPPED_BOUNDS],
  basis: 'due',
  rule: 'law',
  order: 'costsFirst',
  bookInterest: false,
  refundLimit: 500_000 as ReceivablesPolicy['refundLimit'],
}
