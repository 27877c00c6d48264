import { z } from 'zod'
import { MAX_FEN } from '#shared/kernel/money.ts'
import { entityId } from '#shared/kernel/text.ts'
import { targetFigure } from './performance.schemes.schema.ts'
import { SPREAD_INDICATORS } from './performance.spread.rules.ts'

export const spreadYearNo = z.number().int().min(1900).max(2199, 'validation:tooLarge')

/** What each month weighs beside the others; in any unit. */
const weight = z.number('validation:notANumber').int().min(0).max(MAX_FEN, 'validation:tooLarge')
export const monthWeights = z.array(weight).length(12)

/** A year's target of one person. */
export const spreadRow = z.strictObject({ userId: entityId, total: targetFigure })

export const spreadFields = z.strictObject({
  year: spreadYearNo,
  indicator: z.enum(SPREAD_INDICATORS),
  weights: monthWeights,
  rows: z
    .array(spreadRow)
    .min(1)
    .max(500, 'validation:tooLong')
    .refine((rows) => new Set(rows.map((row) => row.userId)).size === rows.length, 'validation:invalid'),
})
export type SpreadFields = z.infer<typeof spreadFields>

/** A month that takes part, is locked, or in which the person is not measured by the indicator. */
export const SPREAD_STATES = ['open', 'locked', 'unmeasured'] as const

export const spreadPerson = z.object({
  userId: z.string(),
  userName: z.string(),
  months: z.array(z.object({ month: z.string(), state: z.enum(SPREAD_STATES), target: z.number().int() })),
})
export type SpreadPerson = z.infer<typeof spreadPerson>

export const spreadYearView = z.object({
  /** What the locked months of the year before came to, of everybody in the scope; null where there is nothing. */
  shape: z.array(z.number().int()).nullable(),
  people: z.array(spreadPerson),
})
