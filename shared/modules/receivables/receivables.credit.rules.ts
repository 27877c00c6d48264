import { formatYuan, mulRate } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'

/** What is known of a customer's way of paying. */
export interface CreditFacts {
  /** Average days between due day and payment, in tenths; null without any payment. */
  readonly averageDelay: number | null
  readonly brokenPromises: number
  readonly disputes: number
  /** Overdue part of what is outstanding, in basis points; null where nothing is. */
  readonly overdueShare: number | null
  /** Whole years since the first contract. */
  readonly years: number
  readonly size: 'large' | 'medium' | 'small' | 'micro' | 'publicBody' | 'unknown'
  /** State of the register as somebody looked it up: `abnormal` is the list of irregular firms, or worse. */
  readonly registration: 'active' | 'abnormal' | 'revoked' | 'unknown'
}

export const CREDIT_CRITERIA = ['delay', 'promises', 'disputes', 'overdue', 'years', 'size', 'registration'] as const
export type CreditCriterion = (typeof CREDIT_CRITERIA)[number]

/** The firm's card: points a criterion is worth, and from which points a grade begins, the best first. */
export interface CreditCard {
  readonly points: Readonly<Record<CreditCriterion, number>>
  /** What a grade gives: limit in fen, payment days, share to be paid ahead in basis points. */
  readonly grades: readonly {
    readonly grade: 'A' | 'B' | 'C' | 'D'
    readonly from: number
    readonly limit: number
    readonly days: number
    readonly prepay: number
  }[]
}

export interface CreditScore {
  /** 0–100. */
  readonly score: number
  readonly grade: CreditCard['grades'][number] | null
  readonly reasons: readonly {
    readonly criterion: CreditCriterion
    readonly points: number
    readonly of: number
    readonly reason: Reason
  }[]
}

/** Parts of a criterion's points in basis points: full marks, half, a quarter, none. */
const FULL = 10_000
const HALF = 5000
const QUARTER = 2500

/** The first step whose limit a value does not exceed; what exceeds all gets nothing. */
function step(value: number, ...steps: readonly (readonly [limit: number, part: number])[]): number {
  return steps.find(([limit]) => value <= limit)?.[1] ?? 0
}

const PART: Readonly<Record<CreditCriterion, (facts: CreditFacts) => number>> = {
  // Who has never paid is neither praised nor blamed.
  delay: ({ averageDelay }) =>
    averageDelay === null ? HALF : step(averageDelay, [0, FULL], [150, HALF], [300, QUARTER]),
  promises: ({ brokenPromises }) => step(brokenPromises, [0, FULL], [1, HALF], [2, QUARTER]),
  disputes: ({ disputes }) => step(disputes, [0, FULL], [1, HALF], [3, QUARTER]),
  overdue: ({ overdueShare }) => step(overdueShare ?? 0, [0, FULL], [1000, HALF], [3000, QUARTER]),
  years: ({ years }) => (years >= 3 ? FULL : years >= 1 ? HALF : 0),
  size: ({ size }) =>
    size === 'large' || size === 'publicBody' ? FULL : size === 'medium' ? HALF : size === 'small' ? QUARTER : 0,
  registration: ({ registration }) => (registration === 'active' ? FULL : 0),
}

/** What a criterion looked at: a figure, or a choice that has words of its own. */
const SEEN: Readonly<Record<CreditCriterion, (facts: CreditFacts) => string | number>> = {
  delay: ({ averageDelay }) => (averageDelay === null ? '–' : averageDelay / 10),
  promises: ({ brokenPromises }) => brokenPromises,
  disputes: ({ disputes }) => disputes,
  overdue: ({ overdueShare }) => `${(overdueShare ?? 0) / 100}%`,
  years: ({ years }) => years,
  size: ({ size }) => size,
  registration: ({ registration }) => registration,
}

function reasonOf(criterion: CreditCriterion, facts: CreditFacts): Reason {
  const value = SEEN[criterion](facts)
  const key = `receivables:credit.criteria.${criterion}`
  return criterion === 'size' || criterion === 'registration' ? { key: `${key}.${value}` } : { key, params: { value } }
}

/**
 * The credit score of a customer, each criterion with its points and why. Who is struck off the register or irregular
 * gets the lowest grade whatever else is true.
 */
export function creditScore(facts: CreditFacts, card: CreditCard): CreditScore {
  const reasons = CREDIT_CRITERIA.map((criterion) => {
    const of = card.points[criterion]
    const points = mulRate(of, PART[criterion](facts))
    return { criterion, points, of, reason: reasonOf(criterion, facts) }
  })
  const most = reasons.reduce((sum, row) => sum + row.of, 0)
  const got = reasons.reduce((sum, row) => sum + row.points, 0)
  const score = most === 0 ? 0 : Math.round((got * 100) / most)
  const grades = card.grades.toSorted((a, b) => b.from - a.from)
  const gone = facts.registration === 'abnormal' || facts.registration === 'revoked'
  const grade = (gone ? grades.at(-1) : grades.find(({ from }) => score >= from)) ?? null
  return { score, grade, reasons }
}

