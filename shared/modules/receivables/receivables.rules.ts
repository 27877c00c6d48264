import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { allocate, divideRounded } from '#shared/kernel/money.ts'
import type { BucketKey, InstalmentStatus } from './receivables.schema.ts'

/** Days past the due day: 0 on the due day itself and before, or where there is none. */
export function daysOverdue(dueDay: PlainDay | null, asOf: PlainDay): number {
  return dueDay === null ? 0 : Math.max(0, diffDays(dueDay, asOf))
}

/** What an instalment is on a day; paid in full wins over everything else. */
export function instalmentStatus(
  row: { readonly dueDay: PlainDay | null; readonly outstanding: number; readonly cancelled: boolean },
  today: PlainDay,
): InstalmentStatus {
  if (row.cancelled) return 'cancelled'
  if (row.outstanding === 0) return 'settled'
  if (row.dueDay === null) return 'waiting'
  if (row.dueDay === today) return 'due_today'
  return row.dueDay < today ? 'overdue' : 'not_due'
}

/**
 * The ageing bucket of an instalment on a day. An amount without a due day has its own bucket and is never dropped;
 * due today is not overdue yet.
 */
export function bucketOf(dueDay: PlainDay | null, asOf: PlainDay): BucketKey {
  if (dueDay === null) return 'no_due_day'
  const days = daysOverdue(dueDay, asOf)
  if (days === 0) return 'not_due'
  if (days <= 30) return 'd1_30'
  if (days <= 60) return 'd31_60'
  if (days <= 90) return 'd61_90'
  if (days <= 180) return 'd91_180'
  return days <= 365 ? 'd181_365' : 'over_365'
}

/** An open instalment as the proposal sees it. */
export interface OpenInstalment {
  readonly id: string
  readonly dueDay: PlainDay | null
  /** From this day it is owed; orders what has no due day yet. */
  readonly sinceDay: PlainDay
  readonly outstanding: number
}

export type AllocationReason = 'designated' | 'due' | 'due_pro_rata' | 'not_due' | 'no_due_day'

export interface ProposedAllocation {
  readonly instalmentId: string
  readonly amount: number
  readonly reason: AllocationReason
}

/**
 * Proposes what a receipt pays, in the order of 民法典 560 where the payer designated nothing: what is due before what
 * is not, the earliest due first, debts due on the same day in proportion to their size (the last takes the remainder);
 * then instalments not yet due by their day, then those still waiting for their event. What is left is an advance.
 * Amounts in fen; the sum never exceeds the receipt, no instalment gets more than it is owed.
 */
export function proposeAllocation(
  amount: number,
  receiptDay: PlainDay,
  open: readonly OpenInstalment[],
): ProposedAllocation[] {
  const groups = Map.groupBy([...open].filter((row) => row.outstanding > 0).sort(byUrgency), (row) =>
    row.dueDay === null ? `~${row.sinceDay}${row.id}` : row.dueDay,
  )
  const proposed: ProposedAllocation[] = []
  let left = amount
  for (const group of groups.values()) {
    if (left <= 0) break
    const shares = proRata(left, group)
    for (const [index, row] of group.entries()) {
      const share = shares[index] ?? 0
      if (share === 0) continue
      const shared = group.length > 1 && share < row.outstanding
      proposed.push({ instalmentId: row.id, amount: share, reason: reasonOf(row, receiptDay, shared) })
      left -= share
    }
  }
  return proposed
}

function reasonOf(row: OpenInstalment, receiptDay: PlainDay, shared: boolean): AllocationReason {
  if (row.dueDay === null) return 'no_due_day'
  if (row.dueDay > receiptDay) return 'not_due'
  return shared ? 'due_pro_rata' : 'due'
}

function byUrgency(a: OpenInstalment, b: OpenInstalment): number {
  if (a.dueDay !== b.dueDay) {
    if (a.dueDay === null) return 1
    if (b.dueDay === null) return -1
    return a.dueDay < b.dueDay ? -1 : 1
  }
  if (a.sinceDay !== b.sinceDay) return a.sinceDay < b.sinceDay ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** Parts of `amount` in proportion to what is outstanding, each at most that, summing to min(amount, outstanding). */
function proRata(amount: number, group: readonly OpenInstalment[]): number[] {
  const total = group.reduce((sum, row) => sum + row.outstanding, 0)
  if (amount >= total) return group.map((row) => row.outstanding)
  // Less than the whole leaves every share below its row's amount, so that an odd fen still fits.
  return allocate(
    amount,
    group.map((row) => row.outstanding),
  )
}

export type AllocationFault = 'over_receipt' | 'over_instalment' | 'twice'

/**
 * What is wrong with an allocation typed by hand, or null: more than the receipt, more than an instalment is owed,
 * or an instalment named twice.
 */
export function allocationFault(
  amount: number,
  allocations: readonly { readonly instalmentId: string; readonly amount: number }[],
  outstandingOf: (instalmentId: string) => number,
): { readonly fault: AllocationFault; readonly index: number } | null {
  const seen = new Set<string>()
  let sum = 0
  for (const [index, row] of allocations.entries()) {
    if (seen.has(row.instalmentId)) return { fault: 'twice', index }
    seen.add(row.instalmentId)
    if (row.amount > outstandingOf(row.instalmentId)) return { fault: 'over_instalment', index }
    sum += row.amount
    if (sum > amount) return { fault: 'over_receipt', index }
  }
  return null
}

/** The day from which an allocation counts: never before the money came in or the debt existed. */
export function allocationDay(receiptDay: PlainDay, sinceDay: PlainDay): PlainDay {
  return receiptDay > sinceDay ? receiptDay : sinceDay
}

/** What an instalment looked like on a past day: receipts up to and including that day, nothing later. */
export function outstandingAsOf(
  row: { readonly amount: number; readonly sinceDay: PlainDay; readonly cancelledDay: PlainDay | null },
  allocations: readonly { readonly amount: number; readonly day: PlainDay; readonly releasedDay: PlainDay | null }[],
  asOf: PlainDay,
): number {
  if (row.sinceDay > asOf || (row.cancelledDay !== null && row.cancelledDay <= asOf)) return 0
  const paid = allocations
    .filter((a) => a.day <= asOf && (a.releasedDay === null || a.releasedDay > asOf))
    .reduce((sum, a) => sum + a.amount, 0)
  return row.amount - paid
}

/** Money received per money due, in basis points, half up; null where nothing was due. */
export function collectionRate(due: number, collected: number): number | null {
  if (due === 0) return null
  return Number(divideRounded(BigInt(collected) * 10_000n, BigInt(due)))
}
