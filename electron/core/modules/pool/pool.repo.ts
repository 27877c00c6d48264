import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { PoolFacts } from '#shared/modules/pool/pool.rules.ts'
import type { PoolFilters } from '#shared/modules/pool/pool.schema.ts'
import { GRADES, KINDS } from '#shared/modules/customers/customers.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export type PoolSort = 'since' | 'name'
const SORT = { since: 'customer_pool.since', name: 'customers.sort_name' } as const

export interface PoolQuery {
  readonly text?: string | undefined
  readonly filters: PoolFilters
}

function pooled(db: Reader | Writer, { text, filters }: PoolQuery) {
  let rows = db
    .selectFrom('customer_pool')
    .innerJoin('customers', 'customers.id', 'customer_pool.customer_id')
    .where('customers.removed_at', 'is', null)
    .where('customers.owner_id', 'is', null)
  if (filters.grade !== undefined) rows = rows.where('customers.grade', '=', filters.grade)
  if (filters.region !== undefined) rows = rows.where('customers.region', '=', filters.region)
  if (filters.reason !== undefined) rows = rows.where('customer_pool.reason', '=', filters.reason)
  const needle = normaliseQuery(text ?? '')
  // By what the pool shows, not by phone or contact: a search must not tell what the list hides.
  if (needle !== '') {
    rows = rows.where(sql<boolean>`instr(replace(customers.sort_name, ' ', '') || '|' || lower(customers.name) || '|' ||
      lower(customers.code) || '|' || lower(customers.industry), ${needle}) > 0`)
  }
  return rows
}

const columns = [
  'customers.id',
  'customers.name',
  'customers.code',
  'customers.region',
  'customers.industry',
  'customers.grade',
  'customers.sort_name',
  'customers.version',
  'customer_pool.reason',
  'customer_pool.note',
  'customer_pool.since',
  'customer_pool.since_day',
  'customer_pool.former_owner_id',
] as const

export async function listPool(
  db: Reader,
  query: PoolQuery,
  page: Pick<PageInput<PoolSort>, 'sort' | 'cursor' | 'limit'>,
) {
  const rows = await keyset(
    pooled(db, query)
      .leftJoin('users', 'users.id', 'customer_pool.former_owner_id')
      .select(columns)
      .select('users.name as former_owner_name'),
    {
      sortColumn: SORT[page.sort.key],
      idColumn: 'customers.id',
      dir: page.sort.dir,
      cursor: page.cursor,
      limit: page.limit,
    },
  ).execute()
  return pageOf(
    rows,
    page.limit,
    (row) => (page.sort.key === 'since' ? row.since : row.sort_name),
    (row) => row.id,
  )
}

export async function countPool(db: Reader, query: PoolQuery): Promise<number> {
  const row = await pooled(db, query)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** What became of the pool since a day: how many customers somebody claimed, and how many were given to somebody. */
export async function takenSince(db: Reader, day: string): Promise<{ claimed: number; assigned: number }> {
  const row = await db
    .selectFrom('customer_claims')
    .where('day', '>=', day)
    .select([
      sql<number>`coalesce(sum(claimed = 1), 0)`.as('claimed'),
      sql<number>`coalesce(sum(claimed = 0), 0)`.as('assigned'),
    ])
    .executeTakeFirstOrThrow()
  return { claimed: Number(row.claimed), assigned: Number(row.assigned) }
}

/** One of the pool; nothing where somebody has taken it. */
export const findPooled = (db: Reader | Writer, id: string) =>
  pooled(db, { filters: {} }).select(columns).where('customers.id', '=', id).executeTakeFirst()

/** Customers that a person looks after now, and how many he has claimed today. */
export async function holdingsOf(db: Reader | Writer, userId: string, today: string) {
  const held = await db
    .selectFrom('customers')
    .where('owner_id', '=', userId)
    .where('removed_at', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const claimed = await db
    .selectFrom('customer_claims')
    .where('user_id', '=', userId)
    .where('day', '=', today)
    .where('claimed', '=', 1)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return { held: Number(held.count), today: Number(claimed.count) }
}

export interface PoolCandidate extends PoolFacts {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly version: number
}

/**
 * Facts of customers that have an owner, after this id and in the order of ids, so many at once. Contracts count until
 * all of them is settled; drafts and deals while they are open. A day of a moment is that of the given zone.
 */
export async function poolCandidates(
  db: Reader | Writer,
  asked: { readonly after: string; readonly limit: number; readonly ids?: readonly string[]; readonly offset: number },
): Promise<PoolCandidate[]> {
  const day = (moment: string) => sql`date((${sql.ref(moment)} + ${asked.offset}) / 1000, 'unixepoch')`
  const lastOf = (table: string, column: string, more = sql``) =>
    sql<
      string | null
    >`(SELECT max(${sql.ref(column)}) FROM ${sql.table(table)} x WHERE x.customer_id = customers.id ${more})`
  let query = db
    .selectFrom('customers')
    .where('customers.removed_at', 'is', null)
    .where('customers.owner_id', 'is not', null)
    .where('customers.id', '>', asked.after)
    .orderBy('customers.id')
    .limit(asked.limit)
    .leftJoin('customer_pool_notices', 'customer_pool_notices.customer_id', 'customers.id')
    .select([
      'customers.id',
      'customers.name',
      'customers.owner_id',
      'customers.grade',
      'customers.kind',
      'customers.version',
    ])
    .select('customer_pool_notices.day as notice_day')
    .select([
      sql<string>`max(
        ${day('customers.created_at')},
        coalesce(${lastOf('visits', 'x.day', sql`AND x.state = 'done'`)}, ''),
        coalesce(${lastOf('contracts', 'x.sign_day', sql`AND x.state = 'signed'`)}, ''),
        coalesce((SELECT max(${day('x.created_at')}) FROM deals x WHERE x.customer_id = customers.id), ''),
        coalesce(${lastOf('customer_claims', 'x.day')}, '')
      )`.as('last_day'),
      lastOf('customer_claims', 'x.day').as('taken_day'),
      sql<number>`(SELECT count(*) FROM contracts x WHERE x.customer_id = customers.id
        AND (x.state = 'draft' OR (x.state = 'signed' AND (x.settled + x.released < x.amount
          OR (x.amount = 0 AND x.ended_day IS NULL)))))`.as('open_contracts'),
      sql<number>`(SELECT count(*) FROM deals x WHERE x.customer_id = customers.id AND x.removed_at IS NULL
        AND x.stage NOT IN ('won', 'lost'))`.as('open_deals'),
      sql<number>`(SELECT coalesce(sum(x.outstanding), 0) FROM receivable_instalments x
        WHERE x.customer_id = customers.id AND x.outstanding > 0)`.as('outstanding'),
    ])
  if (asked.ids !== undefined) query = query.where('customers.id', 'in', asked.ids.length > 0 ? [...asked.ids] : [''])
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    ownerId: row.owner_id ?? '',
    version: row.version,
    grade: GRADES.find((grade) => grade === row.grade) ?? 'D',
    kind: KINDS.find((kind) => kind === row.kind) ?? 'other',
    lastDay: row.last_day as PlainDay,
    takenDay: row.taken_day as PlainDay | null,
    noticeDay: row.notice_day as PlainDay | null,
    openContracts: Number(row.open_contracts),
    openDeals: Number(row.open_deals),
    outstanding: Number(row.outstanding),
  }))
}
