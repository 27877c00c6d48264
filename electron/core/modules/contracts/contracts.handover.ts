import { sql, type RawBuilder } from 'kysely'
import type { HeldRecord } from '#core/kernel/handed-over.ts'
import { approvalOwnerMoved } from '#core/modules/approvals/approvals.api.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { obligationsFollowOwner } from '#core/modules/obligations/obligations.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

/** Drafts, and signed contracts that are not settled or run on without an amount, of these customers: what a hand-over lists. */
export async function heldContracts(db: Reader | Writer, customerIds: readonly string[]): Promise<HeldRecord[]> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('contracts')
      .select(['id', 'customer_id as customerId', 'owner_id as ownerId', 'number', 'title', 'amount'])
      .where('customer_id', 'in', piece)
      .where((eb) =>
        eb.or([
          eb('state', '=', 'draft'),
          sql<boolean>`state = 'signed' AND (settled + released < amount OR (amount = 0 AND ended_day IS NULL))`,
        ]),
      )
      .execute(),
  )
  return rows.map(({ number, title, ...row }) => ({ ...row, label: `${number} ${title}` }))
}

/**
 * Gives these contracts to another person to look after. Who signed one keeps the credit for it, and has all of it
 * again where it comes back to him.
 */
export async function moveContracts(uow: UnitOfWork, ids: readonly string[], toOwnerId: string): Promise<number> {
  const rows = await inPieces(ids, (piece) =>
    uow.db
      .selectFrom('contracts')
      .select(['id', 'owner_id', 'state', 'version'])
      .where('id', 'in', piece)
      .where('owner_id', '<>', toOwnerId)
      .execute(),
  )
  for (const { id, owner_id: before, state, version } of rows) {
    await uow.db
      .updateTable('contracts')
      .set({ owner_id: toOwnerId, version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    await obligationsFollowOwner(uow, id, toOwnerId)
    if (state === 'signed') {
      await uow.db
        .insertInto('contract_credits')
        .values({ contract_id: id, user_id: before })
        .onConflict((conflict) => conflict.column('contract_id').doNothing())
        .execute()
      await uow.db
        .deleteFrom('contract_credits')
        .where('contract_id', '=', id)
        .where('user_id', '=', toOwnerId)
        .execute()
    } else {
      await approvalOwnerMoved(uow, 'contract', id, toOwnerId)
    }
    await uow.audit({
      action: 'contracts.transfer',
      entity: 'contract',
      entityId: id,
      before: { ownerId: before },
      after: { ownerId: toOwnerId },
    })
    uow.changed('contracts', id)
  }
  return rows.length
}

/** Whose success a contract is; wants `contract_credits` joined as `credit`. */
export const creditedTo = sql<string>`coalesce(credit.user_id, contracts.owner_id)`

/** Contracts whose success is that of the scope. The first condition says less, but indexes are found by it. */
export function creditWithin(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'all') return sql`1 = 1`
  if (scope.userIds.length === 0) return sql`1 = 0`
  const people = sql.join([...scope.userIds])
  return sql`(contracts.owner_id IN (${people}) OR contracts.id IN (
      SELECT k.contract_id FROM contract_credits k WHERE k.user_id IN (${people})))
    AND ${creditedTo} IN (${people})`
}
