import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { VisitFilters, VisitRow } from '#shared/modules/visits/visits.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { scopedTo, type Scope } from '#core/kernel/scope.ts'
import { openTo } from '#core/modules/customers/customers.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Which visits a list is about. */
export interface VisitQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: VisitFilters
  /** Of this day and earlier ones, what is planned is overdue for a report. */
  readonly overdueThrough: string
}

/** Visits of the scope's people; `theirs` also those of others at customers that are open to it. */
export function visitsQuery(db: Reader | Writer, scope: Scope, theirs = false) {
  return db
    .selectFrom('visits')
    .innerJoin('customers', 'customers.id', 'visits.customer_id')
    .innerJoin('users', 'users.id', 'visits.user_id')
    .selectAll('visits')
    .select(['customers.name as customer_name', 'users.name as user_name'])
    .where((eb) => {
      const own = scopedTo(scope, 'visits.user_id')
      return theirs ? eb.or([own, openTo(scope)]) : own
    })
}
/** A visit as it is kept, with the names of its customer and its visitor. */
export type RawVisit = Awaited<ReturnType<ReturnType<typeof visitsQuery>['executeTakeFirstOrThrow']>>

function filtered(db: Reader, { scope, text, filters, overdueThrough }: VisitQuery) {
  // The story of one customer is told whole to whoever may open his file.
  let query = visitsQuery(db, scope, filters.customerId !== undefined)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(customers.search_text, ${needle}) > 0`)
  if (filters.userId !== undefined) query = query.where('visits.user_id', '=', filters.userId)
  if (filters.customerId !== undefined) query = query.where('visits.customer_id', '=', filters.customerId)
  if (filters.purpose !== undefined) query = query.where('visits.purpose', '=', filters.purpose)
  if (filters.channel !== undefined) query = query.where('visits.channel', '=', filters.channel)
  if (filters.state !== undefined) query = query.where('visits.state', '=', filters.state)
  if (filters.from !== undefined) query = query.where('visits.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('visits.day', '<=', filters.to)
  if (filters.late) query = query.where('visits.state', '=', 'done').where('visits.late', '=', 1)
  if (filters.overdue) query = query.where('visits.state', '=', 'planned').where('visits.day', '<=', overdueThrough)
  if (filters.wasPlanned) query = query.where('visits.planned_at', 'is not', null)
  if (filters.report !== undefined) {
    query = query
      .where('visits.state', '=', 'done')
      .where('visits.complete', '=', filters.report === 'complete' ? 1 : 0)
  }
  return query
}

/** What its readers see of a visit. */
export function toRow(raw: RawVisit, overdueThrough: string): VisitRow {
  return {
    id: raw.id,
    customerId: raw.customer_id,
    customerName: raw.customer_name,
    userId: raw.user_id,
    userName: raw.user_name,
    day: raw.day,
    startMinute: raw.start_minute,
    endMinute: raw.end_minute,
    channel: raw.channel as VisitRow['channel'],
    purpose: raw.purpose as VisitRow['purpose'],
    state: raw.state as VisitRow['state'],
    place: raw.place,
    goal: raw.goal,
    result: raw.result,
    needs: raw.needs,
    concerns: raw.concerns,
    intent: raw.intent as VisitRow['intent'],
    evidence: raw.evidence,
    nextStep: raw.next_step,
    nextDay: raw.next_day,
    noNextReason: raw.no_next_reason,
    reasonCode: raw.reason_code,
    reasonText: raw.reason_text,
    rescheduledFrom: raw.rescheduled_from,
    wasPlanned: raw.planned_at !== null,
    reportDay: raw.report_day,
    late: raw.state === 'done' && raw.late === 1,
    overdue: raw.state === 'planned' && raw.day <= overdueThrough,
    complete: raw.state === 'done' && raw.complete === 1,
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
  return { rows: cut.rows.map((raw) => toRow(raw, query.overdueThrough)), nextCursor: cut.nextCursor }
}

/** How many visits the whole list has, and what is to be said of their reports. */
export async function countListed(db: Reader, query: VisitQuery) {
  const row = await db
    .selectFrom(filtered(db, query).as('v'))
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      sql<number>`coalesce(sum(v.state = 'planned'), 0)`.as('planned'),
      sql<number>`coalesce(sum(v.state = 'done' AND v.late = 1), 0)`.as('late'),
      sql<number>`coalesce(sum(v.state = 'planned' AND v.day <= ${query.overdueThrough}), 0)`.as('overdue'),
    ])
    .executeTakeFirstOrThrow()
  return {
    count: Number(row.count),
    planned: Number(row.planned),
    late: Number(row.late),
    overdue: Number(row.overdue),
  }
}

/** One visit within the scope as it is kept, or null; to be read only, it may be another's at an open customer. */
export async function findVisit(
  db: Reader | Writer,
  scope: Scope,
  id: string,
  theirs = false,
): Promise<RawVisit | null> {
  return (await visitsQuery(db, scope, theirs).where('visits.id', '=', id).executeTakeFirst()) ?? null
}
