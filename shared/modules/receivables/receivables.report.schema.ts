import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { shortText } from '#shared/kernel/text.ts'
import { bucketColumn, bucketKey, bucketSums } from './receivables.schema.ts'

const fen = z.number().int()
/** Tenths of a day; null where it cannot be told. */
const tenths = z.number().int().nullable()

/** Weeks of the cash forecast, and months of what is told over time. */
export const FORECAST_WEEKS = 13
export const PAST_MONTHS = 12
/** Days of sales that days sales outstanding are counted over. */
export const DSO_DAYS = 90

/** What the pictures of receivables are drawn from; each part leads to its rows. */
export const pictures = z.object({
  /** What is due and not paid. */
  overdue: fen,
  /** What falls due week by week from today on. */
  weeks: z.array(z.object({ from: z.string(), to: z.string(), amount: fen })),
  columns: z.array(bucketColumn),
  /** Ends of months, and today. */
  months: z.array(bucketSums.extend({ day: z.string(), sales: fen, dso: tenths })),
  /** What fell due in the quarter up to today, and what of it came in, by sales person. */
  reps: z.array(z.object({ ownerId: z.string(), name: z.string(), due: fen, collected: fen })),
  from: z.string(),
  to: z.string(),
})
export type Pictures = z.infer<typeof pictures>

/** Rates for provisions as typed: basis points by bucket. No law sets them: the firm decides, and says why. */
export const provisionFields = z.strictObject({
  from: plainDay,
  rates: z.record(bucketKey, z.number().int().min(0, 'validation:negative').max(10_000, 'validation:tooLarge')),
  reason: shortText(200),
})
export type ProvisionFields = z.infer<typeof provisionFields>

export const provisionView = z.object({
  /** First day of the rates in force; null where there are none yet. */
  from: z.string().nullable(),
  rows: z.array(z.object({ bucket: z.string(), amount: fen, rate: z.number().int(), provision: fen })),
  total: fen,
  outstanding: fen,
  history: z.array(
    z.object({
      id: z.string(),
      from: z.string(),
      rates: z.record(z.string(), z.number().int()),
      reason: z.string(),
      userName: z.string(),
      madeAt: z.number().int(),
    }),
  ),
})
export type ProvisionView = z.infer<typeof provisionView>
