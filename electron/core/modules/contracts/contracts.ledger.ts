import { sql, type RawBuilder } from 'kysely'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar, workdaysBefore } from '#shared/kernel/workdays.ts'
import { startOfDay } from '#shared/modules/customers/customers.rules.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { ContractFilters } from './contracts.repo.ts'

/** What people ask of the ledger: days counted from today, which the store is told as days and moments. */
export interface LedgerFilters extends Omit<ContractFilters, 'ends' | 'unsignedBefore'> {
  readonly expiresWithin?: number | undefined
  readonly unsignedFor?: number | undefined
}

/** The filters as the store takes them today. */
export async function ledgerFilters(
  db: Reader | Writer,
  clock: Clock,
  { expiresWithin, unsignedFor, ...filters }: LedgerFilters,
): Promise<ContractFilters> {
  const today = clock.today()
  return {
    ...filters,
    ...(expiresWithin === undefined ? {} : { ends: { from: today, to: addDays(today, expiresWithin) } }),
    ...(unsignedFor === undefined ? {} : { unsignedBefore: await momentBefore(db, clock, unsignedFor) }),
  }
}

/** The first moment (UTC ms) that is less than so many working days ago. */
export async function momentBefore(db: Reader | Writer, clock: Clock, workdays: number): Promise<number> {
  const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
  const day: PlainDay = workdaysBefore(calendar, clock.today(), workdays)
  return startOfDay(addDays(day, 1), clock.zone)
}

/**
 * Drafts that were handed in for approval before a moment, or approved since, and are still not signed; where the firm
 * approves no contracts, those that nobody has touched since then.
 */
export const unsignedBefore = (moment: number): RawBuilder<boolean> => sql`(contracts.state = 'draft' AND (
  EXISTS (SELECT 1 FROM approval_requests r WHERE r.kind = 'contract' AND r.record_id = contracts.id
    AND r.outcome IN ('pending', 'approved') AND r.submitted_at < ${moment})
  OR (contracts.updated_at < ${moment}
    AND NOT EXISTS (SELECT 1 FROM approval_requests r WHERE r.kind = 'contract' AND r.record_id = contracts.id)
    AND NOT EXISTS (SELECT 1 FROM approval_definitions d WHERE d.kind = 'contract' AND d.enabled = 1))))`
