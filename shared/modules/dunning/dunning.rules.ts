import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { asFen, mulDiv, type Fen } from '#shared/kernel/money.ts'
import type { DunningPolicy, PreviewRow } from './dunning.schema.ts'

/** A payment of principal on a day. Fen. */
export interface Payment {
  readonly day: PlainDay
  readonly amount: number
}

/** One stretch of days on one principal. */
export interface InterestSegment {
  readonly from: PlainDay
  readonly to: PlainDay
  readonly days: number
  readonly principal: Fen
  readonly interest: Fen
}

/** Simple interest: `principal × rate × days`; the rate in basis points a day, rounded to the fen. */
export function dailyInterest(principal: number, days: number, dailyRateBp: number): Fen {
  return mulDiv(principal, dailyRateBp * Math.max(0, days), 10_000)
}

/**
 * Interest from the day after `dueDay` up to and including `asOf`, split at every payment of principal. A payment
 * counts from its own day. 保障中小企业款项支付条例 art. 17: 0.05 % a day where nothing was agreed.
 */
export function segmentedInterest(
  principal: number,
  dueDay: PlainDay,
  payments: readonly Payment[],
  asOf: PlainDay,
  dailyRateBp: number,
): { segments: InterestSegment[]; interest: Fen; principal: Fen } {
  const segments: InterestSegment[] = []
  let left = principal
  let from = dueDay
  let total = 0
  const sorted = [...payments].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const close = (to: PlainDay) => {
    const days = diffDays(from, to)
    if (days <= 0) return
    const interest = dailyInterest(left, days, dailyRateBp)
    if (left > 0) segments.push({ from, to, days, principal: asFen(left), interest })
    total += interest
    from = to
  }
  for (const payment of sorted) {
    if (payment.day > asOf) break
    if (payment.day > from) close(payment.day)
    left -= payment.amount
  }
  close(asOf)
  return { segments, interest: asFen(total), principal: asFen(Math.max(0, left)) }
}

/**
 * Payments taken in the order of 民法典 art. 561: costs, then interest, then principal. Worked example: ¥200,000 due
 * 2026-01-31 at 0.05 % a day; ¥80,000 on 2026-03-02 pays ¥3,000 interest first and leaves ¥123,000.
 */
export function interestFirst(
  principal: number,
  dueDay: PlainDay,
  payments: readonly Payment[],
  asOf: PlainDay,
  dailyRateBp: number,
  costs = 0,
): { principal: Fen; interest: Fen; costs: Fen } {
  let left = principal
  let owedCosts = costs
  let owed = 0
  let from = dueDay
  const accrue = (to: PlainDay) => {
    const days = diffDays(from, to)
    if (days <= 0) return
    owed += dailyInterest(left, days, dailyRateBp)
    from = to
  }
  const sorted = [...payments].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  for (const payment of sorted) {
    if (payment.day > asOf) break
    accrue(payment.day)
    let rest = payment.amount
    const forCosts = Math.min(rest, owedCosts)
    owedCosts -= forCosts
    rest -= forCosts
    const forInterest = Math.min(rest, owed)
    owed -= forInterest
    rest -= forInterest
    left -= Math.min(rest, left)
  }
  accrue(asOf)
  return { principal: asFen(left), interest: asFen(owed), costs: asFen(owedCosts) }
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
