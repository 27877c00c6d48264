import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { daysLate, dueGroup, dueRange, type DueGroup, type TaskModule } from '#shared/modules/tasks/tasks.rules.ts'
import type { TaskFilters, TaskRow, TaskSort } from '#shared/modules/tasks/tasks.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { openTo } from '#core/modules/customers/customers.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Whose tasks a person sees, and of which customers they may be told. */
export interface TaskSight {
  readonly scope: Scope
  readonly userId: string
  /** Null: no customers at all. */
  readonly customers: Scope | null
  readonly today: PlainDay
}

/** Which tasks a list is about. */
export interface TaskQuery {
  readonly sight: TaskSight
  readonly text?: string | undefined
  readonly filters: TaskFilters
}

function owned(scope: Scope | null, column: string): RawBuilder<boolean> {
  if (scope === null) return sql<boolean>`1 = 0`
  if (scope.kind === 'all') return sql<boolean>`1 = 1`
  if (scope.userIds.length === 0) return sql<boolean>`1 = 0`
  return sql<boolean>`${sql.ref(column)} in (${sql.join([...scope.userIds])})`
}

/** Tasks within sight; the customer is joined only where it may be seen, so nothing of another's can be asked. */
function tasksQuery(db: Reader | Writer, sight: TaskSight) {
  const query = db
    .selectFrom('tasks')
    .innerJoin('users as owner', 'owner.id', 'tasks.owner_id')
    .leftJoin('users as author', 'author.id', 'tasks.created_by')
    .leftJoin('users as closer', 'closer.id', 'tasks.closed_by')
    .leftJoin('customers', (join) =>
      join
        .onRef('customers.id', '=', 'tasks.customer_id')
        .on(sight.customers ? openTo(sight.customers) : sql<boolean>`1 = 0`),
    )
    .selectAll('tasks')
    .select([
      'owner.name as owner_name',
      'author.name as author_name',
      'closer.name as closer_name',
      'customers.id as seen_customer_id',
      'customers.name as customer_name',
    ])
  return withinSight(query, sight)
}

/** One's own tasks, those of one's people, and those that one gave to others. */
export function withinSight<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  { scope, userId }: Pick<TaskSight, 'scope' | 'userId'>,
): SelectQueryBuilder<DB, TB, O> {
  if (scope.kind === 'all') return query
  return query.where(sql<boolean>`(${owned(scope, 'tasks.owner_id')} or ${sql.ref('tasks.created_by')} = ${userId})`)
}
type RawTask = Awaited<ReturnType<ReturnType<typeof tasksQuery>['executeTakeFirstOrThrow']>>

function filtered(db: Reader, { sight, text, filters }: TaskQuery) {
  let query = tasksQuery(db, sight)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') {
    query = query.where(
      sql<boolean>`(instr(tasks.search_text, ${needle}) > 0 or instr(coalesce(customers.search_text, ''), ${needle}) > 0)`,
    )
  }
  if (filters.ownerId !== undefined) query = query.where('tasks.owner_id', '=', filters.ownerId)
  if (filters.createdById !== undefined) query = query.where('tasks.created_by', '=', filters.createdById)
  if (filters.given) {
    query = query.where('tasks.created_by', '=', sight.userId).where('tasks.owner_id', '<>', sight.userId)
  }
  if (filters.kind !== undefined) query = query.where('tasks.kind', '=', filters.kind)
  if (filters.state !== undefined) query = query.where('tasks.state', '=', filters.state)
  if (filters.customerId !== undefined) query = query.where('customers.id', '=', filters.customerId)
  if (filters.due !== undefined) {
    const range = filters.due === 'now' ? { from: null, to: sight.today } : dueRange(filters.due, sight.today)
    // Only what is open is due; on a Sunday nothing is left of the week.
    query = query.where('tasks.state', '=', 'open')
    if (range === null) query = query.where(sql<boolean>`1 = 0`)
    if (range?.from) query = query.where('tasks.due_day', '>=', range.from)
    if (range?.to) query = query.where('tasks.due_day', '<=', range.to)
  }
  return query
}

function toRow(raw: RawTask, today: PlainDay): TaskRow {
  const open = raw.state === 'open'
  return {
    id: raw.id,
    kind: raw.kind as TaskRow['kind'],
    title: raw.title,
    note: raw.note,
    ownerId: raw.owner_id,
    ownerName: raw.owner_name,
    dueDay: raw.due_day,
    firstDueDay: raw.first_due_day,
    group: open ? dueGroup(raw.due_day, today) : null,
    late: open ? daysLate(raw.due_day as PlainDay, today) : 0,
    customerId: raw.seen_customer_id,
    customerName: raw.customer_name,
    source:
      raw.source_module === null || raw.source_id === null
        ? null
        : { module: raw.source_module as TaskModule, id: raw.source_id },
    state: raw.state as TaskRow['state'],
    result: raw.result,
    closedAt: raw.closed_at,
    closedByName: raw.closer_name,
    createdById: raw.created_by,
    createdByName: raw.author_name,
    createdAt: raw.created_at,
    version: raw.version,
  }
}

const COLUMNS: Readonly<Record<TaskSort, string>> = { dueDay: 'tasks.due_day', createdAt: 'tasks.created_at' }

/** A page of tasks by the day they are due, or by when they were entered. */
export async function listTasks(
  db: Reader,
  query: TaskQuery,
  page: Pick<PageInput<TaskSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: TaskRow[]; nextCursor: string | null }> {
  const rows = await keyset(filtered(db, query), {
    sortColumn: COLUMNS[page.sort.key],
    idColumn: 'tasks.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => (page.sort.key === 'dueDay' ? row.due_day : row.created_at),
    (row) => row.id,
  )
  return { rows: cut.rows.map((row) => toRow(row, query.sight.today)), nextCursor: cut.nextCursor }
}

export type TaskCounts = Readonly<Record<DueGroup | 'count', number>>

/** How many tasks the whole list has, and where the open ones stand. */
export async function countTasks(db: Reader, query: TaskQuery): Promise<TaskCounts> {
  const rows = await db
    .selectFrom(filtered(db, query).as('found'))
    .select((eb) => ['found.state', 'found.due_day', eb.fn.countAll<number>().as('count')])
    .groupBy(['found.state', 'found.due_day'])
    .execute()
  const counts = { count: 0, overdue: 0, today: 0, week: 0, later: 0 }
  for (const row of rows) {
    counts.count += Number(row.count)
    if (row.state === 'open') counts[dueGroup(row.due_day, query.sight.today)] += Number(row.count)
  }
  return counts
}

/** These tasks, in the order of their due days, as far as they are within sight. */
export async function findTasks(db: Reader | Writer, sight: TaskSight, ids: readonly string[]): Promise<TaskRow[]> {
  const rows = await tasksQuery(db, sight)
    .where('tasks.id', 'in', [...ids])
    .orderBy('tasks.due_day')
    .orderBy('tasks.id')
    .execute()
  return rows.map((row) => toRow(row, sight.today))
}
