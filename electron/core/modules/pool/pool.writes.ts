import { startOfDay } from '#shared/modules/customers/customers.rules.ts'
import type { Clock } from '#core/kernel/clock.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { PoolCandidate } from './pool.repo.ts'

/** How far the firm's clock is ahead of UTC today, ms. */
export function zoneOffset(clock: Clock): number {
  const today = clock.today()
  return Date.parse(`${today}T00:00:00Z`) - startOfDay(today, clock.zone)
}

/** Takes a customer from its owner into the pool; what was planned with it stays with whom it was planned by. */
export async function intoPool(
  uow: UnitOfWork,
  customer: Pick<PoolCandidate, 'id' | 'ownerId' | 'version'>,
  reason: 'idle' | 'released',
  note: string,
): Promise<number> {
  const { id, ownerId } = customer
  const version = customer.version + 1
  await uow.db
    .updateTable('customers')
    .set({ owner_id: null, version, updated_at: uow.now })
    .where('id', '=', id)
    .execute()
  await uow.db
    .insertInto('customer_pool')
    .values({ customer_id: id, former_owner_id: ownerId, reason, note, since_day: uow.today, since: uow.now })
    .onConflict((conflict) => conflict.column('customer_id').doNothing())
    .execute()
  await uow.db.deleteFrom('customer_pool_notices').where('customer_id', '=', id).execute()
  // Who takes it says himself who helps.
  await uow.db.deleteFrom('customer_members').where('customer_id', '=', id).execute()
  const change = { before: { ownerId }, after: { ownerId: null, reason, note } }
  await uow.audit({ action: 'customers.release', entity: 'customer', entityId: id, ...change })
  uow.changed('customers', id)
  return version
}
