import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { WorkCalendar } from '#shared/kernel/workdays.ts'
import {
  comingStep,
  nextStep,
  type Ladder,
  type LadderFacts,
  type LadderInstalment,
  type NextStep,
} from './dunning.ladder.rules.ts'
import type { JudgedPromise } from './dunning.promises.rules.ts'
import { workRow, type RiskShares, type WorkItem, type WorkRow } from './dunning.worklist.rules.ts'

/** An instalment that is still owed. Fen. */
export interface CaseInstalment extends WorkItem {
  readonly id: string
  /** How much of it the customer contests. */
  readonly disputed: number
  /** Place of the last step that named it; null for none. */
  readonly sentStep: number | null
  /** Left out of dunning by itself, until a day or for good. */
  readonly leftOut: { readonly reason?: string; readonly untilDay: PlainDay | null } | null
}

/** Everything known of one customer that owes something. */
export interface CaseFacts extends Pick<
  LadderFacts,
  | 'lastContact'
  | 'lastStep'
  | 'reason'
  | 'trust'
  | 'excluded'
  | 'escalated'
  | 'statementConfirmed'
  | 'course'
  | 'fileDay'
> {
  readonly customerId: string
  readonly instalments: readonly CaseInstalment[]
  /** Judged as of the same day. */
  readonly promises: readonly JudgedPromise[]
}

export interface CaseSetting {
  readonly ladder: Ladder
  readonly shares: RiskShares
  readonly calendar: WorkCalendar
}

/** A row of the work list, and the first day on which it has to be counted anew although nothing happened. */
export interface CountedCase extends WorkRow {
  readonly validUntil: PlainDay
}

/** What may be asked for of an instalment: what is disputed stands apart, the rest must be paid in time (支付条例 15). */
export const claimable = ({ outstanding, disputed }: Pick<CaseInstalment, 'outstanding' | 'disputed'>): number =>
  Math.max(0, outstanding - disputed)

/** Whether the limitation of everything that is asked for and overdue has run out: only consent can be asked for then. */
export function limitationExpired(instalments: readonly CaseInstalment[], today: PlainDay): boolean {
  const asked = instalments.filter((row) => row.dueDay !== null && row.dueDay < today && claimable(row) > 0)
  return asked.length > 0 && asked.every(({ limitationDay }) => limitationDay !== null && limitationDay < today)
}

/** Until which day an open promise is waited for. */
export function promisedUntil(promises: readonly JudgedPromise[]): PlainDay | null {
  return promises.reduce<PlainDay | null>(
    (last, { state, lastDay }) => (state === 'open' && (last === null || lastDay > last) ? lastDay : last),
    null,
  )
}

/** What to do next about a customer. */
export function caseStep(facts: CaseFacts, { ladder, calendar }: CaseSetting, today: PlainDay): NextStep {
  const ladderFacts: LadderFacts = {
    ...facts,
    instalments: facts.instalments.flatMap((row) => onLadder(row, today) ?? []),
    promisedUntil: promisedUntil(facts.promises),
    limitationExpired: limitationExpired(facts.instalments, today),
  }
  return nextStep(ladder, ladderFacts, today, calendar)
}

/** The row of a customer as of a day, and until when it holds. */
export function countCase(facts: CaseFacts, setting: CaseSetting, today: PlainDay): CountedCase {
  const next = caseStep(facts, setting, today)
  const { customerId, promises, lastContact } = facts
  const row = workRow({ customerId, items: facts.instalments, promises, lastContact, next }, setting.shares, today)
  return { ...row, validUntil: validUntil(facts, next, setting, today) }
}

function onLadder(row: CaseInstalment, today: PlainDay): LadderInstalment | null {
  if (row.dueDay === null) return null
  const asked = claimable(row)
  const { id, dueDay, sentStep, leftOut } = row
  const excluded = leftOut !== null && (leftOut.untilDay === null || leftOut.untilDay >= today)
  return {
    id,
    dueDay,
    outstanding: asked === 0 ? row.outstanding : asked,
    sentStep,
    excluded,
    disputed: asked === 0,
  }
}

const FOR_EVER = '9999-12-31' as PlainDay

function validUntil(facts: CaseFacts, next: NextStep, setting: CaseSetting, today: PlainDay): PlainDay {
  const { ladder, shares, calendar } = setting
  let first: PlainDay = FOR_EVER
  const at = (day: PlainDay | null) => {
    if (day !== null && day > today && day < first) first = day
  }
  let soonest = Number.POSITIVE_INFINITY
  const within = (days: number) => {
    if (days > 0 && days < soonest) soonest = days
  }
  for (const row of facts.instalments) {
    if (row.outstanding === 0) continue
    if (row.limitationDay !== null) {
      const left = diffDays(today, row.limitationDay)
      within(left + 1)
      for (const { withinDays } of shares.byLimitation) within(left - withinDays)
    }
    if (row.leftOut?.untilDay) at(addDays(row.leftOut.untilDay, 1))
    if (row.dueDay === null) continue
    const overdue = diffDays(row.dueDay, today)
    within(1 - overdue)
    for (const { fromDays } of shares.byAge) within(fromDays - overdue)
    at(comingStep(ladder, { dueDay: row.dueDay, sentStep: row.sentStep }, facts.trust, today, calendar).day)
  }
  if (soonest !== Number.POSITIVE_INFINITY) at(addDays(today, soonest))
  for (const { state, lastDay } of facts.promises) if (state === 'open') at(addDays(lastDay, 1))
  if (facts.excluded?.untilDay) at(addDays(facts.excluded.untilDay, 1))
  if (next.action === 'wait') at(next.day)
  // A call of today keeps its distance from tomorrow on.
  if (facts.lastContact !== null) for (const days of [0, 1]) at(addDays(facts.lastContact, days))
  return first
}
