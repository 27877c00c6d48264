import { sql, type RawBuilder } from 'kysely'
import type { Access, TeamMember } from '#shared/modules/customers/customers.team.contract.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/**
 * Whether a row of `customers` is open to the scope: its owner is within it, or somebody within it helps with the
 * customer. What nobody looks after is open to no helper. The id is no bare column, so that the index of a list's
 * order is walked instead of one key being looked up for each helped customer.
 */
export function openTo(scope: Scope, table = 'customers'): RawBuilder<boolean> {
  if (scope.kind === 'all') return sql`1 = 1`
  if (scope.userIds.length === 0) return sql`1 = 0`
  const owner = sql.ref(`${table}.owner_id`)
  const people = sql.join([...scope.userIds])
  return sql`(${owner} IN (${people}) OR (${owner} IS NOT NULL AND coalesce(${sql.ref(`${table}.id`)}, '') IN (
    SELECT m.customer_id FROM customer_members m WHERE m.user_id IN (${people}))))`
}

/**
 * What a scope may do with a customer: everything as its owner, read or change as somebody who helps, or null. Of
 * several people within the scope the one who may most decides.
 */
export async function accessTo(
  db: Reader | Writer,
  scope: Scope,
  customer: { readonly id: string; readonly owner_id: string | null },
): Promise<Access | null> {
  if (inScope(scope, customer.owner_id)) return 'full'
  if (scope.kind === 'all' || customer.owner_id === null || scope.userIds.length === 0) return null
  const rows = await db
    .selectFrom('customer_members')
    .select('access')
    .where('customer_id', '=', customer.id)
    .where('user_id', 'in', [...scope.userIds])
    .execute()
  if (rows.length === 0) return null
  return rows.some((row) => row.access === 'write') ? 'write' : 'read'
}

/** Which of these customers somebody within the scope helps with. */
export async function helpedWith(
  db: Reader | Writer,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (scope.kind === 'all' || scope.userIds.length === 0 || ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('customers')
    .select('customers.id')
    .where('customers.id', 'in', [...ids])
    .where(openTo(scope))
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** Who helps with a customer, by name; its owner is not among them, though he may have been before. */
export async function membersOf(db: Reader | Writer, customerId: string): Promise<TeamMember[]> {
  return db
    .selectFrom('customer_members')
    .innerJoin('users', 'users.id', 'customer_members.user_id')
    .innerJoin('customers', 'customers.id', 'customer_members.customer_id')
    .select(['customer_members.user_id as userId', 'users.name', 'customer_members.access'])
    .where('customer_members.customer_id', '=', customerId)
    .where(sql<boolean>`customer_members.user_id <> coalesce(customers.owner_id, '')`)
    .orderBy('users.name')
    .execute()
}
