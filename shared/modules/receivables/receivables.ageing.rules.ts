import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { AgeBasis } from './receivables.schema.ts'

/** The upper ends of the ageing's buckets in days overdue, as shipped; a firm may set its own. */
export const SHIPPED_BOUNDS: readonly number[] = [30, 60, 90, 180, 365]

/** One bucket: `not_due`, `d1_30` … `over_365`, `no_due_day`. */
export interface Bucket {
  readonly key: string
  /** Days overdue, both included; null on an open side and for amounts without a due day. */
  readonly from: number | null
  readonly to: number | null
}

/**
 * The buckets that bounds make, in their order: what is not due has its own, and so has what no due day is known of, so
 * that nothing is dropped. Throws RangeError where the bounds do not rise from 1.
 */
export function bucketsOf(bounds: readonly number[]): Bucket[] {
  if (bounds.length === 0 || bounds.some((bound, i) => bound <= (bounds[i - 1] ?? 0) || !Number.isInteger(bound))) {
    throw new RangeError('the bounds of an ageing rise')
  }
  const last = bounds[bounds.length - 1] ?? 0
  return [
    { key: 'not_due', from: null, to: 0 },
    ...bounds.map((to, i) => {
      const from = (bounds[i - 1] ?? 0) + 1
      return { key: `d${from}_${to}`, from, to }
    }),
    { key: `over_${last}`, from: last + 1, to: null },
    { key: 'no_due_day', from: null, to: null },
  ]
}

/** The bucket of a day as of another; the day itself is not overdue yet. */
export function bucketFor(buckets: readonly Bucket[], day: PlainDay | null, asOf: PlainDay): Bucket {
  const days = day === null ? null : Math.max(0, diffDays(day, asOf))
  const found = buckets.find(({ key, from, to }) =>
    days === null ? key === 'no_due_day' : key !== 'no_due_day' && days >= (from ?? 0) && (to === null || days <= to),
  )
  if (!found) throw new RangeError(`no bucket for ${day}`)
  return found
}

/**
 * What happened to receivables, each on the day from which it counts. Amounts in fen, above zero. `paid` and `released`
 * are allocations of receipts; `credit` is a red letter or price reduction that settles nothing yet; `advance` is money
 * that pays nothing yet, `advanceUsed` the end of it.
 */
export type LedgerEvent =
  | {
      readonly kind: 'debt'
      readonly day: PlainDay
      readonly debtId: string
      readonly groupId: string
      readonly amount: number
      readonly dueDay: PlainDay | null
    }
  | { readonly kind: 'due'; readonly day: PlainDay; readonly debtId: string; readonly dueDay: PlainDay | null }
  | { readonly kind: 'invoice'; readonly day: PlainDay; readonly debtId: string }
  | {
      readonly kind: 'paid' | 'released' | 'writtenOff' | 'reduced' | 'cancelled'
      readonly day: PlainDay
      readonly debtId: string
      readonly amount: number
    }
  | {
      readonly kind: 'advance' | 'advanceUsed' | 'credit' | 'creditUsed'
      readonly day: PlainDay
      readonly groupId: string
      readonly amount: number
    }

/** A debt as it stood on a day. */
export interface AgedDebt {
  readonly debtId: string
  readonly groupId: string
  readonly outstanding: number
  readonly dueDay: PlainDay | null
  readonly invoiceDay: PlainDay | null
}

/** The ageing of one day: Σ buckets = outstanding, always; credits and advances stand beside it, never in it. Fen. */
export interface Ageing {
  readonly outstanding: number
  readonly buckets: ReadonlyMap<string, number>
  readonly credits: number
  readonly advances: number
  readonly debts: readonly AgedDebt[]
}

/** How debts stood in the evening of a day, by the events up to it and nothing later. In the order they were made. */
export function debtsOn(events: readonly LedgerEvent[], asOf: PlainDay): AgedDebt[] {
  const debts = new Map<string, { -readonly [K in keyof AgedDebt]: AgedDebt[K] }>()
  for (const event of inTime(events, asOf)) {
    if (event.kind === 'debt') {
      const { debtId, groupId, amount, dueDay } = event
      debts.set(debtId, { debtId, groupId, outstanding: amount, dueDay, invoiceDay: null })
      continue
    }
    if (!('debtId' in event)) continue
    const debt = debts.get(event.debtId)
    if (!debt) continue
    if (event.kind === 'due') debt.dueDay = event.dueDay
    else if (event.kind === 'invoice') debt.invoiceDay = event.day
    else debt.outstanding += event.kind === 'released' ? event.amount : -event.amount
  }
  return [...debts.values()].filter((debt) => debt.outstanding !== 0)
}

/**
 * The ageing as of a day, of everything or of one group (a customer, a sales person). Receipts after that day are not
 * deducted, due days agreed later not used. What a customer has overpaid on a debt is a credit, not a negative bucket.
 */
export function ageingOn(
  events: readonly LedgerEvent[],
  asOf: PlainDay,
  options: { readonly bounds?: readonly number[]; readonly by?: AgeBasis; readonly groupId?: string } = {},
): Ageing {
  const { bounds = SHIPPED_BOUNDS, by = 'due', groupId } = options
  const buckets = bucketsOf(bounds)
  const sums = new Map(buckets.map(({ key }) => [key, 0]))
  const inGroup = (id: string) => groupId === undefined || id === groupId
  const debts = debtsOn(events, asOf).filter((debt) => inGroup(debt.groupId))
  let [outstanding, credits, advances] = [0, 0, 0]
  for (const debt of debts) {
    if (debt.outstanding < 0) {
      credits -= debt.outstanding
      continue
    }
    const { key } = bucketFor(buckets, by === 'due' ? debt.dueDay : debt.invoiceDay, asOf)
    sums.set(key, (sums.get(key) ?? 0) + debt.outstanding)
    outstanding += debt.outstanding
  }
  for (const event of inTime(events, asOf)) {
    if ('debtId' in event || !inGroup(event.groupId)) continue
    if (event.kind === 'advance') advances += event.amount
    if (event.kind === 'advanceUsed') advances -= event.amount
    if (event.kind === 'credit') credits += event.amount
    if (event.kind === 'creditUsed') credits -= event.amount
  }
  return { outstanding, buckets: sums, credits, advances, debts: debts.filter((debt) => debt.outstanding > 0) }
}

/** Events up to a day in the order of their days; of one day as they were written down. */
function inTime(events: readonly LedgerEvent[], asOf: PlainDay): LedgerEvent[] {
  return events.filter(({ day }) => day <= asOf).toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}
