import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId, optionalText, shortText } from '#shared/kernel/text.ts'
import { approvalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import { CATALOGUE, INDICATOR_CODES, type IndicatorUnit } from './performance.indicators.schema.ts'

/** Asked for, sent back, refused, taken back, in force, or followed by a later one. */
export const CORRECTION_STATES = ['asked', 'returned', 'refused', 'withdrawn', 'done', 'replaced'] as const
export type CorrectionState = (typeof CORRECTION_STATES)[number]

const int = z.number().int()
const MOST = 1_000_000_000_000_000
/** Between which a figure lies, in its unit; money may be less than nothing after a reversal. */
const BOUNDS: Readonly<Record<IndicatorUnit, readonly [number, number]>> = {
  fen: [-MOST, MOST],
  rate: [0, 10_000],
  count: [0, 1_000_000],
  points: [0, 1_000_000_000],
  rating: [100, 500],
}

/** What a figure of a locked month shall be, and why. */
export const correctionFields = z
  .strictObject({
    month: plainMonth,
    userId: entityId,
    indicator: z.enum(INDICATOR_CODES),
    /** In the unit of the indicator. */
    value: z.number('validation:notANumber').int(),
    reason: shortText(200),
    evidence: optionalText(200),
  })
  .superRefine(({ indicator, value }, ctx) => {
    const [least, most] = BOUNDS[CATALOGUE[indicator].unit]
    const wrong = value < least ? 'validation:tooSmall' : value > most ? 'validation:tooLarge' : null
    if (wrong !== null) ctx.addIssue({ code: 'custom', path: ['value'], message: wrong })
  })
export type CorrectionFields = z.infer<typeof correctionFields>

/** The locked figure that a correction took the place of, and who decided so. */
export const correctionMark = z.object({
  /** In the unit of the indicator; null: it was not measured. */
  lockedActual: int.nullable(),
  /** Points × 100. */
  lockedScore: int,
  reason: z.string(),
  evidence: z.string(),
  askedByName: z.string(),
  decidedByName: z.string(),
  decidedDay: z.string(),
})
export type CorrectionMark = z.infer<typeof correctionMark>

/** What a person came to when the month was locked, where corrections have changed it since. */
export const asLocked = z.object({ total: int, rank: int.nullable(), grade: z.string().nullable() })

export const correctionRow = z.object({
  id: z.string(),
  month: z.string(),
  userId: z.string(),
  userName: z.string(),
  indicator: z.enum(INDICATOR_CODES),
  /** What counted when it was asked for; null: it was not measured. */
  held: int.nullable(),
  value: int,
  reason: z.string(),
  evidence: z.string(),
  state: z.enum(CORRECTION_STATES),
  askedByName: z.string(),
  askedAt: int,
  decidedByName: z.string(),
  decidedDay: z.string().nullable(),
})
export type CorrectionRow = z.infer<typeof correctionRow>

export const correctionView = correctionRow.extend({ approval: approvalStatus.nullable() })
export type CorrectionView = z.infer<typeof correctionView>

/** A figure of a locked month that today's records would make another one; null: not measured. */
export const changedFigure = z.object({
  userId: z.string(),
  userName: z.string(),
  indicator: z.enum(INDICATOR_CODES),
  /** What counts: as locked, or as corrected since. */
  held: int.nullable(),
  now: int.nullable(),
})
export type ChangedFigure = z.infer<typeof changedFigure>
