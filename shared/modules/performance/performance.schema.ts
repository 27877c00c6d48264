import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId, shortText, optionalText } from '#shared/kernel/text.ts'
import { scoringCurve, USUAL_CURVE } from './performance.curves.rules.ts'
import { asLocked, correctionMark } from './performance.corrections.schema.ts'
import { calibrationMark, standing } from './performance.cycle.schema.ts'
import { extraMark } from './performance.extra.schema.ts'
import { INDICATOR_CODES } from './performance.indicators.schema.ts'
import { targetFigure, weightFigure } from './performance.schemes.schema.ts'

/** What was agreed with one person for one indicator in a month. */
export const targetItem = z.strictObject({
  indicator: z.enum(INDICATOR_CODES),
  weight: weightFigure,
  target: targetFigure,
})
export type TargetItem = z.infer<typeof targetItem>

export const targetRow = z
  .strictObject({ userId: entityId, items: z.array(targetItem).min(1).max(20, 'validation:tooLong') })
  .refine((row) => row.items.reduce((sum, item) => sum + item.weight, 0) === 10_000, {
    message: 'office:targets.weightsSum',
  })
  .refine((row) => new Set(row.items.map((item) => item.indicator)).size === row.items.length, {
    message: 'performance:schemes.errors.twice',
  })
export type TargetRow = z.infer<typeof targetRow>

export const targetLine = z.object({
  userId: z.string(),
  userName: z.string(),
  /** Whether something was agreed with this person for the month. */
  own: z.boolean(),
  /** The scheme that counts; null: the firm's standard indicators. */
  schemeId: z.string().nullable(),
  schemeName: z.string(),
  row: targetRow,
  /** How each of its indicators is scored, in their order. */
  curves: z.array(scoringCurve),
})

export const indicatorResult = z.object({
  indicator: z.enum(INDICATOR_CODES),
  weight: z.number().int(),
  target: z.number().int(),
  curve: scoringCurve.default(USUAL_CURVE),
  param: z.number().int().nullable().default(null),
  actual: z.number().int(),
  /** The two halves of a rate, in fen or in cases; 0 for other indicators. */
  part: z.number().int(),
  whole: z.number().int(),
  /** False where there is nothing to measure: the weight then goes to the others. */
  applicable: z.boolean(),
  /** What the curve makes of the actual, in basis points. */
  rate: z.number().int(),
  /** Points × 100. */
  score: z.number().int(),
  /** The actual is a correction made after the lock. */
  corrected: correctionMark.optional(),
})
export type IndicatorResult = z.infer<typeof indicatorResult>

export const personSheet = z.object({
  userId: z.string(),
  userName: z.string(),
  teamName: z.string().nullable(),
  /** Empty: the firm's standard indicators. */
  schemeName: z.string().default(''),
  indicators: z.array(indicatorResult),
  /** One that had to be reached was missed: the month counts nothing. */
  vetoed: z.boolean().default(false),
  /** Points × 100, re-normalised over what was measured. */
  total: z.number().int(),
  /** Among everybody in the firm; null where the reader may not know it, or it was not counted. */
  rank: z.number().int().nullable(),
  grade: z.string().nullable().default(null),
  /** Basis points; null without grades. */
  coefficient: z.number().int().nullable().default(null),
  /** Points beside the indicators, within the caps of the scheme; they are in the total. */
  extra: extraMark.optional(),
  /** Points that whoever locks the month gave or took; they are in the total. */
  calibration: calibrationMark.optional(),
  /** What he says to it, once the month is over; as it was when it was locked. */
  standing: standing.optional(),
  /** What he came to at the lock, where corrections have changed it since. */
  asLocked: asLocked.optional(),
  /** The grades of the scheme, best first: what the sheet's own formulas decide by. */
  grades: z
    .array(
      z.object({
        name: z.string(),
        from: z.number().int(),
        coefficient: z.number().int(),
        most: z.number().int().nullable().optional(),
      }),
    )
    .default([]),
})
export type PersonSheet = z.infer<typeof personSheet>

export const monthSheet = z.object({
  month: plainMonth,
  locked: z.boolean(),
  lockedAt: z.number().nullable(),
  people: z.array(personSheet),
})
export type MonthSheet = z.infer<typeof monthSheet>

export const YEAR_STATES = ['counts', 'leftOut', 'absent', 'open'] as const

/** A month in somebody's year: it counts, was left out for him, he was not appraised in it, or it is not locked yet. */
export const yearMonth = z.object({
  month: z.string(),
  state: z.enum(YEAR_STATES),
  /** Points × 100; also of a month that was left out. */
  total: z.number().int().nullable(),
  /** What it was locked with, where a correction has changed it since. */
  lockedTotal: z.number().int().optional(),
  reason: z.string(),
})
export type YearMonth = z.infer<typeof yearMonth>

export const yearPerson = z.object({
  userId: z.string(),
  userName: z.string(),
  teamName: z.string().nullable(),
  months: z.array(yearMonth),
  /** The mean of the months that count, points × 100; null where none does. */
  total: z.number().int().nullable(),
  rank: z.number().int().nullable(),
  grade: z.string().nullable(),
  coefficient: z.number().int().nullable(),
  grades: z.array(z.object({ name: z.string(), from: z.number().int(), coefficient: z.number().int() })),
})
export type YearPerson = z.infer<typeof yearPerson>

export const yearSheet = z.object({
  year: z.number().int(),
  people: z.array(yearPerson),
  /** Months that are over and not locked: they do not count yet. */
  waiting: z.array(z.string()),
})
export type YearSheet = z.infer<typeof yearSheet>

export const SOURCE_KINDS = [
  'contract',
  'receipt',
  'instalment',
  'customer',
  'visit',
  'invoice',
  'deal',
  'task',
  'note',
  'entry',
  'review',
] as const

/** A record that a figure counts. */
export const sourceRow = z.object({
  kind: z.enum(SOURCE_KINDS),
  id: z.string(),
  day: z.string(),
  label: z.string(),
  customerName: z.string(),
  /** Fen of an amount; 1 for a case of a rate by cases; what was entered by hand; 0 for what is only counted. */
  amount: z.number().int(),
  /** Of a rate: what of the amount was received in time, or 1 for a case that counts; the weight of a group's rating. */
  received: z.number().int(),
})
export type SourceRow = z.infer<typeof sourceRow>

/** A figure that no record gives, entered by whoever leads the person, with what it rests on. */
export const entryFields = z.strictObject({
  month: plainMonth,
  userId: entityId,
  indicator: z.enum(INDICATOR_CODES),
  value: targetFigure,
  note: shortText(200),
  evidence: optionalText(200),
})
export type EntryFields = z.infer<typeof entryFields>
