import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { UninvoicedFilters, UninvoicedRow, UninvoicedSort } from '#shared/modules/invoices/invoices.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'

/** Which contracts a list is about. */
export interface UninvoicedQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: UninvoicedFilters
}

const SORTED_BY = {
  toInvoice: 'to_invoice',
  deliveredDay: 'delivered_day',
  contractNumber: 'number',
} as const satisfies Record<UninvoicedSort, string>

/**
 * What was delivered of an order, in fen: all of the contract once everything was, else of each line the share that
 * left the house. A line of the order is that of the contract at the same place.
 */
const DELIVERED = sql<number>`CASE WHEN orders.stage = 'delivered' THEN contracts.amount - contracts.released
  ELSE coalesce((SELECT sum(CAST(round(c.amount * 1.0 * l.delivered / l.quantity) AS INTEGER))
    FROM order_lines l JOIN contract_lines c ON c.contract_id = contracts.id AND c.seq = l.seq
    WHERE l.order_id = orders.id AND l.quantity > 0), 0) END`
const INVOICED = sql<number>`coalesce((SELECT sum(v.amount) FROM invoices v
  WHERE v.contract_id = contracts.id AND v.state = 'issued' AND v.removed_at IS NULL), 0)`
const LAST_DAY = sql<string>`coalesce((SELECT max(d.day) FROM order_deliveries d
  WHERE d.order_id = orders.id AND d.reversed_at IS NULL), '')`

/** Contracts of which more was delivered than invoiced; an order belongs to whoever has its contract. */
function waiting(db: Reader, { scope, text, filters }: UninvoicedQuery) {
  let orders = applyScope(
    db
      .selectFrom('orders')
      .innerJoin('contracts', 'contracts.id', 'orders.contract_id')
      .leftJoin('users', 'users.id', 'contracts.owner_id')
      .select(['contracts.id', 'contracts.number', 'contracts.title', 'contracts.customer_id', 'contracts.buyer_name'])
      .select(['users.name as owner_name', DELIVERED.as('delivered'), INVOICED.as('invoiced')])
      .select(LAST_DAY.as('delivered_day')),
    scope,
    'contracts.owner_id',
  )
    .where('orders.stage', 'in', ['partly', 'delivered'])
    .where('contracts.state', '=', 'signed')
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') orders = orders.where(sql<boolean>`instr(contracts.search_text, ${needle}) > 0`)
  if (filters.customerId !== undefined) orders = orders.where('contracts.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) orders = orders.where('contracts.owner_id', '=', filters.ownerId)
  let query = db.selectFrom(orders.as('o')).where(sql<boolean>`o.delivered > o.invoiced`)
  if (filters.dayFrom !== undefined) query = query.where('o.delivered_day', '>=', filters.dayFrom)
  if (filters.dayTo !== undefined) query = query.where('o.delivered_day', '<=', filters.dayTo)
  return query
}

/** A page of them. */
export async function listUninvoiced(
  db: Reader,
  asked: UninvoicedQuery,
  page: Pick<PageInput<UninvoicedSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: UninvoicedRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const open = db.selectFrom(
    waiting(db, asked)
      .selectAll('o')
      .select(sql<number>`o.delivered - o.invoiced`.as('to_invoice'))
      .as('w'),
  )
  const found = await keyset(open.selectAll('w'), {
    sortColumn: `w.${column}`,
    idColumn: 'w.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    found,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
  const rows = cut.rows.map((row) => ({
    contractId: row.id,
    contractNumber: row.number,
    title: row.title,
    customerId: row.customer_id,
    buyerName: row.buyer_name,
    ownerName: row.owner_name ?? '',
    deliveredDay: row.delivered_day,
    delivered: row.delivered,
    invoiced: row.invoiced,
    toInvoice: row.to_invoice,
  }))
  return { rows, nextCursor: cut.nextCursor }
}

/** Over the whole filtered set; fen. */
export async function sumUninvoiced(db: Reader, asked: UninvoicedQuery) {
  const sum = (what: string) => sql<number>`coalesce(sum(${sql.raw(what)}), 0)`
  return waiting(db, asked)
    .select([
      sql<number>`count(*)`.as('count'),
      sum('o.delivered').as('delivered'),
      sum('o.invoiced').as('invoiced'),
      sum('o.delivered - o.invoiced').as('toInvoice'),
    ])
    .executeTakeFirstOrThrow()
}
