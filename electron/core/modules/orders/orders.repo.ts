import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { lateBy } from '#shared/modules/orders/orders.rules.ts'
import type { OrderFilters, OrderRow, OrderSort } from '#shared/modules/orders/orders.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Which orders a list is about; `today` tells what is late. */
export interface OrdersQuery {
  readonly scope: Scope
  readonly today: string
  readonly text?: string | undefined
  readonly filters: OrderFilters
}

const SORTED_BY = {
  updatedAt: 'updated_at',
  number: 'number',
  deliveryDay: 'delivery_key',
  signDay: 'sign_day',
  buyerName: 'buyer_name',
} as const satisfies Record<OrderSort, string>

/** Orders with the contract they come from: an order belongs to whoever has the contract. */
function ordersQuery(db: Reader | Writer, scope: Scope) {
  return applyScope(
    db
      .selectFrom('orders')
      .innerJoin('contracts', 'contracts.id', 'orders.contract_id')
      .leftJoin('users', 'users.id', 'contracts.owner_id')
      .selectAll('orders')
      .select(['contracts.number as contract_number', 'contracts.customer_id', 'contracts.owner_id'])
      .select('users.name as owner_name'),
    scope,
    'contracts.owner_id',
  )
}
export type OrderRecord = Awaited<ReturnType<ReturnType<typeof ordersQuery>['executeTakeFirstOrThrow']>>

const isLate = (today: string) =>
  sql<boolean>`(orders.stage IN ('open', 'partly') AND orders.delivery_key <> '' AND orders.delivery_key < ${today})`

function filtered(db: Reader, { scope, today, text, filters }: OrdersQuery) {
  let query = ordersQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(orders.search_text, ${needle}) > 0`)
  if (filters.stage !== undefined) query = query.where('orders.stage', '=', filters.stage)
  if (filters.late) query = query.where(isLate(today))
  if (filters.customerId !== undefined) query = query.where('contracts.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) query = query.where('contracts.owner_id', '=', filters.ownerId)
  if (filters.dueFrom !== undefined) query = query.where('orders.delivery_day', '>=', filters.dueFrom)
  if (filters.dueTo !== undefined) query = query.where('orders.delivery_day', '<=', filters.dueTo)
  return query
}

/** A page of orders. */
export async function listOrders(
  db: Reader,
  asked: OrdersQuery,
  page: Pick<PageInput<OrderSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: OrderRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `orders.${column}`,
    idColumn: 'orders.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
  return { rows: cut.rows.map((row) => toOrderRow(row, asked.today)), nextCursor: cut.nextCursor }
}

/** How many there are in the whole filtered set, and how many of them are late. */
export async function sumOrders(db: Reader, asked: OrdersQuery): Promise<{ count: number; late: number }> {
  const row = await filtered(db, asked)
    .clearSelect()
    .select([sql<number>`count(*)`.as('count'), sql<number>`coalesce(sum(${isLate(asked.today)}), 0)`.as('late')])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), late: Number(row.late) }
}

export function toOrderRow(raw: OrderRecord, today: string): OrderRow {
  return {
    id: raw.id,
    version: raw.version,
    number: raw.number,
    contractId: raw.contract_id,
    contractNumber: raw.contract_number,
    title: raw.title,
    customerId: raw.customer_id,
    buyerName: raw.buyer_name,
    ownerId: raw.owner_id,
    ownerName: raw.owner_name ?? '',
    signDay: raw.sign_day,
    deliveryDay: raw.delivery_day,
    stage: raw.stage,
    late: lateBy(raw.stage, raw.delivery_day, today),
    updatedAt: raw.updated_at,
  }
}

/** One order within the scope, by its id or by that of its contract. */
export async function findOrder(
  db: Reader | Writer,
  scope: Scope,
  by: { readonly id: string } | { readonly contractId: string },
): Promise<OrderRecord | undefined> {
  const query = ordersQuery(db, scope)
  return ('id' in by ? query.where('orders.id', '=', by.id) : query.where('orders.contract_id', '=', by.contractId))
    .limit(1)
    .executeTakeFirst()
}

export async function findOrderLines(db: Reader | Writer, orderId: string) {
  return db.selectFrom('order_lines').selectAll().where('order_id', '=', orderId).orderBy('seq').execute()
}

/** What was delivered, the latest first, with what was taken back. */
export async function findDeliveries(db: Reader | Writer, orderId: string) {
  return db
    .selectFrom('order_deliveries as d')
    .leftJoin('users as recorder', 'recorder.id', 'd.recorded_by')
    .leftJoin('users as reverser', 'reverser.id', 'd.reversed_by')
    .selectAll('d')
    .select(['recorder.name as recorder_name', 'reverser.name as reverser_name'])
    .where('d.order_id', '=', orderId)
    .orderBy('d.day', 'desc')
    .orderBy('d.recorded_at', 'desc')
    .orderBy('d.id', 'desc')
    .execute()
}
