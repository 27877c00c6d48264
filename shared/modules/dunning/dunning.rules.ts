import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { interestSheet } from '#shared/modules/receivables/receivables.interest.rules.ts'
import { NO_TABLES } from '#shared/modules/receivables/receivables.rates.rules.ts'
import type { DunningPolicy, PreviewRow } from './dunning.schema.ts'

/** A payment of principal on a day. Fen. */
export interface Payment {
  readonly day: PlainDay
  readonly amount: number
}

/**
 * Interest of an instalment from the day after `dueDay` up to and including `asOf`, in fen: the policy's rate in basis
 * points a day, split at every payment. What was paid on an instalment is booked on its principal.
 */
export function instalmentInterest(
  principal: number,
  dueDay: PlainDay,
  payments: readonly Payment[],
  asOf: PlainDay,
  dailyRateBp: number,
): number {
  const basis = { kind: 'statutoryDaily', ppm: dailyRateBp * 100 } as const
  const terms = { basis, dayCount: 365, paymentDayCounts: true, order: 'principalFirst' } as const
  return interestSheet({ principal, dueDay, payments }, terms, NO_TABLES, asOf).accrued
}

/** The highest level (1, 2, …) that so many days overdue have reached; 0 for none. */
export function levelReached(policy: Pick<DunningPolicy, 'levels'>, daysOverdue: number): number {
  let reached = 0
  policy.levels.forEach((level, index) => {
    if (daysOverdue >= level.minDays) reached = index + 1
  })
  return reached
}

export interface DunningFacts {
  readonly maxDays: number
  readonly principal: number
  readonly last: { readonly level: number; readonly day: PlainDay } | null
  readonly excluded: { readonly reason: string; readonly untilDay: PlainDay | null } | null
}

/**
 * Whether a customer gets a letter on this day, and of which level. A letter of a higher level may follow at once
 * where its own gap allows; the same level is repeated only after the gap.
 */
export function decideLetter(
  policy: DunningPolicy,
  facts: DunningFacts,
  today: PlainDay,
): { level: number; skip: PreviewRow['skip']; skipReason: string } {
  const level = levelReached(policy, facts.maxDays)
  const { excluded, last } = facts
  if (excluded && (excluded.untilDay === null || excluded.untilDay >= today)) {
    return { level, skip: 'excluded', skipReason: excluded.reason }
  }
  if (facts.principal < policy.minAmount) return { level, skip: 'smallAmount', skipReason: '' }
  const gap = policy.levels[level - 1]?.gapDays ?? 0
  if (last && diffDays(last.day, today) < gap) return { level, skip: 'tooSoon', skipReason: addDays(last.day, gap) }
  return { level, skip: null, skipReason: '' }
}

/** Fills `{amount}`, `{deadline}`, `{firm}`, `{customer}`; an unknown name is left as it stands. */
export function fillWording(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  )
}
