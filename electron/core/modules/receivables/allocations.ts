import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import {
  allocationDay,
  allocationFault,
  proposeAllocation,
  type AllocationReason,
} from '#shared/modules/receivables/receivables.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { addSettled } from '#core/modules/contracts/contracts.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { findInstalments, openInstalments } from './instalments.repo.ts'

interface Wanted {
  readonly instalmentId: string
  readonly amount: number
}

type Instalment = Awaited<ReturnType<typeof findInstalments>>[number]

/**
 * Books what a receipt pays: allocation rows, the instalments' sums and their contracts' sums, all in this unit of
 * work. Throws RECEIPT_ALLOCATION with the place of the first allocation that does not fit: another customer's or
 * out of sight, more than is owed, more than the receipt holds, or named twice.
 */
export async function bookAllocations(
  uow: UnitOfWork,
  receipt: { id: string; customerId: string; earliestDay: PlainDay; available: number },
  wanted: readonly Wanted[],
  scope: Scope,
): Promise<number> {
  const found = await findInstalments(
    uow.db,
    wanted.map((row) => row.instalmentId),
  )
  const known = new Map(found.map((row) => [row.id, row]))
  wanted.forEach((row, index) => {
    const instalment = known.get(row.instalmentId)
    const fits = instalment && instalment.customer_id === receipt.customerId && inScope(scope, instalment.owner_id)
    if (!fits) throw refuse('RECEIPT_ALLOCATION', { fault: 'unknown', index })
  })
  const fault = allocationFault(receipt.available, wanted, (id) => known.get(id)?.outstanding ?? 0)
  if (fault) throw refuse('RECEIPT_ALLOCATION', { ...fault })
  const open = await openInstalments(uow.db, scope, receipt.customerId)
  const reasons = reasonsOf(receipt, wanted, open)
  let allocated = 0
  for (const row of wanted) {
    const instalment = known.get(row.instalmentId)!
    await uow.db
      .insertInto('receipt_allocations')
      .values({
        id: newId(),
        receipt_id: receipt.id,
        instalment_id: row.instalmentId,
        customer_id: receipt.customerId,
        amount: row.amount,
        day: allocationDay(receipt.earliestDay, instalment.since_day as PlainDay),
        released_day: null,
        reason: reasons.get(row.instalmentId) ?? 'designated',
        created_at: uow.now,
        created_by: uow.actor.userId ?? '',
      })
      .execute()
    await settle(uow, instalment, row.amount)
    allocated += row.amount
  }
  return allocated
}

/** Gives back what a receipt paid, from `day` on. Answers with the fen released. */
export async function releaseAllocations(uow: UnitOfWork, receiptId: string, day: PlainDay): Promise<number> {
  const rows = await uow.db
    .selectFrom('receipt_allocations')
    .selectAll()
    .where('receipt_id', '=', receiptId)
    .where('released_day', 'is', null)
    .execute()
  const known = new Map(
    (
      await findInstalments(
        uow.db,
        rows.map((row) => row.instalment_id),
      )
    ).map((row) => [row.id, row]),
  )
  let released = 0
  for (const row of rows) {
    await uow.db
      .updateTable('receipt_allocations')
      // An advance may have been used after the day of the reversal: it then never counted.
      .set({ released_day: row.day > day ? row.day : day })
      .where('id', '=', row.id)
      .execute()
    const instalment = known.get(row.instalment_id)!
    await settle(uow, instalment, -row.amount)
    known.set(row.instalment_id, {
      ...instalment,
      settled: instalment.settled - row.amount,
      outstanding: instalment.outstanding + row.amount,
      version: instalment.version + 1,
    })
    released += row.amount
  }
  return released
}

async function settle(uow: UnitOfWork, instalment: Instalment, delta: number): Promise<void> {
  const settled = instalment.settled + delta
  const outstanding = instalment.outstanding - delta
  // The table's CHECKs hold amount = settled + outstanding and both at least 0.
  await uow.db
    .updateTable('receivable_instalments')
    .set({ settled, outstanding, version: instalment.version + 1, updated_at: uow.now })
    .where('id', '=', instalment.id)
    .execute()
  uow.changed('receivables', instalment.id)
  await addSettled(uow, instalment.contract_id, delta)
}

/** Why each was paid: the rule's reason where the amounts are what the rule would choose, else designated. */
function reasonsOf(
  receipt: { earliestDay: PlainDay; available: number },
  wanted: readonly Wanted[],
  open: Awaited<ReturnType<typeof openInstalments>>,
): ReadonlyMap<string, AllocationReason> {
  const total = wanted.reduce((sum, row) => sum + row.amount, 0)
  const proposed = proposeAllocation(
    Math.min(total, receipt.available),
    receipt.earliestDay,
    open.map((row) => ({
      id: row.id,
      dueDay: row.due_day as PlainDay | null,
      sinceDay: row.since_day as PlainDay,
      outstanding: row.outstanding,
    })),
  )
  const amounts = new Map(wanted.map((row) => [row.instalmentId, row.amount]))
  return new Map(
    proposed.filter((p) => amounts.get(p.instalmentId) === p.amount).map((p) => [p.instalmentId, p.reason]),
  )
}
