import { sql } from 'kysely'
import { addMonths, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { LadderAction } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import type { DunningPolicy } from '#shared/modules/dunning/dunning.policy.schema.ts'
import type { WorkFilters, WorkListRow, WorkSort, WorkSums } from '#shared/modules/dunning/dunning.worklist.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'

const NEVER = '9999-12-31'

/** Which rows are asked for. */
export interface WorkQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: WorkFilters
  readonly today: PlainDay
}

const COLUMN = {
  rank: 'w.rank',
  atRisk: 'w.at_risk',
  overdue: 'w.overdue',
  outstanding: 'w.outstanding',
  oldest: 'w.oldest_key',
  limitation: 'w.limitation_key',
  next: 'w.next_key',
} as const satisfies Record<WorkSort, string>

const MONTHS = { m1: 1, m3: 3, m6: 6, m12: 12 } as const

/** The rows of the scope: of whole customers, or of what the scope's people answer for each. */
export function casesQuery(db: Reader, { scope, text, filters, today }: WorkQuery) {
  let query = db.selectFrom('dunning_cases as w').innerJoin('customers as c', 'c.id', 'w.customer_id')
  if (scope.kind === 'all') query = query.where('w.whole', '=', 1)
  else if (scope.userIds.length === 0) query = query.where(sql<boolean>`1 = 0`)
  else query = query.where('w.single', '=', 1).where('w.owner_id', 'in', [...scope.userIds])
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(c.search_text, ${needle}) > 0`)
  if (filters.customerId !== undefined) query = query.where('w.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) query = query.where('w.owner_id', '=', filters.ownerId)
  if (filters.step !== undefined) query = query.where('w.step', '=', filters.step)
  if (filters.action !== undefined) query = query.where('w.action', '=', filters.action)
  if (filters.doer !== undefined) query = query.where('w.doer', '=', filters.doer)
  if (filters.reason === 'none') query = query.where('w.reason', 'is', null)
  else if (filters.reason !== undefined) query = query.where('w.reason', '=', filters.reason)
  if (filters.broken !== undefined) query = query.where('w.broken', filters.broken ? '>' : '=', 0)
  if (filters.today === true) query = query.where('w.tier', 'in', ['brokenToday', 'today'])
  if (filters.today === false) query = query.where('w.tier', 'in', ['broken', 'waiting'])
  if (filters.overdueFrom !== undefined) query = query.where('w.overdue', '>=', filters.overdueFrom)
  if (filters.overdueTo !== undefined) query = query.where('w.overdue', '<=', filters.overdueTo)
  const { limitation } = filters
  if (limitation === 'expired') query = query.where('w.limitation_key', '<', today)
  else if (limitation !== undefined) {
    const end = addMonths(today, MONTHS[limitation])
    query = query.where('w.limitation_key', '>=', today).where('w.limitation_key', '<=', end)
  }
  return query
}

/** A page of the list, read by the index of its order. */
export async function listCases(
  db: Reader,
  asked: WorkQuery,
  page: Pick<PageInput<WorkSort>, 'sort' | 'cursor' | 'limit'>,
  policy: DunningPolicy,
): Promise<{ rows: WorkListRow[]; nextCursor: string | null }> {
  const column = COLUMN[page.sort.key]
  const query = casesQuery(db, asked)
    .leftJoin('users as u', 'u.id', 'w.owner_id')
    .selectAll('w')
    .select(['c.name as customer_name', 'u.name as owner_name'])
    .select(sql<number | string>`${sql.ref(column)}`.as('sorted'))
  const rows = await keyset(query, {
    sortColumn: column,
    idColumn: 'w.place',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row.sorted,
    (row) => row.place,
  )
  const levels = new Map(policy.levels.map((level, at) => [level.key, at + 1]))
  const dayOf = (key: string) => (key === NEVER || key === '' ? null : key)
  return {
    rows: cut.rows.map((row) => ({
      customerId: row.customer_id,
      customerName: row.customer_name,
      ownerId: row.owner_id,
      ownerName: row.owner_name ?? '',
      tier: row.tier,
      outstanding: row.outstanding,
      overdue: row.overdue,
      atRisk: row.at_risk,
      maxDays: row.oldest_key === NEVER ? 0 : diffDays(row.oldest_key as PlainDay, asked.today),
      limitationDay: dayOf(row.limitation_key),
      broken: row.broken,
      promisedUntil: row.promised_until,
      action: row.action as LadderAction,
      step: row.step,
      level: levels.get(row.step) ?? null,
      kind: row.kind,
      doer: row.doer as WorkListRow['doer'],
      nextDay: dayOf(row.next_key),
      reason: row.reason,
      lastContact: dayOf(row.contact_key),
    })),
    nextCursor: cut.nextCursor,
  }
}

/** Count and sums over everything asked for. */
export async function sumCases(db: Reader, asked: WorkQuery): Promise<WorkSums> {
  const row = await casesQuery(db, asked)
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(w.outstanding), 0)`.as('outstanding'),
      sql<number>`coalesce(sum(w.overdue), 0)`.as('overdue'),
      sql<number>`coalesce(sum(w.at_risk), 0)`.as('atRisk'),
      sql<number>`coalesce(sum(w.broken > 0), 0)`.as('broken'),
      sql<number>`coalesce(sum(w.tier IN ('brokenToday', 'today')), 0)`.as('today'),
    ])
    .executeTakeFirstOrThrow()
  return row
}

/** Letters of one batch, and how many of those that get none are shown beside them. */
const MOST_LETTERS = 2000
const MOST_OTHERS = 200

/**
 * Whom a preview is about, most at risk first: everybody who gets a letter today, as far as one batch goes, then those
 * with something overdue who get none. With `only`, these customers.
 */
export async function customersToPreview(
  db: Reader,
  asked: WorkQuery,
  only?: readonly string[],
): Promise<readonly string[]> {
  let query = casesQuery(db, asked).select('w.customer_id').groupBy('w.customer_id')
  if (only) query = query.where('w.customer_id', 'in', [...only])
  const ranked = query.orderBy(sql`min(w.rank)`).orderBy(sql`min(w.place)`)
  const going = await ranked.where('w.letter', '=', 1).limit(MOST_LETTERS).execute()
  const others = await ranked.where('w.letter', '=', 0).where('w.overdue', '>', 0).limit(MOST_OTHERS).execute()
  return [...new Set([...going, ...others].map((row) => row.customer_id))]
}
