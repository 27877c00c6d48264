import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { GRADES, KINDS } from '#shared/modules/customers/customers.schema.ts'
import type { PoolPolicy } from './pool.schema.ts'

type Grade = (typeof GRADES)[number]

/** What is known of a customer that somebody looks after. Days are the firm's. */
export interface PoolFacts {
  readonly grade: Grade
  readonly kind: (typeof KINDS)[number]
  /** The day of the last contact or new business; where there was none, the day on which he got the customer. */
  readonly lastDay: PlainDay
  /** The day on which it was last claimed or given to somebody, or null. */
  readonly takenDay: PlainDay | null
  /** The day on which the owner was told, or null. */
  readonly noticeDay: PlainDay | null
  readonly openContracts: number
  readonly openDeals: number
  /** Fen. */
  readonly outstanding: number
}

export type PoolStep =
  | { readonly kind: 'keep' }
  /** The owner is to be told that it falls on this day. */
  | { readonly kind: 'notice'; readonly fallDay: PlainDay }
  | { readonly kind: 'fall' }

const KEEP: PoolStep = { kind: 'keep' }

/** Whether a customer may not be taken from its owner: business under way, or money owed. */
export function isProtected(facts: Pick<PoolFacts, 'openContracts' | 'openDeals' | 'outstanding'>): boolean {
  return facts.openContracts > 0 || facts.openDeals > 0 || facts.outstanding > 0
}

/**
 * What becomes of a customer today: it stays, its owner is told, or it falls into the pool. It never falls unless the
 * owner was told `noticeDays` before and nothing has happened since, never while it is protected, and never within
 * `protectDays` of a claim.
 */
export function poolStep(facts: PoolFacts, policy: PoolPolicy, today: PlainDay): PoolStep {
  const idle = policy.idleDays[facts.grade]
  if (idle === 0 || policy.exemptKinds.includes(facts.kind) || isProtected(facts)) return KEEP
  const idleUntil = addDays(facts.lastDay, idle)
  const safeUntil = facts.takenDay === null ? idleUntil : addDays(facts.takenDay, policy.protectDays)
  const due = idleUntil > safeUntil ? idleUntil : safeUntil
  const told = facts.noticeDay !== null && facts.noticeDay > facts.lastDay ? facts.noticeDay : null
  if (told !== null) {
    const patient = addDays(told, policy.noticeDays)
    return today >= (due > patient ? due : patient) ? { kind: 'fall' } : KEEP
  }
  if (today < addDays(due, -policy.noticeDays)) return KEEP
  const patient = addDays(today, policy.noticeDays)
  return { kind: 'notice', fallDay: due > patient ? due : patient }
}

/** The first day on which somebody may claim a customer that he lost on `sinceDay`; null: any day. */
export function coolsUntil(
  lost: { readonly formerOwnerId: string | null; readonly sinceDay: PlainDay },
  userId: string,
  policy: PoolPolicy,
  today: PlainDay,
): PlainDay | null {
  if (lost.formerOwnerId !== userId || policy.coolDays === 0) return null
  const until = addDays(lost.sinceDay, policy.coolDays)
  return until > today ? until : null
}