/** What is checked when a contract is drafted or goods are to leave. Fen. */
export interface CreditState {
  /** Null: no limit was ever set. */
  readonly limit: number | null
  readonly outstanding: number
  readonly overdue: number
  /** Signed and not yet delivered, so not yet owed. */
  readonly undelivered: number
  readonly advances: number
  readonly maxDaysOverdue: number
  /** Stopped by hand, and why. */
  readonly hold: string | null
  /** Stop deliveries from so many days overdue on; null never. */
  readonly holdFromDays: number | null
}

export interface CreditVerdict {
  readonly verdict: 'ok' | 'warn' | 'block'
  /** What would be at stake, and what is left of the limit (below zero: exceeded); fen. */
  readonly exposure: number
  readonly room: number | null
  readonly reasons: readonly Reason[]
}

/**
 * Whether a contract may be drafted, or goods of so much leave. At stake is what is outstanding and still to be
 * delivered, less advances; goods that leave are in the undelivered already, so that they are not counted twice. A draft
 * is only warned of what blocks a delivery: somebody may lift it, with a reason, until then.
 */
export function checkCredit(at: 'draft' | 'delivery', state: CreditState, amount: number): CreditVerdict {
  const exposure = Math.max(0, state.outstanding + state.undelivered - state.advances + (at === 'draft' ? amount : 0))
  const blocks: Reason[] = []
  const warnings: Reason[] = []
  const say = (name: string, params?: Reason['params']): Reason => ({
    key: `receivables:credit.${name}`,
    ...(params ? { params } : {}),
  })
  if (state.hold !== null) blocks.push(say('hold', { reason: state.hold }))
  if (state.holdFromDays !== null && state.maxDaysOverdue >= state.holdFromDays) {
    const params = { days: state.maxDaysOverdue, amount: formatYuan(state.overdue), limit: state.holdFromDays }
    blocks.push(say('overdueHold', params))
  } else if (state.overdue > 0) {
    warnings.push(say('overdue', { days: state.maxDaysOverdue, amount: formatYuan(state.overdue) }))
  }
  const room = state.limit === null ? null : state.limit - exposure
  if (room === null) warnings.push(say('noLimit'))
  else if (room < 0) {
    const params = { exposure: formatYuan(exposure), limit: formatYuan(state.limit ?? 0), over: formatYuan(-room) }
    blocks.push(say('overLimit', params))
  }
  const verdict = blocks.length === 0 ? (warnings.length === 0 ? 'ok' : 'warn') : at === 'draft' ? 'warn' : 'block'
  return { verdict, exposure, room, reasons: [...blocks, ...warnings] }
}

/** Shares of the law on sales by instalments and retained title, in basis points. */
export interface SaleLaw {
  readonly instalmentSaleShare: number
  readonly titlePaidShare: number
}

/** A share in basis points, up to the whole fen: what is below it has not reached the share. */
function shareOf(amount: number, share: number): number {
  return Number((BigInt(amount) * BigInt(share) + 9999n) / 10_000n)
}

/**
 * Whether an instalment sale may be called in whole or rescinded (民法典 634; 买卖合同解释 27: three payments or more):
 * a fifth of the price is due and unpaid, it was demanded, and the reasonable time of the demand has passed. Of
 * ¥240,000 that is from ¥48,000 on. `missing` says what does not hold yet.
 */
export function instalmentSale(
  sale: {
    readonly total: number
    readonly instalments: number
    readonly dueUnpaid: number
    readonly demandArrived: boolean
    readonly timePassed: boolean
  },
  law: SaleLaw,
): { readonly triggered: boolean; readonly threshold: number; readonly missing: readonly Reason[] } {
  const threshold = shareOf(sale.total, law.instalmentSaleShare)
  const missing: Reason[] = []
  const lacks = (holds: boolean, name: string, params?: Reason['params']) => {
    if (!holds) missing.push({ key: `receivables:sale.${name}`, ...(params ? { params } : {}) })
  }
  lacks(sale.instalments >= 3, 'notInstalments')
  lacks(sale.dueUnpaid >= threshold, 'belowShare', {
    due: formatYuan(sale.dueUnpaid),
    threshold: formatYuan(threshold),
  })
  lacks(sale.demandArrived, 'noDemand')
  lacks(sale.timePassed, 'timeRuns')
  return { triggered: missing.length === 0, threshold, missing }
}

/** Whether goods under retained title may still be taken back: not from 75 % of the price on (买卖合同解释 26). Fen. */
export function mayTakeBack(
  total: number,
  paid: number,
  law: SaleLaw,
): { readonly allowed: boolean; readonly threshold: number } {
  const threshold = shareOf(total, law.titlePaidShare)
  return { allowed: paid < threshold, threshold }
}
