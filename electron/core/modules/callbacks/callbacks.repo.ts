import { sql } from 'kysely'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { CallBackFilters } from '#shared/modules/callbacks/callbacks.contract.ts'
import { GRADES } from '#shared/modules/customers/customers.schema.ts'
import type { CallBackCycles } from '#shared/modules/office/office.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'

const SOON_DAYS = 14

/** Which call-backs a list is about; `cycles` in natural days, 0 for none. */
export interface CallBackQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: CallBackFilters
  readonly cycles: CallBackCycles
  readonly today: PlainDay
}

/** Customers with the last contact and the day it falls due, before that day is moved to a working day. */
function due(db: Reader, query: CallBackQuery) {
  const { scope, filters, cycles } = query
  const graded = GRADES.filter((grade) => cycles[grade] > 0)
  const cycle = sql`CASE customers.grade ${sql.join(
    GRADES.map((grade) => sql`WHEN ${grade} THEN ${cycles[grade]}`),
    sql` `,
  )} END`
  const last = sql<string | null>`(SELECT max(day) FROM visits
    WHERE visits.customer_id = customers.id AND visits.state = 'done')`
  let rows = applyScope(
    db
      .selectFrom('customers')
      .leftJoin('users', 'users.id', 'customers.owner_id')
      .select(['customers.id', 'customers.code', 'customers.name', 'customers.grade', 'users.name as owner_name'])
      .select([
        last.as('last_day'),
        sql<string>`date(coalesce(${last}, date(customers.created_at / 1000, 'unixepoch')), '+' || ${cycle} || ' days')`.as(
          'due',
        ),
      ])
      .where('customers.removed_at', 'is', null)
      .where('customers.stage', '=', 'customer')
      .where('customers.grade', 'in', graded.length > 0 ? graded : ['']),
    scope,
    'customers.owner_id',
  )
  const needle = normaliseQuery(query.text ?? '')
  if (needle !== '') rows = rows.where(sql<boolean>`instr(customers.search_text, ${needle}) > 0`)
  if (filters.ownerId !== undefined) rows = rows.where('customers.owner_id', '=', filters.ownerId)
  if (filters.grade !== undefined) rows = rows.where('customers.grade', '=', filters.grade)
  return rows
}

function filtered(db: Reader, query: CallBackQuery) {
  const { filters, today } = query
  const rows = db.selectFrom(due(db, query).as('c')).selectAll()
  if (filters.due === 'overdue') return rows.where('c.due', '<=', today)
  if (filters.due === 'soon') return rows.where('c.due', '>', today).where('c.due', '<=', addDays(today, SOON_DAYS))
  return rows
}

export type FoundCallBack = Awaited<ReturnType<typeof listCallBacks>>['rows'][number]

/** A page of customers by the day they fall due. */
export async function listCallBacks(
  db: Reader,
  query: CallBackQuery,
  page: Pick<PageInput<'due'>, 'sort' | 'cursor' | 'limit'>,
) {
  const rows = await keyset(filtered(db, query), {
    sortColumn: 'c.due',
    idColumn: 'c.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  return pageOf(
    rows,
    page.limit,
    (row) => row.due,
    (row) => row.id,
  )
}

/** How many customers the whole list has, and how many of them are due by today. */
export async function countCallBacks(db: Reader, query: CallBackQuery): Promise<{ count: number; overdue: number }> {
  const row = await db
    .selectFrom(filtered(db, query).as('d'))
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      sql<number>`coalesce(sum(d.due <= ${query.today}), 0)`.as('overdue'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), overdue: Number(row.overdue) }
}
