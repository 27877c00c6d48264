import type { PlainDay } from '#shared/kernel/dates.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ReceivableInstalmentsTable } from '#core/store/tables/receivables.tables.ts'
import { post } from './journal.ts'

/**
 * Takes an instalment out from a day on: what came in before the program knew of it goes along. Whoever calls has looked
 * that nothing settles it.
 */
export async function takeOutInstalment(
  uow: UnitOfWork,
  row: ReceivableInstalmentsTable,
  day: PlainDay,
  reason: string,
): Promise<void> {
  await uow.db
    .updateTable('receivable_instalments')
    .set({ state: 'cancelled', cancelled_day: day, outstanding: 0, settled: 0 })
    .set({ version: row.version + 1, updated_at: uow.now })
    .where('id', '=', row.id)
    .execute()
  await post(uow, [{ instalment: row, day, amount: -row.outstanding }])
  await uow.audit({
    action: 'receivables.cancel',
    entity: 'receivable',
    entityId: row.id,
    before: { state: 'open', outstanding: row.outstanding },
    after: { state: 'cancelled', day, reason },
  })
  uow.changed('receivables', row.id)
}
