import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { CALIBRATION_MOST } from './performance.cycle.schema.ts'

/**
 * Who sees whose place in the ranking beside whoever leads: everybody in the firm, one's own team, only one's own place
 * and how many there are, or nobody.
 */
export const RANKING_SIGHTS = ['firm', 'team', 'own', 'leaders'] as const
export type RankingSight = (typeof RANKING_SIGHTS)[number]

const int = z.number('validation:notANumber').int()
const months = int.min(2, 'validation:tooSmall').max(12, 'validation:tooLarge')

/** From a month on, what results suggest. */
export const consequenceLine = z.strictObject({
  from: plainMonth,
  /** The best grade in so many months on end suggests a promotion or a raise. */
  bestMonths: months,
  /** An indicator whose mean over so many months is less than this rate (basis points) suggests training. */
  weakMonths: months,
  weakRate: int.min(1, 'validation:tooSmall').max(20_000, 'validation:tooLarge'),
  /** A total of less than these points (× 100) is not up to the job. */
  below: int.min(1, 'validation:tooSmall').max(20_000, 'validation:tooLarge'),
})
export type ConsequenceLine = z.infer<typeof consequenceLine>

/** What the firm decides about rankings and about what follows from results. */
export const appraisalPolicy = z
  .strictObject({
    ranking: z.enum(RANKING_SIGHTS),
    /** So many points, in hundredths, may be given or taken in calibration. */
    calibrationCap: int.min(0, 'validation:tooSmall').max(CALIBRATION_MOST, 'validation:tooLarge').default(500),
    lines: z.array(consequenceLine).min(1, 'validation:required').max(50, 'validation:tooLong'),
  })
  .refine(({ lines }) => new Set(lines.map((line) => line.from)).size === lines.length, {
    path: ['lines'],
    message: 'performance:policy.errors.twice',
  })
export type AppraisalPolicy = z.infer<typeof appraisalPolicy>

export const DEFAULT_APPRAISAL_POLICY: AppraisalPolicy = {
  ranking: 'own',
  calibrationCap: 500,
  lines: [{ from: plainMonth.parse('2000-01'), bestMonths: 3, weakMonths: 3, weakRate: 6_000, below: 6_000 }],
}

export const rankingRow = z.object({
  userId: z.string(),
  userName: z.string(),
  teamName: z.string().nullable(),
  rank: int,
  /** Points × 100. */
  total: int,
  /** Null also where the reader does not lead this person. */
  grade: z.string().nullable(),
  own: z.boolean(),
})
export type RankingRow = z.infer<typeof rankingRow>

/** The ranking of the whole firm as far as the reader may see it. */
export const rankingView = z.object({
  month: plainMonth,
  locked: z.boolean(),
  sight: z.enum(RANKING_SIGHTS),
  /** How many people there are; null where the reader may not see his place. */
  people: int.nullable(),
  rows: z.array(rankingRow),
})
export type RankingView = z.infer<typeof rankingView>
