import { z } from 'zod'
import { INDICATOR_CODES } from './performance.indicators.schema.ts'
import { proposalRow } from './performance.proposals.schema.ts'
import { standing } from './performance.cycle.schema.ts'

const int = z.number().int()

/** How an indicator stood in a month. */
export const historyRate = z.object({
  indicator: z.enum(INDICATOR_CODES),
  /** Basis points. */
  rate: int,
  /** Whether it was measured. */
  applicable: z.boolean(),
})

/** A locked month of a person, as it counts today. */
export const historyMonth = z.object({
  month: z.string(),
  schemeName: z.string(),
  /** Points × 100. */
  total: int,
  grade: z.string().nullable(),
  rank: int.nullable(),
  vetoed: z.boolean(),
  /** Points × 100 that were given or taken in calibration. */
  calibration: int.nullable(),
  standing: standing.nullable(),
  /** Figures that were corrected after the lock, and the total it was locked with where that was another one. */
  corrections: int,
  lockedTotal: int.nullable(),
  rates: z.array(historyRate),
})
export type HistoryMonth = z.infer<typeof historyMonth>

/** What was decided for a person: to be carried out, carried out or given up. */
export const historyConsequence = proposalRow.pick({
  id: true,
  kind: true,
  subject: true,
  reason: true,
  untilDay: true,
  state: true,
  late: true,
  decidedDay: true,
  doneDay: true,
  result: true,
})
export type HistoryConsequence = z.infer<typeof historyConsequence>

/** The locked months of the last two years of a person, and what was decided for him; the latest first. */
export const personHistory = z.object({
  userId: z.string(),
  userName: z.string(),
  teamName: z.string().nullable(),
  months: z.array(historyMonth),
  consequences: z.array(historyConsequence),
})
export type PersonHistory = z.infer<typeof personHistory>

/** So many months a history goes back. */
export const HISTORY_MONTHS = 24
/** Over how many of the latest months means are taken. */
export const HISTORY_SPANS = [3, 6, 12, 24] as const
