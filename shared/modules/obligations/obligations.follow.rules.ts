import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { DayCounter, TriggerDays } from '#shared/modules/contracts/contracts.rules.ts'
import { isMoney, waitsFor, type StoredState } from './obligations.rules.ts'
import type { Wanted } from './obligations.derive.rules.ts'
import type { DropCode } from './obligations.schema.ts'

/** Signed longer ago than this, a contract is entered for the record: what lay before is asked of nobody. */
export const FOR_THE_RECORD_DAYS = 30

/** An obligation as it stands. */
export interface Standing extends Omit<Wanted, 'fulfilled'> {
  readonly id: string
  readonly state: StoredState
  readonly byRule: boolean
  /** The day that the contract says; `dueDay` is another one where people agreed on it. */
  readonly ruleDay: PlainDay | null
  readonly doneDay: PlainDay | null
  /** It was done by what was recorded elsewhere, not by somebody's word. */
  readonly doneByRule: boolean
  readonly dropCode: DropCode | null
}

type Said = Pick<Wanted, 'kind' | 'side' | 'seq' | 'detail' | 'amount' | 'trigger' | 'after' | 'dayKind'>
/** What a re-derivation writes into an open obligation. */
export type Change = Said & Pick<Standing, 'dueDay' | 'ruleDay' | 'waits'>

export type FollowStep =
  | { readonly kind: 'make'; readonly wanted: Wanted }
  | { readonly kind: 'change'; readonly id: string; readonly to: Change }
  | { readonly kind: 'fulfil'; readonly id: string; readonly day: PlainDay }
  | { readonly kind: 'reopen'; readonly id: string; readonly to: Change }
  | { readonly kind: 'drop'; readonly id: string; readonly code: DropCode }

/** What is known of the contract when its obligations follow it. */
export interface FollowFacts {
  readonly days: TriggerDays
  readonly counter: DayCounter
  readonly ended: boolean
  /** Nothing but money is asked for days before this one; null: everything is. */
  readonly since: PlainDay | null
}

/** From which day on a contract that was entered for the record binds; null where it was entered in time. */
export function recordedSince(signDay: PlainDay, entered: PlainDay): PlainDay | null {
  return signDay < addDays(entered, -FOR_THE_RECORD_DAYS) ? entered : null
}

/**
 * What is to be done so that the obligations say what the contract says now. What a person finished or let fall never
 * changes; what people agreed on a day for keeps it until the contract says another one than before; what was done by
 * a record elsewhere is open again when that record is gone; what the contract no longer says falls away, and so does
 * what turns out to lie before a contract was entered for the record. Taking these steps and asking again gives none.
 */
export function followSteps(
  standing: readonly Standing[],
  wanted: readonly Wanted[],
  facts: FollowFacts,
): FollowStep[] {
  const known = new Map(standing.map((row) => [row.key, row]))
  const said = new Set(wanted.map((one) => one.key))
  return [
    ...wanted.flatMap((one) => {
      const row = known.get(one.key)
      if (isPast(one, facts)) return row?.state === 'open' ? [drop(row, 'past')] : []
      return row ? stepsOf(row, one) : [{ kind: 'make' as const, wanted: one }]
    }),
    ...standing.flatMap((row) => {
      if (said.has(row.key)) return []
      if (!row.byRule) return freeSteps(row, facts)
      const gone = row.state === 'open' || row.doneByRule
      return gone && row.state !== 'dropped' ? [drop(row, facts.ended ? 'ended' : 'changed')] : []
    }),
  ]
}

const drop = ({ id }: Standing, code: DropCode): FollowStep => ({ kind: 'drop', id, code })

const isPast = (one: Wanted, { since }: FollowFacts): boolean =>
  since !== null && !isMoney(one.kind) && one.dueDay !== null && one.dueDay < since

function stepsOf(row: Standing, one: Wanted): FollowStep[] {
  const { id } = row
  if (row.state === 'dropped') {
    // Somebody's word stands; what the contract took away it may give back.
    if (row.dropCode === 'person') return []
    if (one.fulfilled !== null) return [{ kind: 'fulfil', id, day: one.fulfilled }]
    return [{ kind: 'reopen', id, to: changeOf(row, one) }]
  }
  if (row.state === 'done') {
    if (!row.doneByRule) return []
    if (one.fulfilled === null) return [{ kind: 'reopen', id, to: changeOf(row, one) }]
    return one.fulfilled === row.doneDay ? [] : [{ kind: 'fulfil', id, day: one.fulfilled }]
  }
  const to = changeOf(row, one)
  const change: FollowStep[] = says(row, to) ? [] : [{ kind: 'change', id, to }]
  return one.fulfilled === null ? change : [...change, { kind: 'fulfil', id, day: one.fulfilled }]
}

/** What was written by hand counts its day from what has happened, and falls away with its contract. */
function freeSteps(row: Standing, { days, counter, ended }: FollowFacts): FollowStep[] {
  if (row.state !== 'open') return []
  if (ended) return [drop(row, 'ended')]
  if (row.trigger === 'fixed' || row.trigger === 'none') return []
  const ruleDay = freeDay(row, days, counter)
  const waits = waitsFor(row.trigger, ruleDay, () => ruleDay !== null)
  const to = changeOf(row, { ...row, dueDay: ruleDay, waits })
  return says(row, to) ? [] : [{ kind: 'change', id: row.id, to }]
}

/** The day of what was written by hand: so many days after what it waits for; null while that has not happened. */
export function freeDay(
  row: Pick<Wanted, 'trigger' | 'after' | 'dayKind'>,
  days: TriggerDays,
  counter: DayCounter,
): PlainDay | null {
  const happened = row.trigger === 'fixed' || row.trigger === 'none' ? null : days[row.trigger]
  if (happened === null) return null
  return row.dayKind === 'working' ? counter.addWorkingDays(happened, row.after) : counter.addDays(happened, row.after)
}

function changeOf(row: Standing, one: Omit<Wanted, 'fulfilled'>): Change {
  const { kind, side, seq, detail, amount, trigger, after, dayKind } = one
  const agreed = row.ruleDay !== row.dueDay && row.ruleDay === one.dueDay
  const dueDay = agreed ? row.dueDay : one.dueDay
  return {
    kind,
    side,
    seq,
    detail,
    amount,
    trigger,
    after,
    dayKind,
    ruleDay: one.dueDay,
    dueDay,
    waits: dueDay === null && one.waits,
  }
}

const says = (row: Standing, to: Change): boolean =>
  (Object.keys(to) as (keyof Change)[]).every((field) => row[field] === to[field])
