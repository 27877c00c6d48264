import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { addWorkdays, nextWorkday, workdaysBefore, type WorkCalendar } from '#shared/kernel/workdays.ts'
import type { Course } from './dunning.escalations.rules.ts'
import type { Channel } from './dunning.proof.rules.ts'

/** What a step of the ladder is: a friendly reminder, a demand, the last one, a lawyer's letter, the file for court. */
export const STEP_KINDS = ['reminder', 'demand', 'final', 'lawyer', 'court'] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** Why a customer does not pay, as far as anybody has found out. */
export const DELAY_REASONS = ['cashShort', 'quality', 'statement', 'process', 'unreachable', 'refusal'] as const
export type DelayReason = (typeof DELAY_REASONS)[number]

export const TRUST = ['good', 'normal', 'bad'] as const
export type Trust = (typeof TRUST)[number]

/** Letters go by the ways that can prove them; a call and a visit are steps too. */
export type StepChannel = Channel | 'phone' | 'visit'

/** One step. Days count from the due day, before it below zero; on a day off the step waits for the next working day. */
export interface LadderStep {
  /** Names the step in whatever it left behind, from one edition of the ladder to the next. */
  readonly key: string
  readonly kind: StepKind
  readonly days: number
  readonly dayKind: 'natural' | 'working'
  readonly channels: readonly StepChannel[]
  /** Days that must lie between this step and the last contact; a mere call of the same day is part of it. */
  readonly gapDays: number
  readonly deadlineDays: number
  readonly owner: 'owner' | 'manager' | 'finance' | 'legal'
}

/** The firm's ladder, its steps in the order in which they are taken. */
export interface Ladder {
  readonly steps: readonly LadderStep[]
  /** Below this sum nobody is written to; fen. */
  readonly minAmount: number
  /** By so many days a step comes later for a good payer, earlier (below zero) for a bad one. Reminders never move. */
  readonly trustDays: Readonly<Record<Trust, number>>
}

export interface LadderInstalment {
  readonly id: string
  readonly dueDay: PlainDay
  readonly outstanding: number
  /** Place of the last step whose letter named it; null for none. Paid instalments take their history with them. */
  readonly sentStep: number | null
  readonly excluded: boolean
  readonly disputed: boolean
}

export interface LadderFacts {
  readonly instalments: readonly LadderInstalment[]
  /** The last letter, call or visit about money. */
  readonly lastContact: PlainDay | null
  /** The last letter, or call or visit that was a step of the ladder. */
  readonly lastStep: PlainDay | null
  readonly reason: DelayReason | null
  readonly trust: Trust
  readonly excluded: { readonly reason: string; readonly untilDay: PlainDay | null } | null
  /** A promise that still runs until its last day. */
  readonly promisedUntil: PlainDay | null
  readonly limitationExpired: boolean
  /** Whether the difficulty was reported to the superior, and a statement of account confirmed. */
  readonly escalated: boolean
  readonly statementConfirmed: boolean
  /** How the reported difficulty stands; what the superior decides goes before the ladder. */
  readonly course: Course
  /** The day of the latest file for the court. */
  readonly fileDay: PlainDay | null
}

/**
 * The one thing to do next. `wait` says until when. `confirmDebt` asks for consent to pay where the limitation period
 * has run out; `escalate` reports a real difficulty to the superior, who decides; `courtFile` makes the file for court.
 */
export const LADDER_ACTIONS = [
  'none',
  'wait',
  'send',
  'recordReason',
  'settleDispute',
  'sendStatement',
  'escalate',
  'confirmDebt',
  'courtFile',
] as const
export type LadderAction = (typeof LADDER_ACTIONS)[number]

/** Which words a letter uses. */
export type Wording = 'standard' | 'expired' | DelayReason

export interface NextStep {
  readonly action: LadderAction
  /** From which day on; null where nothing will come up by itself. */
  readonly day: PlainDay | null
  /** Place of the step that is meant; null for none. */
  readonly step: number | null
  readonly kind: StepKind | null
  readonly wording: Wording
  /**
   * The instalments that the letter names, each with the step that it is the letter of for this one; null where it is
   * only named along. One customer is one letter, a row an instalment.
   */
  readonly lines: readonly { readonly instalmentId: string; readonly step: number | null }[]
  readonly reasons: readonly Reason[]
}

/**
 * What to do next about a customer, and why. The oldest open instalment drives the ladder; each climbs step by step, so
 * that nobody gets a last demand without a first one; a reminder is left out once the day has passed. A reason must be
 * on record before the second letter. What is disputed is kept apart: the rest must be paid in time (支付条例 15).
 */
