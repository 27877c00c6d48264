import type { PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan, mulRate } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import type { NextStep } from './dunning.ladder.rules.ts'
import type { JudgedPromise } from './dunning.promises.rules.ts'

/**
 * How much of an amount is expected to be lost, in basis points: from so many days overdue on, and more with so few days
 * left until the limitation period ends. The firm sets both; a share is the first row that holds.
 */
export interface RiskShares {
  readonly byAge: readonly { readonly fromDays: number; readonly share: number }[]
  readonly byLimitation: readonly { readonly withinDays: number; readonly share: number }[]
}

/** As shipped: experience, not law; from 1 % of what is a day late to 70 % after a year. */
export const SHIPPED_RISK: RiskShares = {
  byAge: [
    { fromDays: 366, share: 7000 },
    { fromDays: 181, share: 4000 },
    { fromDays: 91, share: 2000 },
    { fromDays: 61, share: 800 },
    { fromDays: 31, share: 300 },
    { fromDays: 1, share: 100 },
  ],
  byLimitation: [
    { withinDays: 30, share: 5000 },
    { withinDays: 91, share: 3000 },
    { withinDays: 183, share: 1500 },
    { withinDays: 366, share: 500 },
  ],
}

/** What a customer owes, as the list needs it. Fen, days. */
export interface WorkItem {
  readonly outstanding: number
  /** 0 where it is not overdue. */
  readonly daysOverdue: number
  /** Days until the limitation period ends; below zero once it has, null without one. */
  readonly limitationDays: number | null
}

export interface WorkFacts {
  readonly customerId: string
  readonly items: readonly WorkItem[]
  readonly promises: readonly JudgedPromise[]
  readonly next: NextStep
}

/** One customer, one conversation. Fen. */
export interface WorkRow {
  readonly customerId: string
  readonly outstanding: number
  readonly overdue: number
  readonly atRisk: number
  readonly maxDays: number
  readonly brokenPromises: number
  readonly next: NextStep
  /** Why it stands where it does. */
  readonly reasons: readonly Reason[]
}

/**
 * The share of an amount at risk in basis points: the share of its age and that of the nearness of limitation, together
 * at most the whole; all of it once the period has run out.
 */
export function riskShare(item: WorkItem, shares: RiskShares): number {
  const { daysOverdue, limitationDays } = item
  if (limitationDays !== null && limitationDays < 0) return 10_000
  const age = shares.byAge.find(({ fromDays }) => daysOverdue >= fromDays)?.share ?? 0
  const near =
    limitationDays === null
      ? 0
      : (shares.byLimitation.find(({ withinDays }) => limitationDays <= withinDays)?.share ?? 0)
  return Math.min(10_000, age + near)
}

/**
 * The list of the day, a row per customer: those with a broken promise first, then those for whom there is something to
 * do today, then those who only have to be waited for; within each by the amount at risk, Σ outstanding × share rounded
 * half up per instalment, then by age.
 */
export function workList(facts: readonly WorkFacts[], shares: RiskShares, today: PlainDay): WorkRow[] {
  return facts
    .map((one) => rowOf(one, shares))
    .filter((row) => row.outstanding > 0)
    .toSorted(
      (a, b) =>
        Number(b.brokenPromises > 0) - Number(a.brokenPromises > 0) ||
        Number(isForToday(b.next, today)) - Number(isForToday(a.next, today)) ||
        b.atRisk - a.atRisk ||
        b.maxDays - a.maxDays ||
        b.outstanding - a.outstanding ||
        (a.customerId < b.customerId ? -1 : 1),
    )
}

const isForToday = ({ action, day }: NextStep, today: PlainDay) =>
  action !== 'none' && action !== 'wait' && day !== null && day <= today

function rowOf({ customerId, items, promises, next }: WorkFacts, shares: RiskShares): WorkRow {
  let [outstanding, overdue, atRisk, maxDays] = [0, 0, 0, 0]
  let nearest: number | null = null
  for (const item of items) {
    outstanding += item.outstanding
    if (item.daysOverdue > 0) overdue += item.outstanding
    atRisk += mulRate(item.outstanding, riskShare(item, shares))
    maxDays = Math.max(maxDays, item.daysOverdue)
    const days = item.limitationDays
    if (item.outstanding > 0 && days !== null && (nearest === null || days < nearest)) nearest = days
  }
  const brokenPromises = promises.filter(({ state }) => state === 'broken' || state === 'partly').length
  const reasons: Reason[] = []
  const say = (name: string, params: Reason['params']) =>
    reasons.push({ key: `dunning:rank.${name}`, ...(params ? { params } : {}) })
  if (brokenPromises > 0) say('broken', { count: brokenPromises })
  if (nearest !== null && nearest < 0) say('expired', { days: -nearest })
  else if (nearest !== null && shares.byLimitation.some(({ withinDays }) => nearest <= withinDays)) {
    say('limitation', { days: nearest })
  }
  if (maxDays > 0) say('overdue', { days: maxDays, amount: formatYuan(overdue) })
  return { customerId, outstanding, overdue, atRisk, maxDays, brokenPromises, next, reasons }
}
