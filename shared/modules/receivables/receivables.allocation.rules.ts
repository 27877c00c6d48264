import type { PlainDay } from '#shared/kernel/dates.ts'
import { allocate } from '#shared/kernel/money.ts'
import { splitPayment, sumParts, type PartOrder, type Parts } from './receivables.parts.rules.ts'

/** A debt that a receipt may pay. Amounts in fen. */
export interface OpenDebt extends Parts {
  readonly id: string
  readonly dueDay: PlainDay | null
  /** From this day it is owed; orders what has no due day yet. */
  readonly sinceDay: PlainDay
  /** How much of it is secured by guarantee, pledge or retained title. */
  readonly secured: number
  /** What it costs the debtor a year while unpaid, in parts per million: interest or penalty. */
  readonly burden: number
}

/**
 * How a receipt is shared out. `law`: 民法典 560. The others only where the contract or a standing agreement says so:
 * the earliest due, the earliest made, all in proportion.
 */
export const ALLOCATION_RULES = ['law', 'earliestDue', 'earliestMade', 'proRata'] as const
export type AllocationRule = (typeof ALLOCATION_RULES)[number]

/** Why a debt was paid at its place. Words under `receivables:allocation.reasons`. */
export const ALLOCATION_REASONS = [
  'designated',
  'due',
  'leastSecured',
  'mostBurdensome',
  'earliestDue',
  'earliestMade',
  'proRata',
  'notDue',
  'noDueDay',
] as const
export type AllocationReason = (typeof ALLOCATION_REASONS)[number]

/** What one debt gets, by part, and why it came where it did. Fen. */
export interface Allocation extends Parts {
  readonly debtId: string
  readonly amount: number
  readonly reason: AllocationReason
}

export interface ReceiptShares {
  readonly allocations: readonly Allocation[]
  /** What is left of the receipt: an advance. */
  readonly rest: number
}

/** What the payer named himself, in his order; null pays as much of the debt as the money allows. */
export type Designation = readonly { readonly debtId: string; readonly amount: number | null }[]

/**
 * Shares a receipt out: what the payer designated first, then by the rule, exactly and to the last fen. Within a debt
 * costs, interest, principal (民法典 561) unless agreed otherwise. Σ allocations + rest = amount; no debt gets more than
 * it is owed; nothing is left while something is owed.
 */
export function shareReceipt(
  amount: number,
  day: PlainDay,
  debts: readonly OpenDebt[],
  options: { readonly designated?: Designation; readonly rule?: AllocationRule; readonly order?: PartOrder } = {},
): ReceiptShares {
  const { designated = [], rule = 'law', order = 'costsFirst' } = options
  const open = new Map(debts.map((debt) => [debt.id, debt]))
  const allocations: Allocation[] = []
  let rest = amount

  const pay = (debt: OpenDebt, share: number, reason: AllocationReason) => {
    if (share <= 0) return
    const { parts } = splitPayment(share, debt, order)
    allocations.push({ debtId: debt.id, amount: share, ...parts, reason })
    open.set(debt.id, { ...debt, ...lessParts(debt, parts) })
    rest -= share
  }

  for (const { debtId, amount: wanted } of designated) {
    const debt = open.get(debtId)
    if (debt) pay(debt, Math.min(rest, wanted ?? rest, sumParts(debt)), 'designated')
  }
  for (const { group, reason } of inOrder([...open.values()], day, rule)) {
    const shares = proportional(rest, group.map(sumParts))
    const cut = group.length > 1 && rest < group.reduce((sum, debt) => sum + sumParts(debt), 0)
    for (const [index, debt] of group.entries()) pay(debt, shares[index] ?? 0, cut ? 'proRata' : reason)
  }
  return { allocations, rest }
}

function lessParts(from: Parts, parts: Parts, sign = 1): Parts {
  return {
    costs: from.costs - parts.costs * sign,
    interest: from.interest - parts.interest * sign,
    principal: from.principal - parts.principal * sign,
  }
}

/** What is owed by debt, before or after a booking. Fen. */
export type Owed = ReadonlyMap<string, Parts>

/**
 * What is owed after these allocations are booked. Throws RangeError where one is of an unknown debt or more than it is
 * owed: books that do not add up must stop the one who keeps them.
 */
export function bookShares(owed: Owed, allocations: readonly Allocation[]): Owed {
  return move(owed, allocations, 1)
}

