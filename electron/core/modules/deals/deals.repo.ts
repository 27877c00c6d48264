import { sql, type SelectQueryBuilder } from 'kysely'
import { endOfMonth, startOfMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { OPEN_STAGES, type OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import type { DealFilters, DealSort } from '#shared/modules/deals/deals.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'

/** Which deals a list is about. `today` is the firm's day: what is overdue turns on it. */
export interface DealQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: DealFilters
  readonly today: string
}

export type DealRecord = Tables['deals']

const SORT = {
  expectedDay: 'deals.expected_day',
  updatedAt: 'deals.updated_at',
  amount: 'deals.amount',
  name: 'deals.sort_name',
} as const
const SORTED_BY = {
  expectedDay: 'expected_day',
  updatedAt: 'updated_at',
  amount: 'amount',
  name: 'sort_name',
} as const satisfies Record<DealSort, keyof DealRecord>

/** Amount times probability as the rule rounds it: both are positive, and within 2^53 where the amount is up to 9e11. */
export const WEIGHTED = sql<number>`(deals.amount / 10000 * deals.probability
  + (deals.amount % 10000 * deals.probability + 5000) / 10000)`

/** Deals of the scope's owners, and those whose credit somebody of the scope shares; none that was removed. */
export function readable<O>(query: SelectQueryBuilder<Tables, 'deals', O>, scope: Scope) {
  return inReach(query, scope).where('deals.removed_at', 'is', null)
}

/** The same with those that were removed: what the pipeline was knows of them too. */
export function inReach<O>(query: SelectQueryBuilder<Tables, 'deals', O>, scope: Scope) {
  if (scope.kind === 'all') return query
  const people = [...scope.userIds]
  if (people.length === 0) return query.where(sql<boolean>`1 = 0`)
  return query.where((eb) =>
    eb.or([
      eb('deals.owner_id', 'in', people),
      eb(
        'deals.id',
        'in',
        eb.selectFrom('deal_splits').select('deal_splits.deal_id').where('deal_splits.user_id', 'in', people),
      ),
    ]),
  )
}

/** By number, name or customer; a customer of the caller's also by all else that customers are found by. */
function matching(db: Reader, scope: Scope, needle: string) {
  const customers = applyScope(db.selectFrom('customers').select('customers.id'), scope, 'customers.owner_id')
    .where(sql<boolean>`customers.id = deals.customer_id`)
    .where(sql<boolean>`instr(customers.search_text, ${needle}) > 0`)
  return sql<boolean>`(instr(deals.search_text, ${needle}) > 0 OR EXISTS ${customers})`
}

function filtered<O>(db: Reader, query: SelectQueryBuilder<Tables, 'deals', O>, asked: DealQuery) {
  const { filters, today } = asked
  let q = readable(query, asked.scope)
  const needle = normaliseQuery(asked.text ?? '')
  if (needle !== '') q = q.where(matching(db, asked.scope, needle))
  if (filters.stage !== undefined) q = q.where('deals.stage', '=', filters.stage)
  if (filters.state === 'open' || filters.overdue) q = q.where('deals.stage', 'in', [...OPEN_STAGES])
  if (filters.state === 'closed') q = q.where('deals.stage', 'in', ['won', 'lost'])
  if (filters.ownerId !== undefined) q = q.where('deals.owner_id', '=', filters.ownerId)
  if (filters.customerId !== undefined) q = q.where('deals.customer_id', '=', filters.customerId)
  if (filters.month !== undefined) {
    const month = filters.month as PlainMonth
    q = q.where('deals.expected_day', '>=', startOfMonth(month)).where('deals.expected_day', '<=', endOfMonth(month))
  }
  if (filters.overdue) q = q.where('deals.expected_day', '<', today)
  if (filters.reason !== undefined) q = q.where('deals.close_reason', '=', filters.reason)
  if (filters.lostTo !== undefined) q = q.where('deals.lost_to', '=', filters.lostTo)
  if (filters.closedFrom !== undefined) q = q.where('deals.closed_day', '>=', filters.closedFrom)
  if (filters.closedTo !== undefined) q = q.where('deals.closed_day', '<=', filters.closedTo)
  return q
}

/** A page of deals. */
export async function listDeals(
  db: Reader,
  asked: DealQuery,
  page: Pick<PageInput<DealSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: DealRecord[]; nextCursor: string | null }> {
  const rows = await keyset(filtered(db, db.selectFrom('deals').selectAll('deals'), asked), {
    sortColumn: SORT[page.sort.key],
    idColumn: 'deals.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  return pageOf(
    rows,
    page.limit,
    (row) => row[SORTED_BY[page.sort.key]],
    (row) => row.id,
  )
}

const sums = [
  sql<number>`count(*)`.as('count'),
  sql<number>`coalesce(sum(deals.amount), 0)`.as('amount'),
  sql<number>`coalesce(sum(${WEIGHTED}), 0)`.as('weighted'),
] as const

/** Count and sums in fen of a whole selection. */
export async function sumDeals(db: Reader, asked: DealQuery) {
  const late = sql<number>`coalesce(sum(deals.closed_day IS NULL AND deals.expected_day < ${asked.today}), 0)`
  return filtered(db, db.selectFrom('deals'), asked)
    .select([...sums, late.as('overdue')])
    .executeTakeFirstOrThrow()
}

/** Count and sums of every open stage, empty ones too. */
export async function sumStages(db: Reader, asked: DealQuery) {
  const rows = await filtered(db, db.selectFrom('deals'), { ...asked, filters: { ...asked.filters, state: 'open' } })
    .select(['deals.stage', ...sums])
    .groupBy('deals.stage')
    .execute()
  return OPEN_STAGES.map((stage: OpenStage) => {
    const found = rows.find((row) => row.stage === stage)
    return { stage, count: found?.count ?? 0, amount: found?.amount ?? 0, weighted: found?.weighted ?? 0 }
  })
}

/** A deal that may be read within the scope; undefined otherwise. */
export function findDeal(db: Reader | Writer, scope: Scope, id: string): Promise<DealRecord | undefined> {
  return readable(db.selectFrom('deals').selectAll('deals'), scope).where('deals.id', '=', id).executeTakeFirst()
}

/** Who shares it, who competes, and what worries the customer, each in its order. */
export async function findDealParts(db: Reader | Writer, id: string) {
  const splits = await db
    .selectFrom('deal_splits')
    .select(['user_id as userId', 'share'])
    .where('deal_id', '=', id)
    .orderBy('position')
    .execute()
  const competitors = await db
    .selectFrom('deal_competitors')
    .select(['name', 'product', 'price', 'note'])
    .where('deal_id', '=', id)
    .orderBy('position')
    .execute()
  const concerns = await db
    .selectFrom('deal_concerns')
    .select(['topic', 'answer', 'status'])
    .where('deal_id', '=', id)
    .orderBy('position')
    .execute()
  return { splits, competitors, concerns }
}
export type DealParts = Awaited<ReturnType<typeof findDealParts>>

/** Puts these in the place of what is there; what is left out stays. */
export async function replaceDealParts(
  db: Writer,
  dealId: string,
  parts: {
    readonly splits?: readonly Omit<Tables['deal_splits'], 'deal_id' | 'position'>[]
    readonly competitors?: readonly Omit<Tables['deal_competitors'], 'deal_id' | 'position'>[]
    readonly concerns?: readonly Omit<Tables['deal_concerns'], 'deal_id' | 'position'>[]
  },
): Promise<void> {
  const placed = <R>(rows: readonly R[]) => rows.map((row, position) => ({ ...row, deal_id: dealId, position }))
  if (parts.splits) {
    await db.deleteFrom('deal_splits').where('deal_id', '=', dealId).execute()
    if (parts.splits.length > 0) await db.insertInto('deal_splits').values(placed(parts.splits)).execute()
  }
  if (parts.competitors) {
    await db.deleteFrom('deal_competitors').where('deal_id', '=', dealId).execute()
    if (parts.competitors.length > 0) {
      await db.insertInto('deal_competitors').values(placed(parts.competitors)).execute()
    }
  }
  if (parts.concerns) {
    await db.deleteFrom('deal_concerns').where('deal_id', '=', dealId).execute()
    if (parts.concerns.length > 0) await db.insertInto('deal_concerns').values(placed(parts.concerns)).execute()
  }
}

/** How a deal moved, oldest first. */
export function movesOf(db: Reader | Writer, id: string) {
  return db
    .selectFrom('deal_moves')
    .leftJoin('users', 'users.id', 'deal_moves.user_id')
    .selectAll('deal_moves')
    .select('users.name as user_name')
    .where('deal_moves.deal_id', '=', id)
    .orderBy('deal_moves.at')
    .orderBy('deal_moves.id')
    .execute()
}
