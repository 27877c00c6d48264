import type { Translate } from '#shared/i18n/translate.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { overdueThrough, PURPOSES, type Purpose } from '#shared/modules/visits/visits.rules.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { completeVisits, helpedVisits, reportableVisits } from '#core/modules/visits/visits.api.ts'
import { asCase, COUNTED, type IndicatorSource } from './source.ts'

/** What visits are for, each said once: a month of a large firm has thousands of them. */
const purposesIn = (t: Translate) =>
  Object.fromEntries(PURPOSES.map((purpose) => [purpose, t(`visits:purpose.${purpose}`)])) as Record<Purpose, string>

/** Visits in person with a complete report. */
export const visits: IndicatorSource = async ({ db, scope, from, to, t }) => {
  const words = purposesIn(t)
  return (await completeVisits(db, scope, from, to)).map(({ purpose, ...row }) => ({
    kind: 'visit',
    ...row,
    label: words[purpose as Purpose],
    ...COUNTED,
  }))
}

/** Visits whose report was handed in, or is overdue: in time or not. */
export const reportsOnTime: IndicatorSource = async ({ db, scope, from, to, today, t }) => {
  const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
  const { reportDays } = (await readSetting(db, 'visits')).value
  const words = purposesIn(t)
  const overdue = overdueThrough(calendar, today, reportDays)
  return (await reportableVisits(db, scope, from, to))
    .filter((visit) => visit.state === 'done' || visit.day <= overdue)
    .map(({ purpose, state, late, ...row }) => ({
      kind: 'visit',
      ...row,
      label: words[purpose as Purpose],
      ...asCase(state === 'done' && late === 0),
    }))
}

/** Visits of others to which somebody came along. */
export const helpGiven: IndicatorSource = async ({ db, scope, from, to, t }) => {
  const words = purposesIn(t)
  return (await helpedVisits(db, scope, from, to)).map(({ purpose, ...row }) => ({
    kind: 'visit',
    ...row,
    label: words[purpose as Purpose],
    ...COUNTED,
  }))
}