/** What is owed after allocations are taken back: exactly what it was before they were booked. */
export function releaseShares(owed: Owed, allocations: readonly Allocation[]): Owed {
  return move(owed, allocations, -1)
}

function move(owed: Owed, allocations: readonly Allocation[], sign: 1 | -1): Owed {
  const after = new Map(owed)
  for (const allocation of allocations) {
    const parts = after.get(allocation.debtId)
    if (!parts) throw new RangeError(`no such debt: ${allocation.debtId}`)
    const left = lessParts(parts, allocation, sign)
    if (Math.min(left.costs, left.interest, left.principal) < 0) {
      throw new RangeError(`more than is owed: ${allocation.debtId}`)
    }
    after.set(allocation.debtId, left)
  }
  return after
}

/** Parts of `amount` by size, each at most its size; together min(amount, Σ sizes). */
function proportional(amount: number, sizes: readonly number[]): readonly number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return amount >= total ? sizes : allocate(amount, sizes)
}

type Compare = (a: OpenDebt, b: OpenDebt) => number
interface Criterion {
  readonly reason: AllocationReason
  readonly compare: Compare
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
/** Secured shares compared crosswise, so that no fraction is rounded. */
const leastSecured: Compare = (a, b) => {
  const left = BigInt(a.secured) * BigInt(sumParts(b))
  const right = BigInt(b.secured) * BigInt(sumParts(a))
  return left < right ? -1 : left > right ? 1 : 0
}
const mostBurdensome: Compare = (a, b) => b.burden - a.burden
/** Without a due day last, among them the earliest made. */
const earliestDue: Compare = (a, b) =>
  a.dueDay === null || b.dueDay === null
    ? Number(a.dueDay === null) - Number(b.dueDay === null) || byText(a.sinceDay, b.sinceDay)
    : byText(a.dueDay, b.dueDay)
const earliestMade: Compare = (a, b) => byText(a.sinceDay, b.sinceDay)

const RANK = { due: 0, notDue: 1, noDueDay: 2 } as const
function rankOf(debt: OpenDebt, day: PlainDay): keyof typeof RANK {
  if (debt.dueDay === null) return 'noDueDay'
  return debt.dueDay <= day ? 'due' : 'notDue'
}

function criteriaOf(rule: AllocationRule, day: PlainDay): readonly Criterion[] {
  switch (rule) {
    case 'proRata':
      return []
    case 'earliestMade':
      return [{ reason: 'earliestMade', compare: earliestMade }]
    case 'earliestDue':
      return [{ reason: 'earliestDue', compare: earliestDue }]
    case 'law': {
      // Security and burden decide only among debts that are all due.
      const bothDue =
        (compare: Compare): Compare =>
        (a, b) =>
          rankOf(a, day) === 'due' && rankOf(b, day) === 'due' ? compare(a, b) : 0
      return [
        { reason: 'due', compare: (a, b) => RANK[rankOf(a, day)] - RANK[rankOf(b, day)] },
        { reason: 'leastSecured', compare: bothDue(leastSecured) },
        { reason: 'mostBurdensome', compare: bothDue(mostBurdensome) },
        { reason: 'earliestDue', compare: earliestDue },
      ]
    }
  }
}

/** Debts that stand equal, in the order of the rule, each group with what put it before the next. */
function inOrder(debts: readonly OpenDebt[], day: PlainDay, rule: AllocationRule) {
  const criteria = criteriaOf(rule, day)
  const compare: Compare = (a, b) => {
    for (const criterion of criteria) {
      const order = criterion.compare(a, b)
      if (order !== 0) return order
    }
    return 0
  }
  const sorted = debts.filter((debt) => sumParts(debt) > 0).toSorted((a, b) => compare(a, b) || byText(a.id, b.id))
  const groups: OpenDebt[][] = []
  for (const debt of sorted) {
    const group = groups.at(-1)
    if (group?.[0] && compare(group[0], debt) === 0) group.push(debt)
    else groups.push([debt])
  }
  return groups.map((group, index) => {
    const [first] = group as [OpenDebt]
    const next = groups[index + 1]?.[0]
    const decided = next && criteria.find((criterion) => criterion.compare(first, next) !== 0)
    const rank = rankOf(first, day)
    const reason = decided && (decided.reason !== 'due' || rank === 'due') ? decided.reason : rank
    return { group, reason }
  })
}
