import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { VisitFilters, VisitRow } from '#shared/modules/visits/visits.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Which visits a list is about. */
export interface VisitQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: VisitFilters
}

function visitsQuery(db: Reader | Writer, scope: Scope) {
  return applyScope(
    db
      .selectFrom('visits')
      .innerJoin('customers', 'customers.id', 'visits.customer_id')
      .innerJoin('users', 'users.id', 'visits.user_id')
      .selectAll('visits')
      .select(['customers.name as customer_name', 'users.name as user_name']),
    scope,
    'visits.user_id',
  )
}
type RawVisit = Awaited<ReturnType<ReturnType<typeof visitsQuery>['executeTakeFirstOrThrow']>>

function filtered(db: Reader, { scope, text, filters }: VisitQuery) {
  let query = visitsQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(customers.search_text, ${needle}) > 0`)
  if (filters.userId !== undefined) query = query.where('visits.user_id', '=', filters.userId)
  if (filters.customerId !== undefined) query = query.where('visits.customer_id', '=', filters.customerId)
  if (filters.purpose !== undefined) query = query.where('visits.purpose', '=', filters.purpose)
  if (filters.channel !== undefined) query = query.where('visits.channel', '=', filters.channel)
  if (filters.from !== undefined) query = query.where('visits.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('visits.day', '<=', filters.to)
  return query
}

function toRow(raw: RawVisit): VisitRow {
  return {
    id: raw.id,
    customerId: raw.customer_id,
    customerName: raw.customer_name,
    userId: raw.user_id,
    userName: raw.user_name,
    day: raw.day,
    channel: raw.channel as VisitRow['channel'],
    purpose: raw.purpose as VisitRow['purpose'],
    result: raw.result,
    nextStep: raw.next_step,
    nextDay: raw.next_day,
    version: raw.version,
  }
}

/** A page of visits by day. */
export async function listVisits(
  db: Reader,
  query: VisitQuery,
  page: Pick<PageInput<'day'>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: VisitRow[]; nextCursor: string | null }> {
  const rows = await keyset(filtered(db, query), {
    sortColumn: 'visits.day',
    idColumn: 'visits.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row.day,
    (row) => row.id,
  )
  return { rows: cut.rows.map(toRow), nextCursor: cut.nextCursor }
}

/** How many visits the whole list has. */
export async function countListed(db: Reader, query: VisitQuery): Promise<number> {
  const row = await db
    .selectFrom(filtered(db, query).as('v'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** One visit within the scope, or null. */
export async function findVisit(db: Reader | Writer, scope: Scope, id: string): Promise<VisitRow | null> {
  const raw = await visitsQuery(db, scope).where('visits.id', '=', id).executeTakeFirst()
  return raw ? toRow(raw) : null
}
