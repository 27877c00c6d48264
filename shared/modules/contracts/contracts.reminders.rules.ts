import { addDays, type PlainDay } from '#shared/kernel/dates.ts'

export const CONTRACT_REMINDERS = ['expiry', 'unsigned', 'scan', 'loan'] as const
export type ContractReminder = (typeof CONTRACT_REMINDERS)[number]

/** A scan that is wanting is asked for so long after its day; what is older was filed before there were reminders. */
export const SCAN_ASKED_DAYS = 60

/**
 * At which of the firm's steps before its end (natural days, the farthest first) a term stands: the nearest that has
 * come. Null before the first, and once the term is over.
 */
export function expiryStep(endDay: PlainDay, today: PlainDay, steps: readonly number[]): number | null {
  if (endDay < today) return null
  return steps.findLast((step) => endDay <= addDays(today, step)) ?? null
}
