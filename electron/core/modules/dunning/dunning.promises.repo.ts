import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { PromiseFilters, PromiseRow, PromiseSort } from '#shared/modules/dunning/dunning.contacts.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

const SORT = { payBy: 'p.pay_by', amount: 'p.amount' } as const
const LINES = sql<number>`(SELECT count(*) FROM dunning_promise_lines l WHERE l.promise_id = p.id)`

/** Promises made to the scope's people, with the names that a list shows. */
export function promisesQuery(db: Reader | Writer, scope: Scope, text?: string, filters: PromiseFilters = {}) {
  let query = applyScope(
    db
      .selectFrom('dunning_promises as p')
      .innerJoin('customers as c', 'c.id', 'p.customer_id')
      .leftJoin('users as o', 'o.id', 'p.owner_id')
      .leftJoin('users as w', 'w.id', 'p.created_by')
      .selectAll('p')
      .select(['c.name as customer_name', 'o.name as owner_name', 'w.name as who', LINES.as('instalments')]),
    scope,
    'p.owner_id',
  )
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(p.search_text, ${needle}) > 0`)
  if (filters.customerId !== undefined) query = query.where('p.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) query = query.where('p.owner_id', '=', filters.ownerId)
  if (filters.state !== undefined) query = query.where('p.state', '=', filters.state)
  if (filters.from !== undefined) query = query.where('p.pay_by', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('p.pay_by', '<=', filters.to)
  return query
}
type RawPromise = Awaited<ReturnType<ReturnType<typeof promisesQuery>['executeTakeFirstOrThrow']>>

export const toPromiseRow = (row: RawPromise): PromiseRow => ({
  id: row.id,
  version: row.version,
  customerId: row.customer_id,
  customerName: row.customer_name,
  ownerName: row.owner_name ?? '',
  madeDay: row.made_day,
  payBy: row.pay_by,
  lastDay: row.last_day,
  amount: row.amount,
  paid: row.paid,
  state: row.state,
  promisedBy: row.promised_by,
  note: row.note,
  instalments: Number(row.instalments),
  createdByName: row.who ?? '',
  withdrawn: row.withdrawn_day === null ? null : { day: row.withdrawn_day, reason: row.withdrawn_reason },
})

export async function listPromises(db: Reader, scope: Scope, input: PageInput<PromiseSort, PromiseFilters>) {
  const { key } = input.sort
  const rows = await keyset(promisesQuery(db, scope, input.text, input.filters), {
    sortColumn: SORT[key],
    idColumn: 'p.id',
    dir: input.sort.dir,
    cursor: input.cursor,
    limit: input.limit,
  }).execute()
  const page = pageOf(
    rows,
    input.limit,
    (row) => (key === 'amount' ? row.amount : row.pay_by),
    (row) => row.id,
  )
  return { rows: page.rows.map(toPromiseRow), nextCursor: page.nextCursor }
}

export async function sumPromises(db: Reader, scope: Scope, text: string | undefined, filters: PromiseFilters) {
  const row = await db
    .selectFrom(promisesQuery(db, scope, text, filters).as('p'))
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.coalesce(eb.fn.sum<number>('p.amount'), sql<number>`0`).as('amount'),
      eb.fn.coalesce(eb.fn.sum<number>('p.paid'), sql<number>`0`).as('paid'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), amount: Number(row.amount), paid: Number(row.paid) }
}
