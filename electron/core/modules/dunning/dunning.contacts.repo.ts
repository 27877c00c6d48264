import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { ContactFilters, ContactRow, ContactSort } from '#shared/modules/dunning/dunning.contacts.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Calls and visits of the scope's people, with the names that a list shows. */
export function contactsQuery(db: Reader | Writer, scope: Scope, text?: string, filters: ContactFilters = {}) {
  let query = applyScope(
    db
      .selectFrom('dunning_contacts as k')
      .innerJoin('customers as c', 'c.id', 'k.customer_id')
      .leftJoin('users as o', 'o.id', 'k.owner_id')
      .leftJoin('users as w', 'w.id', 'k.created_by')
      .leftJoin('users as v', 'v.id', 'k.void_by')
      .selectAll('k')
      .select(['c.name as customer_name', 'o.name as owner_name', 'w.name as who', 'v.name as void_name']),
    scope,
    'k.owner_id',
  )
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(k.search_text, ${needle}) > 0`)
  if (filters.customerId !== undefined) query = query.where('k.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) query = query.where('k.owner_id', '=', filters.ownerId)
  if (filters.way !== undefined) query = query.where('k.way', '=', filters.way)
  if (filters.result !== undefined) query = query.where('k.result', '=', filters.result)
  if (filters.reason !== undefined) query = query.where('k.reason', '=', filters.reason)
  if (filters.from !== undefined) query = query.where('k.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('k.day', '<=', filters.to)
  return query
}
type RawContact = Awaited<ReturnType<ReturnType<typeof contactsQuery>['executeTakeFirstOrThrow']>>

export const toContactRow = (row: RawContact): ContactRow => ({
  id: row.id,
  version: row.version,
  customerId: row.customer_id,
  customerName: row.customer_name,
  ownerName: row.owner_name ?? '',
  way: row.way,
  day: row.day,
  result: row.result,
  person: row.person,
  reason: row.reason,
  note: row.note,
  nextDay: row.next_day,
  nextStep: row.next_step,
  createdByName: row.who ?? '',
  void: row.void_at === null ? null : { byName: row.void_name ?? '', reason: row.void_reason },
})

export async function listContacts(db: Reader, scope: Scope, input: PageInput<ContactSort, ContactFilters>) {
  const rows = await keyset(contactsQuery(db, scope, input.text, input.filters), {
    sortColumn: 'k.day',
    idColumn: 'k.id',
    dir: input.sort.dir,
    cursor: input.cursor,
    limit: input.limit,
  }).execute()
  const page = pageOf(
    rows,
    input.limit,
    (row) => row.day,
    (row) => row.id,
  )
  return { rows: page.rows.map(toContactRow), nextCursor: page.nextCursor }
}

export async function countContacts(db: Reader, scope: Scope, text: string | undefined, filters: ContactFilters) {
  const row = await db
    .selectFrom(contactsQuery(db, scope, text, filters).as('k'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return { count: Number(row.count) }
}
