import { customerHolder } from '#core/kernel/customer-holder.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

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

/** The very visits that `countVisits` counts for one person. */
export async function visitsOf(db: Reader | Writer, userId: string, from: string, to: string) {
  return db
    .selectFrom('visits')
    .innerJoin('customers', 'customers.id', 'visits.customer_id')
    .select(['visits.id', 'visits.day', 'visits.purpose', 'visits.customer_id', 'customers.name as customer_name'])
    .where('visits.user_id', '=', userId)
    .where('visits.channel', '=', 'visit')
    .where('visits.state', '=', 'done')
    .where('visits.complete', '=', 1)
    .where('visits.day', '>=', from)
    .where('visits.day', '<=', to)
    .orderBy('visits.day')
    .orderBy('visits.id')
    .execute()
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
