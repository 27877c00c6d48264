import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { divideRounded } from '#shared/kernel/money.ts'
import type { BillStep } from './receivables.entries.schema.ts'
import type { BILL_STATES, InstalmentStatus } from './receivables.schema.ts'

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

/** Money received per money due, in basis points, half up; null where nothing was due. */
export function collectionRate(due: number, collected: number): number | null {
  if (due === 0) return null
  return Number(divideRounded(BigInt(collected) * 10_000n, BigInt(due)))
}

/**
 * Whether a bill may take a step. Given on or discounted it may still be refused at maturity, and then comes back on us;
 * paid or refused it has come to its end.
 */
export function billMay(state: (typeof BILL_STATES)[number], step: BillStep): boolean {
  if (state === 'collected' || state === 'dishonoured') return false
  return state === 'held' || step === 'collected' || step === 'dishonoured'
}
