import { customerHolder } from '#core/kernel/customer-holder.ts'
import type { HeldRecord } from '#core/kernel/handed-over.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

export { completeVisits, helpedVisits, reportableVisits, visitedCustomers } from './visits.appraisal.ts'
export { visitIdsOf, visitsTimeline } from './visits.timeline.ts'

/** Visits in person with a complete report, by visitor, in a period (both days included). */
export async function countVisits(
  db: Reader | Writer,
  scope: Scope,
  from: string,
  to: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await applyScope(
    db.selectFrom('visits').select((eb) => ['visits.user_id', eb.fn.countAll<number>().as('count')]),
    scope,
    'visits.user_id',
  )
    .where('visits.channel', '=', 'visit')
    .where('visits.state', '=', 'done')
    .where('visits.complete', '=', 1)
    .where('visits.day', '>=', from)
    .where('visits.day', '<=', to)
    .groupBy('visits.user_id')
    .execute()
  return new Map(rows.map((row) => [row.user_id, Number(row.count)]))
}

/** Whether a visit of this id is within the scope. */
export async function visitInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  const row = await applyScope(db.selectFrom('visits').select('visits.id'), scope, 'visits.user_id')
    .where('visits.id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** What of visits goes along when two customers become one. */
export const visitHolders = [
  customerHolder('visits', 'visits', 'visits'),
  customerHolder('intents', 'customer_intents', null),
]

/** How many visits are planned with a customer, whoever holds them: what a hand-over lists. */
export async function countPlansOf(db: Reader | Writer, customerId: string): Promise<number> {
  const row = await db
    .selectFrom('visits')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .where('state', '=', 'planned')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/**
 * Gives what is planned with a customer to whoever looks after him now, as one step of a hand-over; each plan keeps
 * an audit row of its own. Who was to come along and holds it now does not come along with himself. Gives how many.
 */
export async function movePlansOfCustomer(uow: UnitOfWork, customerId: string, newUserId: string): Promise<number> {
  const plans = await uow.db
    .selectFrom('visits')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('state', '=', 'planned')
    .execute()
  return movePlans(
    uow,
    plans.map((plan) => plan.id),
    newUserId,
  )
}

/** What is planned with these customers, for what a hand-over lists; the label is the day. */
export async function heldPlans(db: Reader | Writer, customerIds: readonly string[]): Promise<HeldRecord[]> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('visits')
      .select(['id', 'customer_id as customerId', 'user_id as ownerId', 'day as label'])
      .where('customer_id', 'in', piece)
      .where('state', '=', 'planned')
      .execute(),
  )
  return rows.map((row) => ({ ...row, amount: null }))
}

/** Gives these plans to another person, as `movePlansOfCustomer` does with all of a customer. */
export async function movePlans(uow: UnitOfWork, ids: readonly string[], newUserId: string): Promise<number> {
  const plans = await inPieces(ids, (piece) =>
    uow.db
      .selectFrom('visits')
      .select(['id', 'user_id', 'version'])
      .where('id', 'in', piece)
      .where('state', '=', 'planned')
      .where('user_id', '<>', newUserId)
      .execute(),
  )
  for (const { id, user_id: before, version } of plans) {
    await uow.db
      .updateTable('visits')
      .set({ user_id: newUserId, reminded_at: null, version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    await uow.db.deleteFrom('visit_people').where('visit_id', '=', id).where('user_id', '=', newUserId).execute()
    await closeTasksOf(uow, { module: 'visits', id }, 'dropped')
    await uow.audit({
      action: 'visits.changePlan',
      entity: 'visit',
      entityId: id,
      before: { userId: before },
      after: { userId: newUserId },
    })
    uow.changed('visits', id)
  }
  return plans.length
}
