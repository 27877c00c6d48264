import type { PlainDay } from '#shared/kernel/dates.ts'
import { makeScope } from '#core/kernel/scope.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { bookAllocations, releaseAllocations } from './allocations.ts'
import { openInstalment } from './instalments.change.ts'

/**
 * Writes off part of an instalment, or all of it, under the record that decided it; the caller audits that record.
 * Throws NOT_FOUND, and RECEIPT_ALLOCATION where it is more than is outstanding. Fen.
 */
export async function bookWriteOff(
  uow: UnitOfWork,
  writeOff: {
    readonly id: string
    readonly instalmentId: string
    readonly amount: number
    readonly day: PlainDay
    readonly reason: string
  },
): Promise<void> {
  const { id, instalmentId, amount, day, reason } = writeOff
  const { customer_id: customerId } = await openInstalment(uow.db, instalmentId)
  const source = { kind: 'writeOff', id } as const
  const wanted = [{ instalmentId, costs: 0, interest: 0, principal: amount, reason }]
  // Whoever decided it has looked whether it may be.
  await bookAllocations(uow, { source, customerId, earliestDay: day, available: amount }, wanted, makeScope.all())
}

/** Takes everything back from a day on that was written off under a record: it is owed again, exactly. */
export async function releaseWriteOff(uow: UnitOfWork, id: string, day: PlainDay): Promise<void> {
  await releaseAllocations(uow, { kind: 'writeOff', id }, day)
}
