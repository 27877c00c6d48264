import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { REPORT_PARTS } from './visits.rules.ts'
import {
  calendarRow,
  dayOff,
  cancelFields,
  checkItems,
  incidentFields,
  intentRow,
  planChange,
  planFields,
  reportFields,
  rescheduleInput,
  visitChange,
  visitFields,
  visitFigures,
  visitFilters,
  visitRow,
  visitView,
} from './visits.schema.ts'
import { seriesAnswer, seriesEnd, seriesFields, seriesQuestion, visitSeries } from './visits.series.schema.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })
const versioned = z.strictObject({ id: entityId, version: recordVersion })
const period = z.strictObject({ from: plainDay, to: plainDay })
const job = z.object({ jobId: z.string() })
const count = z.number().int()

export const visitsContract = {
  list: query('visits.read')
    .input(pageInput({ sort: ['day'], filters: visitFilters }))
    .output(pageOutput(visitRow)),
  summary: query('visits.read')
    .input(z.strictObject({ text: searchText, filters: visitFilters }))
    .output(z.object({ count, planned: count, late: count, overdue: count })),
  get: query('visits.read')
    .input(z.strictObject({ id: entityId }))
    .output(visitRow),
  /** With its people, its preparation, its moves and what its report lacks. */
  view: query('visits.read')
    .input(z.strictObject({ id: entityId }))
    .output(visitView.extend({ series: visitSeries.nullable() })),
  /**
   * Planned and done visits of at most 62 days, by day and time (those of the whole day first); `userIds`: only
   * visitors and companions among these. `more`: there are more than are shown.
   */
  calendar: query('visits.read')
    .input(period.extend({ userIds: z.array(entityId).max(200).optional() }))
    .output(z.object({ today: z.string(), rows: z.array(calendarRow), more: z.boolean(), daysOff: z.array(dayOff) }))
    .errors(refusals('VISIT_RANGE')),
  /** Visits in person by visitor: plan against done, and reports that are late. At most 400 days. */
  figures: query('visits.read')
    .input(period)
    .output(z.object({ rows: z.array(visitFigures) }))
    .errors(refusals('VISIT_RANGE')),
  /** How a customer's readiness was judged over time. */
  intents: query('visits.read')
    .input(z.strictObject({ customerId: entityId }))
    .output(z.array(intentRow)),

  /** What was done already, in one step. */
  create: command('visits.record').input(visitFields).output(saved).errors(refusals('VISIT_DAY')),
  update: command('visits.record').input(visitChange).output(saved).errors(refusals('VISIT_DAY', 'VISIT_STATE')),
  remove: command('visits.record').input(versioned).output(z.object({})),

  plan: command('visits.record').input(planFields).output(saved).errors(refusals('VISIT_PAST')),
  /** On which days a series would fall, before it is planned. */
  seriesDays: query('visits.record').input(seriesQuestion).output(seriesAnswer),
  /** All visits of a series at once, or none; `conflicts`: what they cannot be kept together with. */
  planSeries: command('visits.record')
    .input(seriesFields)
    .output(z.object({ id: z.string(), firstDay: z.string(), count, conflicts: count }))
    .errors(refusals('VISIT_PAST', 'VISIT_SERIES_EMPTY', 'VISIT_SERIES_LONG')),
  /** Of the series that the visit belongs to, what is planned from a day on goes; what was done or called off stays. */
  endSeries: command('visits.record')
    .input(seriesEnd)
    .output(z.object({ count }))
    .errors(refusals('VISIT_PAST', 'VISIT_SERIES_EMPTY')),
  /** Everything that was agreed but the day and the time. */
  changePlan: command('visits.record').input(planChange).output(saved).errors(refusals('VISIT_STATE')),
  /** Moves a plan to another day or time and keeps where it was; what was cancelled is planned again. */
  reschedule: command('visits.record')
    .input(rescheduleInput)
    .output(saved)
    .errors(refusals('VISIT_STATE', 'VISIT_PAST', 'VISIT_SAME_TIME')),
  /** Hands the report in, or completes one; `missing`: what it lacks to count for the appraisal. */
  report: command('visits.record')
    .input(
      versioned.extend(reportFields.shape).refine((v) => v.nextDay === null || v.nextStep !== '', {
        path: ['nextStep'],
        message: 'validation:required',
      }),
    )
    .output(saved.extend({ missing: z.array(z.enum(REPORT_PARTS)) }))
    .errors(refusals('VISIT_STATE', 'VISIT_DAY')),
  cancel: command('visits.record')
    .input(z.strictObject({ ...versioned.shape, reason: cancelFields }))
    .output(saved)
    .errors(refusals('VISIT_STATE')),
  incident: command('visits.record')
    .input(z.strictObject({ ...versioned.shape, reason: incidentFields }))
    .output(saved)
    .errors(refusals('VISIT_STATE', 'VISIT_DAY')),
  /** The whole preparation list as it is now. */
  prepare: command('visits.record')
    .input(versioned.extend({ checks: checkItems }))
    .output(saved)
    .errors(refusals('VISIT_STATE')),

  /** One page to take along, as a PDF. */
  sheet: command('visits.read', { audit: 'export' })
    .input(z.strictObject({ id: entityId, language: z.enum(LOCALES) }))
    .output(job),
  /** One's own plan as a calendar file. */
  calendarFile: command('visits.read', { audit: 'export' })
    .input(period)
    .output(job)
    .errors(refusals('VISIT_RANGE', 'VISIT_NO_PLAN')),
  exportRows: command('visits.export', { audit: 'export' })
    .input(exportInput({ sort: ['day'], filters: visitFilters }))
    .output(job),
}
