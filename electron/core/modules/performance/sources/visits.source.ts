import { makeCalendar } from '#shared/kernel/workdays.ts'
import { overdueThrough } from '#shared/modules/visits/visits.rules.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { completeVisits, helpedVisits, reportableVisits } from '#core/modules/visits/visits.api.ts'
import { asCase, COUNTED, type IndicatorSource } from './source.ts'

/** Visits in person with a complete report. */
export const visits: IndicatorSource = async ({ db, scope, from, to, t }) =>
  (await completeVisits(db, scope, from, to)).map(({ purpose, ...row }) => ({
    kind: 'visit',
    ...row,
    label: t(`visits:purpose.${purpose}`),
    ...COUNTED,
  }))

/** Visits whose report was handed in, or is overdue: in time or not. */
export const reportsOnTime: IndicatorSource = async ({ db, scope, from, to, today, t }) => {
  const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
  const { reportDays } = (await readSetting(db, 'visits')).value
  const overdue = overdueThrough(calendar, today, reportDays)
  return (await reportableVisits(db, scope, from, to))
    .filter((visit) => visit.state === 'done' || visit.day <= overdue)
    .map(({ purpose, state, late, ...row }) => ({
      kind: 'visit',
      ...row,
      label: t(`visits:purpose.${purpose}`),
      ...asCase(state === 'done' && late === 0),
    }))
}

/** Visits of others to which somebody came along. */
export const helpGiven: IndicatorSource = async ({ db, scope, from, to, t }) =>
  (await helpedVisits(db, scope, from, to)).map(({ purpose, ...row }) => ({
    kind: 'visit',
    ...row,
    label: t(`visits:purpose.${purpose}`),
    ...COUNTED,
  }))
