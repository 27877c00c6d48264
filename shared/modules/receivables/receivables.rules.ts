import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { divideRounded } from '#shared/kernel/money.ts'
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

export type AllocationFault = 'over_receipt' | 'over_instalment' | 'twice'

/**
 * What is wrong with an allocation typed by hand, or null: more than the receipt, more principal than an instalment
 * is owed, or an instalment named twice. Fen.
 */
export function allocationFault(
  amount: number,
  allocations: readonly { readonly instalmentId: string; readonly amount: number; readonly principal: number }[],
  outstandingOf: (instalmentId: string) => number,
): { readonly fault: AllocationFault; readonly index: number } | null {
  const seen = new Set<string>()
  let sum = 0
  for (const [index, row] of allocations.entries()) {
    if (seen.has(row.instalmentId)) return { fault: 'twice', index }
    seen.add(row.instalmentId)
    if (row.principal > outstandingOf(row.instalmentId)) return { fault: 'over_instalment', index }
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
