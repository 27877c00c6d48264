import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { LAST_WORKDAY, MAX_SERIES, REPEATS } from './visits.series.rules.ts'
import { planned, timed, timesWrong, type VisitView } from './visits.schema.ts'

const every = z.number('validation:notANumber').int('visits:errors.every').min(1, 'visits:errors.every')

const rule = {
  repeat: z.enum(REPEATS),
  every: every.max(365, 'visits:errors.every').default(1),
  weekdays: z.array(z.number().int().min(1).max(7)).max(7).default([]),
  monthDay: z.number().int().min(LAST_WORKDAY).max(31).default(1),
  until: plainDay.nullable().default(null),
  times: z
    .number('validation:notANumber')
    .int('visits:errors.seriesTimes')
    .min(2, 'visits:errors.seriesTimes')
    .max(MAX_SERIES, 'visits:errors.seriesTimes')
    .nullable()
    .default(null),
  toWorkday: z.boolean().default(true),
}
const ruleFields = z.strictObject(rule)
type Rule = z.infer<typeof ruleFields>
type Ends = { readonly until: string | null; readonly times: number | null }

const weekdayNamed = (v: Pick<Rule, 'repeat' | 'weekdays'>) => v.repeat !== 'weeks' || v.weekdays.length > 0
const noWeekday = { path: ['weekdays'], message: 'validation:required' }
const endsOnce = (v: Ends) => (v.until === null) !== (v.times === null)
const endless = { path: ['times'], message: 'visits:errors.seriesEnd' }
const endsLater = (v: Ends & { readonly day: string }) => v.until === null || v.until >= v.day
const endsEarlier = { path: ['until'], message: 'visits:errors.seriesUntil' }

/** A plan that comes again; `day` is the first one that may be taken. */
export const seriesFields = planned
  .extend(rule)
  .refine(timed, timesWrong)
  .refine(weekdayNamed, noWeekday)
  .refine(endsOnce, endless)
  .refine(endsLater, endsEarlier)
export type SeriesFields = z.infer<typeof seriesFields>

/** What the form of a plan gives: one visit, or as many as its rule names. */
export const planOrSeries = z.discriminatedUnion('repeat', [
  z.object({ ...planned.shape, repeat: z.literal('none') }).refine(timed, timesWrong),
  seriesFields,
])
export type PlanOrSeries = z.infer<typeof planOrSeries>

/** As much of it as is needed to say on which days it falls and what stands in its way. */
export const seriesQuestion = planned
  .pick({ userId: true, withIds: true, day: true, startMinute: true, endMinute: true })
  .extend(rule)
  .refine(timed, timesWrong)
  .refine(weekdayNamed, noWeekday)
  .refine(endsOnce, endless)
  .refine(endsLater, endsEarlier)
export type SeriesQuestion = z.infer<typeof seriesQuestion>

/** A planned visit within the reader's scope that the same person cannot keep together with one of the series. */
export const seriesConflict = z.object({
  visitId: z.string(),
  day: z.string(),
  startMinute: z.number().int().nullable(),
  endMinute: z.number().int().nullable(),
  customerName: z.string(),
  userName: z.string(),
})
export type SeriesConflict = z.infer<typeof seriesConflict>

/** `uncertain`: from this day on the working days are not known yet. */
export const seriesAnswer = z.object({
  days: z.array(z.object({ day: z.string(), asked: z.string() })),
  conflicts: z.array(seriesConflict),
  uncertain: z.string().nullable(),
})

/** Takes away what is still planned of the visit's series from a day on. */
export const seriesEnd = z.strictObject({ id: entityId, from: plainDay })

/** The series that a visit belongs to. */
export const visitSeries = z.object({
  id: z.string(),
  rule: ruleFields,
  firstDay: z.string(),
  /** The how manieth it is, of how many that are there. */
  nth: z.number().int(),
  count: z.number().int(),
  /** Still planned from its day on, and not before today; within the reader's scope. */
  ahead: z.number().int(),
})
export type VisitWithSeries = VisitView & { readonly series: z.infer<typeof visitSeries> | null }
