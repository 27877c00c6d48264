import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

const inPerson = (db: Reader | Writer, from: string, to: string) =>
  db
    .selectFrom('visits')
    .where('visits.channel', '=', 'visit')
    .where('visits.day', '>=', from)
    .where('visits.day', '<=', to)
    .orderBy('visits.day')
    .orderBy('visits.id')

const shown = ['visits.id', 'visits.day', 'visits.purpose', 'visits.customer_id as customerId'] as const

/** The very visits that `countVisits` counts: in person, with a complete report. */
export async function completeVisits(db: Reader | Writer, scope: Scope, from: string, to: string) {
  return applyScope(inPerson(db, from, to), scope, 'visits.user_id')
    .select([...shown, 'visits.user_id as ownerId'])
    .where('visits.state', '=', 'done')
    .where('visits.complete', '=', 1)
    .execute()
}

/** Visits in person that a report was handed in for, or is still missing: of those, whatever was to be reported. */
export async function reportableVisits(db: Reader | Writer, scope: Scope, from: string, to: string) {
  return applyScope(inPerson(db, from, to), scope, 'visits.user_id')
    .select([...shown, 'visits.user_id as ownerId', 'visits.state', 'visits.late'])
    .where('visits.state', 'in', ['done', 'planned'])
    .execute()
}

/** Visits with a complete report to which a colleague came along, once for each who did. */
export async function helpedVisits(db: Reader | Writer, scope: Scope, from: string, to: string) {
  return applyScope(
    inPerson(db, from, to).innerJoin('visit_people', 'visit_people.visit_id', 'visits.id'),
    scope,
    'visit_people.user_id',
  )
    .select([...shown, 'visit_people.user_id as ownerId'])
    .where('visits.state', '=', 'done')
    .where('visits.complete', '=', 1)
    .execute()
}

/** Customers whom somebody met in a period, in whatever way; both days included. */
export async function visitedCustomers(
  db: Reader,
  userId: string,
  from: string,
  to: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('visits')
    .select('customer_id')
    .distinct()
    .where('user_id', '=', userId)
    .where('state', '=', 'done')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute()
  return new Set(rows.map((row) => row.customer_id))
}