export function nextStep(ladder: Ladder, facts: LadderFacts, today: PlainDay, calendar: WorkCalendar): NextStep {
  const open = facts.instalments.filter((row) => row.outstanding > 0 && !row.excluded)
  const claimed = open.filter((row) => !row.disputed)
  const sum = claimed.reduce((total, row) => total + row.outstanding, 0)
  const { excluded } = facts
  if (open.length === 0) return rest('none', null, [])
  if (excluded && (excluded.untilDay === null || excluded.untilDay >= today)) {
    const day = excluded.untilDay === null ? null : addDays(excluded.untilDay, 1)
    return rest('wait', day, [say('excluded', { reason: excluded.reason })])
  }
  switch (facts.course) {
    case 'awaited':
      return rest('wait', null, [say('reported')])
    case 'returned':
      return rest('escalate', today, [say('reportReturned')])
    case 'court':
      return rest('courtFile', today, [say('toCourt')])
    case 'filed':
      return rest('wait', null, [say('atCourt', { day: facts.fileDay ?? today })])
    case 'none':
      break
  }
  if (claimed.length === 0) return { ...rest('settleDispute', today, [say('allDisputed')]), wording: 'quality' }
  if (sum < ladder.minAmount) return rest('none', null, [say('smallAmount', { amount: formatYuan(sum) })])
  if (facts.promisedUntil !== null && facts.promisedUntil >= today) {
    return rest('wait', addDays(facts.promisedUntil, 1), [say('promised', { day: facts.promisedUntil })])
  }

  const steps = claimed.map((row) => ({ row, ...comingStep(ladder, row, facts.trust, today, calendar) }))
  const due = steps.filter(({ day }) => day !== null && day <= today)
  const place = Math.max(...due.map((one) => one.place ?? -1))
  const step = ladder.steps[place]
  if (!step) {
    const [day] = steps.flatMap((one) => one.day ?? []).toSorted()
    return day === undefined
      ? rest('escalate', today, [say('ladderDone')])
      : rest('wait', day, [say('notYet', { day })])
  }
  // Whoever asked for the reason this morning may write this afternoon: it is one conversation.
  const last = facts.lastContact === today ? facts.lastStep : facts.lastContact
  const ready = last === null ? today : nextWorkday(calendar, addDays(last, step.gapDays)).day
  if (ready > today) return rest('wait', ready, [say('tooSoon', { day: last ?? today })])
  const oldest = due.flatMap((one) => (one.place === place ? one.row.dueDay : [])).toSorted()[0] ?? today
  const reasons = [because(step.kind, diffDays(oldest, today), oldest)]
  if (claimed.length < open.length) reasons.push(say('disputedApart', { count: open.length - claimed.length }))
  const action = actionOf(ladder, facts, claimed, step)
  return {
    action,
    day: nextWorkday(calendar, today).day,
    step: place,
    kind: step.kind,
    wording: facts.limitationExpired ? 'expired' : (facts.reason ?? 'standard'),
    lines: steps
      .filter((one) => one.row.dueDay < today || (step.kind === 'reminder' && due.includes(one)))
      .map((one) => ({ instalmentId: one.row.id, step: due.includes(one) ? one.place : null })),
    reasons: action === 'send' ? reasons : [...reasons, say(`before.${action}`)],
  }
}

/** The day from which a step may be taken for an instalment. */
export function stepDay(step: LadderStep, dueDay: PlainDay, trustDays: number, calendar: WorkCalendar): PlainDay {
  // Trust moves what is asked for, never what reminds; nothing is demanded before it is overdue.
  const days = step.days <= 0 ? step.days : Math.max(1, step.days + trustDays)
  if (step.dayKind === 'natural') return nextWorkday(calendar, addDays(dueDay, days)).day
  return nextWorkday(
    calendar,
    days < 0 ? workdaysBefore(calendar, dueDay, -days) : addWorkdays(calendar, dueDay, days).day,
  ).day
}

/** The next step of an instalment above what was sent, and its day; nulls at the end of the ladder. */
export function comingStep(
  { steps, trustDays }: Ladder,
  row: Pick<LadderInstalment, 'dueDay' | 'sentStep'>,
  trust: Trust,
  today: PlainDay,
  calendar: WorkCalendar,
): { readonly place: number | null; readonly day: PlainDay | null } {
  const late = row.dueDay < today
  const place = steps.findIndex((step, at) => at > (row.sentStep ?? -1) && !(late && step.kind === 'reminder'))
  const step = steps[place]
  return step ? { place, day: stepDay(step, row.dueDay, trustDays[trust], calendar) } : { place: null, day: null }
}

function actionOf(
  ladder: Ladder,
  facts: LadderFacts,
  open: readonly LadderInstalment[],
  step: LadderStep,
): LadderAction {
  if (step.kind === 'reminder') return 'send'
  const firstDemand = ladder.steps.findIndex(({ kind }) => kind !== 'reminder')
  const asked = open.some(({ sentStep }) => sentStep !== null && sentStep >= firstDemand)
  if (asked && facts.reason === null) return 'recordReason'
  if (facts.limitationExpired) return 'confirmDebt'
  if (step.kind === 'demand')
    return facts.reason === 'statement' && !facts.statementConfirmed ? 'sendStatement' : 'send'
  if (facts.reason === 'quality') return 'settleDispute'
  if (facts.reason === 'statement' && !facts.statementConfirmed) return 'sendStatement'
  if (facts.reason === 'cashShort' && !facts.escalated) return 'escalate'
  return 'send'
}

function because(kind: StepKind, days: number, day: PlainDay): Reason {
  return days > 0 ? say(`due.${kind}`, { days, day }) : say('due.before', { days: -days, day })
}

const say = (name: string, params?: Reason['params']): Reason => ({
  key: `dunning:next.${name}`,
  ...(params ? { params } : {}),
})

function rest(action: LadderAction, day: PlainDay | null, reasons: readonly Reason[]): NextStep {
  return { action, day, step: null, kind: null, wording: 'standard', lines: [], reasons }
}
