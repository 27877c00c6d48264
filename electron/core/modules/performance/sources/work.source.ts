import { dayOfMoment } from '#shared/kernel/dates.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { callBacksDue } from '#core/modules/callbacks/callbacks.api.ts'
import { decidedDeals } from '#core/modules/deals/deals.api.ts'
import { adoptedNotes } from '#core/modules/market/market.api.ts'
import { tasksDue } from '#core/modules/tasks/tasks.api.ts'
import { asCase, COUNTED, type IndicatorSource } from './source.ts'

/** Deals that were decided: won or not. */
export const winRate: IndicatorSource = async ({ db, scope, from, to }) =>
  (await decidedDeals(db, scope, from, to)).map(({ number, name, stage, ...row }) => ({
    kind: 'deal',
    ...row,
    label: `${number} ${name}`,
    ...asCase(stage === 'won'),
  }))

/** Call-backs that fell due: kept by then or not. Those of days to come are not judged yet. */
export const callBacksOnTime: IndicatorSource = async ({ db, scope, from, to, today }) =>
  (await callBacksDue(db, scope, from, to))
    .filter((due) => due.onTime || due.day < today)
    .map(({ onTime, ...row }) => ({ kind: 'customer', id: row.customerId, ...row, label: '', ...asCase(onTime) }))

/** Tasks by the day that was agreed first: finished by then or not. Those of days to come are not judged yet. */
export const tasksOnTime: IndicatorSource = async ({ db, scope, from, to, today }) => {
  const { zone } = (await readSetting(db, 'preferences')).value
  return (await tasksDue(db, scope, from, to)).flatMap(({ title, state, closedAt, ...row }) => {
    const closed = state === 'done' && closedAt !== null ? dayOfMoment(closedAt, zone) : null
    if (closed === null && row.day >= today) return []
    return [{ kind: 'task' as const, ...row, label: title, ...asCase(closed !== null && closed <= row.day) }]
  })
}

/** Market notes that a superior adopted. */
export const notesAdopted: IndicatorSource = async ({ db, scope, from, to }) =>
  (await adoptedNotes(db, scope, from, to)).map(({ competitor, day, ...row }) => ({
    kind: 'note',
    ...row,
    day: day ?? '',
    label: competitor,
    ...COUNTED,
  }))
