import { addDays, addMonths, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { nextWorkday, type WorkCalendar, type WorkdayAnswer } from '#shared/kernel/workdays.ts'
import { evidenceRule, type EvidenceKind, type Strength } from './receivables.evidence.rules.ts'

/** The periods of the law: 3 years and 20 years (民法典 188), the last 6 months (194). */
export interface LimitationLaw {
  readonly limitationYears: number
  readonly limitationLongStop: number
  readonly suspensionMonths: number
}

/** Something that interrupts the period, on the day it took effect: arrived, paid, filed. */
export interface LimitationEvent {
  readonly kind: EvidenceKind
  readonly day: PlainDay
  readonly strength: Strength
  /** Until when payment was put off or is to be made by the plan: the period runs anew from there. */
  readonly untilDay?: PlainDay | null
  /** When proceedings came to their end; null while they go on. */
  readonly endedDay?: PlainDay | null
}

/** A cause that kept us from claiming: force majeure and its like (民法典 194). Null while it lasts. */
export interface Suspension {
  readonly from: PlainDay
  readonly to: PlainDay | null
}

/** What one period needs to be counted. */
export interface LimitedDebt {
  /** Where there is none: the debt has no due day, and none can be determined. */
  readonly dueDay: PlainDay | null
  /**
   * The due day of the last instalment, where one debt is paid in instalments (民法典 189) and the firm counts it so.
   * Null counts each instalment for itself, which is never too late.
   */
  readonly lastDueDay: PlainDay | null
  /** For a debt without a due day: the first demand, the days of grace it left, or the day it was refused. */
  readonly firstDemand: {
    readonly day: PlainDay
    readonly graceDays: number
    readonly refusedDay: PlainDay | null
  } | null
  readonly events: readonly LimitationEvent[]
  readonly suspensions: readonly Suspension[]
}

export type LimitationEffect = 'interrupts' | 'restarts' | 'beforeStart' | 'tooLate' | 'weak' | 'notProven'

export interface LimitationStep {
  readonly event: LimitationEvent
  readonly effect: LimitationEffect
  /** The last day of the period after the event, before any shift for a day off. */
  readonly endDay: PlainDay
}

export type LimitationState = 'noDueDay' | 'notDue' | 'running' | 'suspended' | 'proceedings' | 'expired'

/** The clock of one debt as it stood on a day. */
export interface LimitationClock {
  readonly state: LimitationState
  readonly start: { readonly day: PlainDay; readonly reason: Reason } | null
  /** The last day, without any shift: the one to act by. */
  readonly endDay: PlainDay | null
  /** The same, moved behind days off (民法典 203), and whether the calendar knew that day. */
  readonly shifted: WorkdayAnswer | null
  /** The last day if what is only weakly proven holds as well; the same where nothing is. */
  readonly weakEndDay: PlainDay | null
  readonly longStopDay: PlainDay | null
  readonly daysLeft: number | null
  /** The nearest of the alarms that has gone off, in months before the end; null for none. */
  readonly alarm: number | null
  /** What a letter may ask for: payment, or once the period has run out only consent to pay (民法典 192). */
  readonly wording: 'demand' | 'acknowledge'
  readonly steps: readonly LimitationStep[]
  readonly notes: readonly Reason[]
}

export interface LimitationSetting {
  readonly law: LimitationLaw
  readonly calendar: WorkCalendar
  /** Months before the end at which to warn, for example 12, 6, 3, 1. */
  readonly alarms: readonly number[]
}

/**
 * From when the period counts. The day itself is not counted, so that the last day is its corresponding day: due
 * 2025-08-31 ends 2028-08-31 (民法典 201, 202). Without a due day: the end of the grace period that the first demand
 * left, or the day of a plain refusal (诉讼时效规定 4). Null where nothing has started it yet.
 */
export function limitationStart(
  debt: Pick<LimitedDebt, 'dueDay' | 'lastDueDay' | 'firstDemand'>,
  asOf: PlainDay,
): LimitationClock['start'] {
  const { dueDay, lastDueDay, firstDemand } = debt
  const because = (name: string, day: PlainDay) => ({
    day,
    reason: { key: `receivables:limitation.start.${name}`, params: { day } },
  })
  if (dueDay !== null) {
    const last = lastDueDay !== null && lastDueDay > dueDay ? lastDueDay : null
    return last === null ? because('due', dueDay) : because('lastInstalment', last)
  }
  if (firstDemand === null || firstDemand.day > asOf) return null
  const { day, graceDays, refusedDay } = firstDemand
  const graceEnd = addDays(day, graceDays)
  if (refusedDay !== null && refusedDay <= asOf && refusedDay < graceEnd) return because('refused', refusedDay)
  return because('grace', graceEnd)
}

/**
 * The clock as of a day. Only what had happened by then is looked at, so that a later event never changes what was
 * true before. An interruption makes the period run anew (民法典 195), from the end where it is of proceedings; a cause
 * in the last six months lets it end six months after the cause does (194); twenty years are the end of all (188). What
 * is only weakly proven does not count for `endDay`: better an alarm too early.
 */
export function limitationClock(debt: LimitedDebt, setting: LimitationSetting, asOf: PlainDay): LimitationClock {
  const start = limitationStart(debt, asOf)
  if (start === null) return notStarted()
  const strong = run(debt, start.day, setting, asOf, 'strong')
  const weak = debt.events.some(({ strength }) => strength === 'weak')
    ? run(debt, start.day, setting, asOf, 'weak')
    : strong
  const { endDay } = strong
  const shifted = nextWorkday(setting.calendar, endDay)
  const state = stateOf(strong, start.day, shifted.day, asOf)
  return {
    state,
    start,
    endDay,
    shifted,
    weakEndDay: weak.endDay,
    longStopDay: strong.longStopDay,
    daysLeft: diffDays(asOf, endDay),
    alarm: alarmOn(endDay, setting.alarms, asOf),
    wording: state === 'expired' ? 'acknowledge' : 'demand',
    steps: strong.steps,
    notes: notesOf(endDay, shifted, weak.endDay, strong),
  }
}

function stateOf(run: Run, startDay: PlainDay, lastDay: PlainDay, asOf: PlainDay): LimitationState {
  if (run.pending) return 'proceedings'
  if (asOf > lastDay) return 'expired'
  if (run.suspended) return 'suspended'
  return asOf <= startDay ? 'notDue' : 'running'
}

/** The days on which alarms go off for a period that ends on `endDay`, the first one first. */
export function alarmDays(endDay: PlainDay, alarms: readonly number[]): { months: number; day: PlainDay }[] {
  return alarms.toSorted((a, b) => b - a).map((months) => ({ months, day: addMonths(endDay, -months) }))
}

function alarmOn(endDay: PlainDay, alarms: readonly number[], asOf: PlainDay): number | null {
  return alarmDays(endDay, alarms).findLast(({ day }) => day <= asOf)?.months ?? null
}

interface Run {
  readonly endDay: PlainDay
  readonly longStopDay: PlainDay
  readonly pending: boolean
  readonly suspended: boolean
  readonly steps: readonly LimitationStep[]
}

function run(debt: LimitedDebt, startDay: PlainDay, setting: LimitationSetting, asOf: PlainDay, least: Strength): Run {
  const longStopDay = addMonths(startDay, setting.law.limitationLongStop * 12)
  const causes = debt.suspensions
    .filter(({ from }) => from <= asOf)
    .map(({ from, to }) => ({ from, to: to !== null && to <= asOf ? to : asOf, open: to === null || to > asOf }))
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))

  const endOf = (base: PlainDay): { day: PlainDay; suspended: boolean } => {
    let day = addMonths(base, setting.law.limitationYears * 12)
    let suspended = false
    for (const cause of causes) {
      if (cause.from > day || cause.to <= addMonths(day, -setting.law.suspensionMonths)) continue
      const resumed = addMonths(cause.to, setting.law.suspensionMonths)
      if (resumed > day) day = resumed
      suspended ||= cause.open
    }
    return { day: day > longStopDay ? longStopDay : day, suspended: suspended && day <= longStopDay }
  }

  const steps: LimitationStep[] = []
  let base = startDay
  let end = endOf(base)
  let pending = false
  for (const event of debt.events.filter(({ day }) => day <= asOf).toSorted(byDay)) {
    const ended = event.endedDay && event.endedDay <= asOf ? event.endedDay : null
    const goesOn = ended === null && evidenceRule(event.kind).group === 'proceeding'
    const from = latest(event.day, event.untilDay ?? null, ended)
    const counts = effectOf(event, nextWorkday(setting.calendar, end.day).day, least)
    const effect = counts === 'interrupts' && from <= startDay && !goesOn ? 'beforeStart' : counts
    if (effect === 'interrupts' || effect === 'restarts') {
      if (from > base) base = from
      pending ||= goesOn
      end = endOf(base)
    }
    steps.push({ event, effect, endDay: end.day })
  }
  return { endDay: end.day, longStopDay, pending, suspended: end.suspended, steps }
}

