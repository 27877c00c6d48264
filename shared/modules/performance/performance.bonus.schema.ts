import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId, shortText } from '#shared/kernel/text.ts'

const int = z.number().int()
/** Ten million yuan a month: more is a slip of the hand. */
const MOST_BASE = 1_000_000_000
/** No month has more working days. */
const MOST_DAYS = 31 * 100

/** What a whole month's bonus of somebody is at a coefficient of 100 %, from a month on. */
export const bonusBaseFields = z.strictObject({
  userId: entityId,
  fromMonth: plainMonth,
  /** Fen; 0: no bonus from that month on. */
  base: z
    .number('validation:notANumber')
    .int('validation:notAFen')
    .min(0, 'validation:negative')
    .max(MOST_BASE, 'validation:amountTooLarge'),
})
export type BonusBaseFields = z.infer<typeof bonusBaseFields>

/** Working days on which somebody was absent in a month; 0 takes back what was entered. */
export const absenceFields = z.strictObject({
  month: plainMonth,
  userId: entityId,
  /** Hundredths of a day. */
  days: z.number('validation:notANumber').int().min(0, 'validation:negative').max(MOST_DAYS, 'validation:tooLarge'),
  reason: shortText(200),
})
export type AbsenceFields = z.infer<typeof absenceFields>

/** A base as it was set; one that another took the place of stays. */
export const bonusBaseRow = z.object({
  id: z.string(),
  fromMonth: z.string(),
  base: int,
  setAt: int,
  setByName: z.string(),
  replaced: z.boolean(),
})
export type BonusBaseRow = z.infer<typeof bonusBaseRow>

/** A person's line of the bonus sheet. Amounts are null where nothing was agreed, or where they are not the caller's to see. */
export const bonusRow = z.object({
  userId: z.string(),
  userName: z.string(),
  teamName: z.string().nullable(),
  schemeName: z.string(),
  /** Points × 100. */
  total: int,
  grade: z.string().nullable(),
  /** Whether the scheme has grades: without them a bonus counts with the whole. */
  graded: z.boolean(),
  vetoed: z.boolean(),
  /** What the bonus counts with, in basis points. */
  coefficient: int,
  workdays: int,
  inService: int,
  /** Hundredths of a day. */
  absent: int,
  absentReason: z.string(),
  /** Basis points of the month. */
  presence: int,
  /** Fen. */
  base: int.nullable(),
  baseFrom: z.string().nullable(),
  bonus: int.nullable(),
  /** What it was at the lock, where a correction has changed it since; fen. */
  lockedBonus: int.optional(),
  /** Whether amounts are shown to the caller, whether he may set the base, and whether he may enter days absent. */
  shown: z.boolean(),
  mayBase: z.boolean(),
  mayDays: z.boolean(),
})
export type BonusRow = z.infer<typeof bonusRow>

export const gradeShare = z.object({
  schemeName: z.string(),
  grade: z.string(),
  count: int,
  of: int,
  most: int.nullable(),
  over: z.boolean(),
})

export const bonusSheet = z.object({
  month: plainMonth,
  locked: z.boolean(),
  /** False for a month that was locked without bonuses. */
  kept: z.boolean(),
  rows: z.array(bonusRow),
  /** Of everybody whose bonus the caller sees; fen. */
  sum: int,
  /** How many of them have no base. */
  without: int,
  /** Empty for whoever does not see the whole firm's. */
  shares: z.array(gradeShare),
})
export type BonusSheet = z.infer<typeof bonusSheet>
