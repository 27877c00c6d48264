import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { addWorkdays, workdaysBetween, type WorkCalendar } from '#shared/kernel/workdays.ts'

export const CHANNELS = ['visit', 'phone', 'email', 'online'] as const
export type Channel = (typeof CHANNELS)[number]
export const PURPOSES = ['develop', 'negotiate', 'callBack', 'collect', 'reconcile', 'sign', 'service'] as const
export type Purpose = (typeof PURPOSES)[number]

/** What becomes of a visit: `incident` is one that was under way and could not be held as planned. */
export const VISIT_STATES = ['planned', 'done', 'cancelled', 'incident'] as const
export type VisitState = (typeof VISIT_STATES)[number]

export const VISIT_STEPS = ['change', 'reschedule', 'report', 'cancel', 'incident'] as const
export type VisitStep = (typeof VISIT_STEPS)[number]

/** What a step makes of a state; what is not named is not possible. */
const STEPS: Readonly<Record<VisitState, Partial<Record<VisitStep, VisitState>>>> = {
  planned: {
    change: 'planned',
    reschedule: 'planned',
    report: 'done',
    cancel: 'cancelled',
    incident: 'incident',
  },
  // A report is completed as often as need be; it is never taken back.
  done: { change: 'done', report: 'done' },
  cancelled: { reschedule: 'planned' },
  incident: { reschedule: 'planned' },
}

/** The state after a step, or null where the step is not possible. */
export function afterStep(state: VisitState, step: VisitStep): VisitState | null {
  return STEPS[state][step] ?? null
}

/** How ready the customer is to buy, A the readiest; always with what speaks for it. */
export const INTENTS = ['A', 'B', 'C', 'D'] as const
export type Intent = (typeof INTENTS)[number]

export const CANCEL_REASONS = ['customerAsked', 'customerAway', 'ownSchedule', 'notNeeded', 'other'] as const
export const INCIDENT_REASONS = ['nobodyThere', 'wrongPerson', 'traffic', 'weather', 'illness', 'other'] as const

/** What a report says of a visit. */
export interface ReportFacts {
  readonly channel: Channel
  readonly purpose: Purpose
  readonly result: string
  readonly needs: string
  readonly concerns: string
  readonly intent: Intent | ''
  readonly evidence: string
  readonly nextStep: string
  readonly nextDay: string | null
  readonly noNextReason: string
}

export const REPORT_PARTS = ['result', 'needs', 'intent', 'evidence', 'nextStep'] as const
export type ReportPart = (typeof REPORT_PARTS)[number]

/** Purposes after which one must be able to say how ready the customer is. */
const JUDGED: readonly Purpose[] = ['develop', 'negotiate']

/**
 * What a report still lacks; empty where it is complete. A phone call or a message needs its result; a visit in person
 * also what was heard (needs or concerns), the customer's readiness with evidence where the purpose is to develop or
 * to negotiate, and a next step with its day, or the reason why there is none. Only a complete one counts for the
 * appraisal.
 */
export function missingParts(report: ReportFacts): ReportPart[] {
  const missing: ReportPart[] = []
  if (report.result === '') missing.push('result')
  if (report.channel !== 'visit') return missing
  if (report.needs === '' && report.concerns === '') missing.push('needs')
  if (JUDGED.includes(report.purpose) && report.intent === '') missing.push('intent')
  if (report.intent !== '' && report.evidence === '') missing.push('evidence')
  const next = report.nextStep !== '' && report.nextDay !== null
  if (!next && report.noNextReason === '') missing.push('nextStep')
  return missing
}

/** The last day on which a report is handed in in time: the n-th working day after the visit. */
export function reportDueDay(calendar: WorkCalendar, visitDay: PlainDay, reportDays: number): PlainDay {
  return addWorkdays(calendar, visitDay, reportDays).day
}

/** Whether a report of `reportDay` is late; 0 working days: it is due on the day itself. */
export function isLate(calendar: WorkCalendar, visitDay: PlainDay, reportDay: PlainDay, reportDays: number): boolean {
  return reportDay > reportDueDay(calendar, visitDay, reportDays)
}

/**
 * The latest day whose planned visits are overdue for a report on `today`: of this day and every earlier one the time
 * is over, of every later one it is not. So a list needs one comparison, not a calendar for each row.
 */
export function overdueThrough(calendar: WorkCalendar, today: PlainDay, reportDays: number): PlainDay {
  let day = addDays(today, -1)
  while (workdaysBetween(calendar, day, addDays(today, -1)) < reportDays) day = addDays(day, -1)
  return day
}

export const MINUTES_A_DAY = 1440

/** `09:30` of 570. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** `09:30–11:00`, `09:30`, or empty where no time was agreed. */
export function timesOf(visit: { readonly startMinute: number | null; readonly endMinute: number | null }): string {
  if (visit.startMinute === null) return ''
  return [visit.startMinute, visit.endMinute].flatMap((at) => (at === null ? [] : [clockOf(at)])).join('–')
}

/** 570 of `09:30`, `9:30`, `0930` and their full-width forms, 540 of `9`; null where there is no such time. */
export function minuteOf(text: string): number | null {
  const match = /^(\d{1,2})(?::?(\d{2}))?$/.exec(text.normalize('NFKC').trim())
  if (!match) return null
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)]
  const total = hour * 60 + minute
  return minute < 60 && total <= MINUTES_A_DAY ? total : null
}
