import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
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

/** An instalment that is still owed, as the list needs it. Fen. */
export interface WorkItem {
  readonly outstanding: number
  /** Null while no event has dated it. */
  readonly dueDay: PlainDay | null
  /** The last day of its limitation period; null without one. */
  readonly limitationDay: PlainDay | null
}

export interface WorkFacts {
  readonly customerId: string
  readonly items: readonly WorkItem[]
  readonly promises: readonly JudgedPromise[]
  /** The last letter, call or visit about money: whoever was spoken to since has been told of a broken promise. */
  readonly lastContact: PlainDay | null
  readonly next: NextStep
}

/** Whether somebody has to be told of a broken promise, then whether there is something to do today. */
export const TIERS = ['brokenToday', 'broken', 'today', 'waiting'] as const
export type Tier = (typeof TIERS)[number]

/** One customer, one conversation. Fen. */
export interface WorkRow {
  readonly customerId: string
  readonly tier: Tier
  readonly outstanding: number
  readonly overdue: number
  readonly atRisk: number
  /** Due day of the oldest that is overdue. */
  readonly oldestDay: PlainDay | null
  /** The nearest end of a limitation period. */
  readonly limitationDay: PlainDay | null
  readonly brokenPromises: number
  readonly next: NextStep
}

/**
 * The share of an amount at risk in basis points: the share of its age and that of the nearness of limitation, together
 * at most the whole; all of it once the period has run out. Days overdue are 0 where it is not.
 */
export function riskShare(daysOverdue: number, limitationDays: number | null, shares: RiskShares): number {
  if (limitationDays !== null && limitationDays < 0) return 10_000
  const age = shares.byAge.find(({ fromDays }) => daysOverdue >= fromDays)?.share ?? 0
  const near =
    limitationDays === null
      ? 0
      : (shares.byLimitation.find(({ withinDays }) => limitationDays <= withinDays)?.share ?? 0)
  return Math.min(10_000, age + near)
}

/** Whether a promise was not kept, wholly or in part. */
export const isBroken = ({ state }: Pick<JudgedPromise, 'state'>): boolean => state === 'broken' || state === 'partly'

/** A customer's row: Σ outstanding × share, rounded half up per instalment, and where it stands in the list. */
export function workRow(facts: WorkFacts, shares: RiskShares, today: PlainDay): WorkRow {
  let [outstanding, overdue, atRisk] = [0, 0, 0]
  let oldestDay: PlainDay | null = null
  let limitationDay: PlainDay | null = null
  for (const item of facts.items) {
    if (item.outstanding === 0) continue
    outstanding += item.outstanding
    const { dueDay, limitationDay: end } = item
    const days = dueDay === null ? 0 : Math.max(0, diffDays(dueDay, today))
    if (days > 0) {
      overdue += item.outstanding
      if (oldestDay === null || (dueDay ?? today) < oldestDay) oldestDay = dueDay
    }
    if (end !== null && (limitationDay === null || end < limitationDay)) limitationDay = end
    atRisk += mulRate(item.outstanding, riskShare(days, end === null ? null : diffDays(today, end), shares))
  }
  const broken = facts.promises.filter(isBroken)
  const { lastContact, next } = facts
  const untold = overdue > 0 && broken.some(({ lastDay }) => lastContact === null || lastContact <= lastDay)
  // On a day off the work of the last day waits where it stood.
  const forToday = next.action !== 'none' && next.action !== 'wait'
  return {
    customerId: facts.customerId,
    tier: untold ? (forToday ? 'brokenToday' : 'broken') : forToday ? 'today' : 'waiting',
    outstanding,
    overdue,
    atRisk,
    oldestDay,
    limitationDay,
    brokenPromises: broken.length,
    next,
  }
}

/**
 * The order of the day: those with a broken promise first, then those for whom there is something to do today, then
 * those who only have to be waited for; within each by the amount at risk, then by age. It is the order of the index
 * that the list is read by.
 */
export function byRank(a: WorkRow, b: WorkRow): number {
  return (
    TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
    b.atRisk - a.atRisk ||
    byText(a.oldestDay ?? NEVER, b.oldestDay ?? NEVER) ||
    byText(a.customerId, b.customerId)
  )
}

const NEVER = '9999-12-31'
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Why a customer stands where it does. */
export function rankReasons(
  row: Pick<WorkRow, 'brokenPromises' | 'limitationDay' | 'oldestDay' | 'overdue'>,
  shares: RiskShares,
  today: PlainDay,
): Reason[] {
  const reasons: Reason[] = []
  const say = (name: string, params: Reason['params']) =>
    reasons.push({ key: `dunning:rank.${name}`, ...(params ? { params } : {}) })
  const left = row.limitationDay === null ? null : diffDays(today, row.limitationDay)
  if (row.brokenPromises > 0) say('broken', { count: row.brokenPromises })
  if (left !== null && left < 0) say('expired', { days: -left })
  else if (left !== null && shares.byLimitation.some(({ withinDays }) => left <= withinDays)) {
    say('limitation', { days: left })
  }
  if (row.oldestDay !== null) say('overdue', { days: diffDays(row.oldestDay, today), amount: formatYuan(row.overdue) })
  return reasons
}
