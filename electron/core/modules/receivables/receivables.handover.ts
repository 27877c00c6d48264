import type { HeldRecord } from '#core/kernel/handed-over.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { followInstalments } from './journal.ts'

/** What these customers owe, by instalment; the amount is what is outstanding. For what a hand-over lists. */
export async function heldReceivables(db: Reader | Writer, customerIds: readonly string[]): Promise<HeldRecord[]> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('receivable_instalments')
      .select(['id', 'customer_id as customerId', 'owner_id as ownerId', 'contract_number', 'label', 'outstanding'])
      .where('customer_id', 'in', piece)
      .where('outstanding', '>', 0)
      .execute(),
  )
  return rows.map(({ contract_number: number, label, outstanding, ...row }) => ({
    ...row,
    label: `${number} ${label}`.trim(),
    amount: outstanding,
  }))
}

/** Makes another person answer for collecting these instalments; what has come in stays with whom it came in under. */
export async function moveReceivables(uow: UnitOfWork, ids: readonly string[], toOwnerId: string): Promise<number> {
  const rows = await inPieces(ids, (piece) =>
    uow.db
      .selectFrom('receivable_instalments')
      .select(['id', 'owner_id', 'version'])
      .where('id', 'in', piece)
      .where('owner_id', '<>', toOwnerId)
      .execute(),
  )
  for (const { id, owner_id: before, version } of rows) {
    await uow.db
      .updateTable('receivable_instalments')
      .set({ owner_id: toOwnerId, version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    await uow.audit({
      action: 'receivables.transfer',
      entity: 'receivable',
      entityId: id,
      before: { ownerId: before },
      after: { ownerId: toOwnerId },
    })
    uow.changed('receivables', id)
  }
  await followInstalments(
    uow,
    rows.map((row) => row.id),
  )
  return rows.length
}