function effectOf(event: LimitationEvent, lastDay: PlainDay, least: Strength): LimitationEffect {
  if (event.strength === 'none') return 'notProven'
  if (event.strength === 'weak' && least === 'strong') return 'weak'
  if (event.day <= lastDay) return 'interrupts'
  return evidenceRule(event.kind).revives === true ? 'restarts' : 'tooLate'
}

function latest(day: PlainDay, ...others: readonly (PlainDay | null)[]): PlainDay {
  return others.reduce<PlainDay>((last, other) => (other !== null && other > last ? other : last), day)
}

function notesOf(endDay: PlainDay, shifted: WorkdayAnswer, weakEndDay: PlainDay, run: Run): Reason[] {
  const notes: Reason[] = []
  const add = (name: string, params: Reason['params']) =>
    notes.push({ key: `receivables:limitation.notes.${name}`, ...(params ? { params } : {}) })
  if (shifted.day !== endDay) add('shifted', { day: endDay, shifted: shifted.day })
  if (weakEndDay > endDay) add('weak', { day: endDay, weak: weakEndDay })
  if (run.endDay === run.longStopDay) add('longStop', { day: run.longStopDay })
  if (run.pending) add('proceedings', { day: endDay })
  if (run.suspended) add('suspended', { day: endDay })
  if (run.steps.some((step) => step.effect === 'tooLate')) add('tooLate', {})
  if (run.steps.some((step) => step.effect === 'restarts')) add('restarted', {})
  return notes
}

function notStarted(): LimitationClock {
  return {
    state: 'noDueDay',
    start: null,
    endDay: null,
    shifted: null,
    weakEndDay: null,
    longStopDay: null,
    daysLeft: null,
    alarm: null,
    wording: 'demand',
    steps: [],
    notes: [{ key: 'receivables:limitation.notes.noDueDay' }],
  }
}

function byDay(a: { readonly day: PlainDay }, b: { readonly day: PlainDay }): number {
  return a.day < b.day ? -1 : a.day > b.day ? 1 : 0
}
