import type { HeldRecord } from '#core/kernel/handed-over.ts'
import { departmentsOf } from '#core/modules/people/people.api.ts'
import { moveTasksOfSource } from '#core/modules/tasks/tasks.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

/** What is open under the contracts of these customers, for what a hand-over lists. */
export async function heldObligations(db: Reader | Writer, customerIds: readonly string[]): Promise<HeldRecord[]> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('obligations as o')
      .innerJoin('contracts as c', 'c.id', 'o.contract_id')
      .select(['o.id', 'c.customer_id as customerId', 'o.owner_id as ownerId', 'c.number', 'o.detail', 'o.due_day'])
      .where('c.customer_id', 'in', piece)
      .where('o.state', '=', 'open')
      .execute(),
  )
  return rows.map(({ number, detail, due_day: day, ...row }) => ({
    ...row,
    label: [number, detail, day ?? ''].filter((part) => part !== '').join(' '),
    amount: null,
  }))
}

/** Makes another person see to these, as far as they are still open; their tasks go along. */
export async function moveObligations(uow: UnitOfWork, ids: readonly string[], toOwnerId: string): Promise<number> {
  const rows = await inPieces(ids, (piece) =>
    uow.db
      .selectFrom('obligations')
      .select(['id', 'owner_id', 'version'])
      .where('id', 'in', piece)
      .where('state', '=', 'open')
      .where('owner_id', '<>', toOwnerId)
      .execute(),
  )
  const department = (await departmentsOf(uow.db, [toOwnerId])).get(toOwnerId) ?? null
  for (const { id, owner_id: before, version } of rows) {
    await moveTasksOfSource(uow, { module: 'obligations', id }, toOwnerId)
    await uow.db
      .updateTable('obligations')
      .set({ owner_id: toOwnerId, department_id: department, version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    await uow.audit({
      action: 'obligations.transfer',
      entity: 'obligation',
      entityId: id,
      before: { ownerId: before },
      after: { ownerId: toOwnerId },
    })
    uow.changed('obligations', id)
  }
  return rows.length
}

/** A contract belongs to somebody else now, and what stands in it is seen with it. The caller audits. */
export async function obligationsFollowOwner(uow: UnitOfWork, contractId: string, ownerId: string): Promise<void> {
  await uow.db
    .updateTable('obligations')
    .set({ contract_owner_id: ownerId })
    .where('contract_id', '=', contractId)
    .execute()
  uow.changed('obligations', contractId)
}
