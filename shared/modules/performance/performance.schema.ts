import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { INDICATORS } from '#shared/modules/office/office.schema.ts'

export type Indicator = (typeof INDICATORS)[number]

/** What kind of figure an indicator is: an amount in fen, a rate in basis points, or a count. */
export const INDICATOR_UNITS: Readonly<Record<Indicator, 'fen' | 'rate' | 'count'>> = {
  contractAmount: 'fen',
  collected: 'fen',
  collectionRate: 'rate',
  newCustomers: 'count',
  visits: 'count',
}

/** One person's target for one indicator in a month; weight in basis points. */
export const targetCell = z.strictObject({
  weight: z.number().int().min(0).max(10_000, 'validation:tooLarge'),
  target: z.number().int().min(0).max(1_000_000_000_000_000, 'validation:amountTooLarge'),
})
export const targetRow = z
  .strictObject({
    userId: entityId,
    contractAmount: targetCell,
    collected: targetCell,
    collectionRate: targetCell,
    newCustomers: targetCell,
    visits: targetCell,
  })
  .refine((row) => INDICATORS.reduce((sum, key) => sum + row[key].weight, 0) === 10_000, {
    message: 'office:targets.weightsSum',
  })
export type TargetRow = z.infer<typeof targetRow>

export const indicatorResult = z.object({
  indicator: z.enum(INDICATORS),
  weight: z.number().int(),
  target: z.number().int(),
  actual: z.number().int(),
  /** The two halves of a rate, in fen; 0 for other indicators. */
  part: z.number().int(),
  whole: z.number().int(),
  /** False where there is nothing to measure: the weight then goes to the others. */
  applicable: z.boolean(),
  /** actual ÷ target in basis points, after floor and cap. */
  rate: z.number().int(),
  /** Points × 100. */
  score: z.number().int(),
})
export type IndicatorResult = z.infer<typeof indicatorResult>

export const personSheet = z.object({
  userId: z.string(),
  userName: z.string(),
  teamName: z.string().nullable(),
  indicators: z.array(indicatorResult),
  /** Points × 100, re-normalised over what was measured. */
  total: z.number().int(),
  rank: z.number().int(),
})
export type PersonSheet = z.infer<typeof personSheet>

export const monthSheet = z.object({
  month: plainMonth,
  locked: z.boolean(),
  lockedAt: z.number().nullable(),
  people: z.array(personSheet),
})
export type MonthSheet = z.infer<typeof monthSheet>

/** A record that a figure counts. */
export const sourceRow = z.object({
  kind: z.enum(['contract', 'receipt', 'instalment', 'customer', 'visit']),
  id: z.string(),
  day: z.string(),
  label: z.string(),
  customerName: z.string(),
  /** Fen; 0 for what is only counted. */
  amount: z.number().int(),
  /** For instalments: what of the amount was received in time. */
  received: z.number().int(),
})
export type SourceRow = z.infer<typeof sourceRow>
