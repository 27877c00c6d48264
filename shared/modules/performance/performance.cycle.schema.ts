import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId, shortText } from '#shared/kernel/text.ts'
import { INDICATOR_CODES } from './performance.indicators.schema.ts'

/** More points, in hundredths, no firm lets be given or taken in calibration; its own setting says how many. */
export const CALIBRATION_MOST = 2_000

const int = z.number().int()
const points = z
  .number('validation:notANumber')
  .int()
  .min(-CALIBRATION_MOST, 'performance:cycle.errors.cap')
  .max(CALIBRATION_MOST, 'performance:cycle.errors.cap')

/** Points × 100 for a person's month; nothing takes back what was given. */
export const calibrationFields = z.strictObject({
  month: plainMonth,
  userId: entityId,
  points,
  reason: shortText(200),
})
export type CalibrationFields = z.infer<typeof calibrationFields>

/** What was given or taken in calibration, as it stands on the sheet. */
export const calibrationMark = z.object({ points: int, reason: z.string(), byName: z.string() })
export type CalibrationMark = z.infer<typeof calibrationMark>

/** Says nothing, agreed, agreed to another total than there is now, appeals, or was answered. */
export const STANDINGS = ['silent', 'confirmed', 'outdated', 'appealed', 'answered'] as const
/** What a person said to his result, and when. */
export const standing = z.object({ state: z.enum(STANDINGS), day: z.string().nullable() })
export type Standing = z.infer<typeof standing>

/** The total is that which was seen: nobody agrees to another one. */
export const confirmFields = z.strictObject({ month: plainMonth, total: int })
export const appealFields = z.strictObject({
  month: plainMonth,
  /** Null: the result as a whole. */
  indicator: z.enum(INDICATOR_CODES).nullable(),
  reason: shortText(200),
})
export type AppealFields = z.infer<typeof appealFields>

/** An answer; an appeal that is upheld may set the points of calibration at once. */
export const answerFields = z
  .strictObject({ id: entityId, upheld: z.boolean(), answer: shortText(200), points: points.nullable() })
  .refine((fields) => fields.upheld || fields.points === null, {
    path: ['points'],
    message: 'performance:cycle.errors.refused',
  })
export type AnswerFields = z.infer<typeof answerFields>

export const APPEAL_STATES = ['open', 'upheld', 'refused'] as const
export const appealRow = z.object({
  id: z.string(),
  userId: z.string(),
  userName: z.string(),
  indicator: z.enum(INDICATOR_CODES).nullable(),
  reason: z.string(),
  day: z.string(),
  state: z.enum(APPEAL_STATES),
  answer: z.string(),
  answeredDay: z.string().nullable(),
  answeredByName: z.string(),
})
export type AppealRow = z.infer<typeof appealRow>

/** What is still missing before a month is locked. */
export const lockStatement = z.object({
  /** Who has not agreed to his result as it is; their silence will count as agreement. */
  silent: z.array(z.object({ userId: z.string(), userName: z.string() })),
  /** Who was asked for a rating and has not given it. */
  late: z.array(
    z.object({ reviewId: z.string().nullable(), raterId: z.string(), raterName: z.string(), userName: z.string() }),
  ),
  appeals: int,
})
export type LockStatement = z.infer<typeof lockStatement>
