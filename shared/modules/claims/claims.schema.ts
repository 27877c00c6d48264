import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { PART_ORDERS } from '#shared/modules/receivables/receivables.parts.rules.ts'
import { DAY_COUNTS } from '#shared/modules/receivables/receivables.rates.rules.ts'

/** Costs of enforcing a debt. */
export const COST_KINDS = [
  'court',
  'arbitration',
  'lawyer',
  'preservation',
  'enforcement',
  'notary',
  'postage',
  'other',
] as const
export type CostKind = (typeof COST_KINDS)[number]

/** What two persons decide of debts. */
export const REQUEST_KINDS = ['writeOff', 'extension', 'waiver'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]
export const REQUEST_STATES = ['asked', 'done', 'refused', 'reversed'] as const
export type RequestState = (typeof REQUEST_STATES)[number]

/** Why a customer does not pay what he is asked for. */
export const DISPUTE_REASONS = [
  'quality',
  'quantity',
  'price',
  'service',
  'invoice',
  'records',
  'agreement',
  'other',
] as const
export type DisputeReason = (typeof DISPUTE_REASONS)[number]

/** How a dispute ended: he took it back, we disproved it, we gave in, both settled, or a court decided. */
export const RESOLUTIONS = ['withdrawn', 'refuted', 'conceded', 'settled', 'decided'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

/** From which day the limitation of one debt paid in instalments counts (民法典 189). */
export const LIMITATION_BY = ['instalment', 'last'] as const
export type LimitationBy = (typeof LIMITATION_BY)[number]

/** How interest and limitation are counted where no person has chosen for a contract. */
export const claimsPolicy = z.strictObject({
  dayCount: z.union(DAY_COUNTS.map((days) => z.literal(days))),
  paymentDayCounts: z.boolean(),
  order: z.enum(PART_ORDERS),
  /** Basis points on top of a published rate where nothing was agreed. */
  surcharge: z.number().int().min(0).max(10_000),
  limitationBy: z.enum(LIMITATION_BY),
  /** Months before the end of a limitation period at which its owner is warned, the farthest first. */
  alarms: z
    .array(z.number().int().min(1).max(36))
    .min(1, 'validation:required')
    .max(6)
    .refine((months) => months.every((one, i) => i === 0 || one < (months[i - 1] ?? 0)), {
      message: 'claims:errors.alarms',
    }),
  /** Until this day somebody has made sure that no change of a published rate is missing. */
  ratesThrough: plainDay,
})
export type ClaimsPolicy = z.infer<typeof claimsPolicy>

/** With what a new firm starts. The last row of the reference rate that is shipped held at least until this day. */
export const DEFAULT_CLAIMS_POLICY: ClaimsPolicy = {
  dayCount: 365,
  paymentDayCounts: true,
  order: 'costsFirst',
  surcharge: 3000,
  limitationBy: 'instalment',
  alarms: [12, 6, 3, 1],
  ratesThrough: plainDay.parse('2025-06-19'),
}
