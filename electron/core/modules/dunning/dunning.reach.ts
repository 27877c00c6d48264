import type { Scope } from '#core/kernel/scope.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

/** A customer whose debts somebody may work on, and who answers for them. */
export interface ReachedCase {
  readonly customerId: string
  readonly ownerId: string
}

/**
 * The case of a customer within the scope: as far as its debts are of the scope's people, or the customer is. Throws
 * NOT_FOUND for any other.
 */
export async function caseInScope(db: Reader | Writer, scope: Scope, customerId: string): Promise<ReachedCase> {
  const rows = await db
    .selectFrom('dunning_cases')
    .select(['owner_id', 'outstanding'])
    .where('customer_id', '=', customerId)
    .where(scope.kind === 'all' ? 'whole' : 'single', '=', 1)
    .orderBy('outstanding', 'desc')
    .execute()
  const mine = rows.find((row) => scope.kind === 'all' || scope.userIds.includes(row.owner_id))
  if (mine) return { customerId, ownerId: mine.owner_id }
  const customer = await customerInScope(db, scope, customerId)
  return { customerId, ownerId: customer.ownerId ?? '' }
}

/** The same for what is written: it belongs to whoever answers for the debts, else to who writes it. */
export async function caseToWrite(uow: UnitOfWork, scope: Scope, customerId: string): Promise<ReachedCase> {
  const found = await caseInScope(uow.db, scope, customerId)
  return found.ownerId === '' ? { ...found, ownerId: uow.actor.userId ?? '' } : found
}
