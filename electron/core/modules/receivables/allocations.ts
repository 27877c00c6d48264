import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { allocationDay, allocationFault } from '#shared/modules/receivables/receivables.rules.ts'
import { sumParts, type Parts } from '#shared/modules/receivables/receivables.parts.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ReceivableAllocationsTable, ReceivableInstalmentsTable } from '#core/store/tables/receivables.tables.ts'
import { findInstalments } from './instalments.repo.ts'
import { settle, type Settling } from './settling.ts'

/** What settles: a receipt, a credit note, or a write-off by its record in the module that decides on them. */
export interface AllocationSource {
  readonly kind: ReceivableAllocationsTable['kind']
  readonly id: string
}

/** What an instalment is to get, by part, and why it and not another. Fen. */
export interface WantedAllocation extends Parts {
  readonly instalmentId: string
  readonly reason: string
}

/** What was booked or taken back. `day` is that from which it counts. */
export interface BookedAllocation extends Parts {
  readonly id: string
  readonly instalmentId: string
  readonly day: PlainDay
}

interface Holder {
  readonly source: AllocationSource
  readonly customerId: string
  /** Nothing counts before this day. */
  readonly earliestDay: PlainDay
  /** Fen that may be used. */
  readonly available: number
}

type Instalments = ReadonlyMap<string, ReceivableInstalmentsTable>

async function loaded(uow: UnitOfWork, ids: readonly string[]): Promise<Instalments> {
  return new Map((await findInstalments(uow.db, ids)).map((row) => [row.id, row]))
}

const columnOf = { receipt: 'receipt_id', credit: 'credit_id', writeOff: 'write_off_id' } as const

/**
 * Books what a source settles: rows, the sums of instalments and contracts, the journal, all in this unit of work.
 * Throws RECEIPT_ALLOCATION with the place of the first allocation that does not fit: another customer's or out of
 * sight, more principal than is owed, more than there is, or named twice.
 */
export async function bookAllocations(
  uow: UnitOfWork,
  holder: Holder,
  wanted: readonly WantedAllocation[],
  scope: Scope,
): Promise<BookedAllocation[]> {
  const known = await loaded(
    uow,
    wanted.map((row) => row.instalmentId),
  )
  wanted.forEach((row, index) => {
    const instalment = known.get(row.instalmentId)
    const theirs = instalment?.state === 'open' && instalment.customer_id === holder.customerId
    if (!theirs || !inScope(scope, instalment.owner_id)) throw refuse('RECEIPT_ALLOCATION', { fault: 'unknown', index })
  })
  const asked = wanted.map((row) => ({ ...row, amount: sumParts(row) }))
  const fault = allocationFault(holder.available, asked, (id) => known.get(id)?.outstanding ?? 0)
  if (fault) throw refuse('RECEIPT_ALLOCATION', { ...fault })
  const { kind, id: sourceId } = holder.source
  const rows = asked.map((row): ReceivableAllocationsTable => {
    const since = known.get(row.instalmentId)!.since_day as PlainDay
    return {
      id: newId(),
      kind,
      receipt_id: null,
      credit_id: null,
      write_off_id: null,
      [columnOf[kind]]: sourceId,
      instalment_id: row.instalmentId,
      customer_id: holder.customerId,
      amount: row.amount,
      costs: row.costs,
      interest: row.interest,
      principal: row.principal,
      day: allocationDay(holder.earliestDay, since),
      released_day: null,
      reason: row.reason,
      created_at: uow.now,
      created_by: uow.actor.userId ?? '',
    }
  })
  if (rows.length === 0) return []
  await uow.db.insertInto('receivable_allocations').values(rows).execute()
  await settle(
    uow,
    kind,
    rows.map((row): Settling => settling(known, row, row.day as PlainDay, row.principal)),
  )
  return rows.map(toBooked)
}

/** Gives back what a source settled, from `day` on; answers with what was given back. */
export async function releaseAllocations(
  uow: UnitOfWork,
  source: AllocationSource,
  day: PlainDay,
): Promise<BookedAllocation[]> {
  const rows = await uow.db
    .selectFrom('receivable_allocations')
    .selectAll()
    .where(columnOf[source.kind], '=', source.id)
    .where('released_day', 'is', null)
    .execute()
  if (rows.length === 0) return []
  const known = await loaded(
    uow,
    rows.map((row) => row.instalment_id),
  )
  // An advance may have been used after the day on which it is taken back: it then never counted.
  const releasedOn = (row: ReceivableAllocationsTable) => (row.day > day ? row.day : day) as PlainDay
  for (const [released, some] of Map.groupBy(rows, releasedOn)) {
    await uow.db
      .updateTable('receivable_allocations')
      .set({ released_day: released })
      .where(
        'id',
        'in',
        some.map((row) => row.id),
      )
      .execute()
  }
  await settle(
    uow,
    source.kind,
    rows.map((row) => settling(known, row, releasedOn(row), -row.principal)),
  )
  return rows.map((row) => ({ ...toBooked(row), day: releasedOn(row) }))
}

function settling(known: Instalments, row: ReceivableAllocationsTable, day: PlainDay, amount: number): Settling {
  return { row: known.get(row.instalment_id)!, day, amount }
}

const toBooked = (row: ReceivableAllocationsTable): BookedAllocation => ({
  id: row.id,
  instalmentId: row.instalment_id,
  day: row.day as PlainDay,
  costs: row.costs,
  interest: row.interest,
  principal: row.principal,
})

export const sumAllocated = (rows: readonly BookedAllocation[]): number =>
  rows.reduce((sum, row) => sum + sumParts(row), 0)
