import { sql } from 'kysely'
import type { HeldRecord } from '#core/kernel/handed-over.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { COUNTS } from './invoices.repo.ts'

/**
 * Invoices of these customers that go along in a hand-over: those of contracts that are not settled, as the contracts
 * do, and those of no contract. Fen.
 */
export async function heldInvoices(db: Reader | Writer, customerIds: readonly string[]): Promise<HeldRecord[]> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('invoices')
      .leftJoin('contracts', 'contracts.id', 'invoices.contract_id')
      .select(['invoices.id', 'invoices.customer_id', 'invoices.owner_id', 'invoices.number', 'invoices.amount'])
      .where('invoices.customer_id', 'in', piece)
      .where('invoices.owner_id', 'is not', null)
      .where(COUNTS)
      .where(sql<boolean>`(contracts.id IS NULL OR contracts.settled + contracts.released < contracts.amount)`)
      .execute(),
  )
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id ?? '',
    ownerId: row.owner_id ?? '',
    label: row.number,
    amount: row.amount,
  }))
}

/** Makes another person answer for these invoices; gives how many were not his already. */
export async function moveInvoices(uow: UnitOfWork, ids: readonly string[], toOwnerId: string): Promise<number> {
  const rows = await inPieces(ids, (piece) =>
    uow.db
      .selectFrom('invoices')
      .select(['id', 'owner_id', 'version'])
      .where('id', 'in', piece)
      .where('owner_id', '<>', toOwnerId)
      .execute(),
  )
  for (const { id, owner_id: before, version } of rows) {
    await uow.db
      .updateTable('invoices')
      .set({ owner_id: toOwnerId, version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    await uow.audit({
      action: 'invoices.transfer',
      entity: 'invoice',
      entityId: id,
      before: { ownerId: before },
      after: { ownerId: toOwnerId },
    })
    uow.changed('invoices', id)
  }
  return rows.length
}
