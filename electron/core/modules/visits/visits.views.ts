import { sql } from 'kysely'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { isWorkday, makeCalendar } from '#shared/kernel/workdays.ts'
import type { CalendarRow, DayOff, IntentRow, VisitFigures, VisitView } from '#shared/modules/visits/visits.schema.ts'
import { openTo } from '#core/modules/customers/customers.api.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { RawVisit } from './visits.repo.ts'

/** No month of one firm has more; what is beyond is said to be left out. */
const MAX_CALENDAR = 3000
const MAX_INTENTS = 50

export interface Period {
  readonly from: string
  readonly to: string
}

/** Visits that are planned or done within the period, by day and time; one more than are shown tells that there are. */
export async function calendarRows(
  db: Reader,
  scope: Scope,
  period: Period & { readonly userIds?: readonly string[] | undefined },
  overdueThrough: string,
): Promise<{ rows: CalendarRow[]; more: boolean }> {
  let query = applyScope(
    db
      .selectFrom('visits')
      .innerJoin('customers', 'customers.id', 'visits.customer_id')
      .innerJoin('users', 'users.id', 'visits.user_id')
      .selectAll('visits')
      .select(['customers.name as customer_name', 'users.name as user_name']),
    scope,
    'visits.user_id',
  )
    .where('visits.day', '>=', period.from)
    .where('visits.day', '<=', period.to)
    .where('visits.state', 'in', ['planned', 'done'])
  const { userIds } = period
  if (userIds !== undefined) {
    query = query.where((eb) =>
      eb.or([
        eb('visits.user_id', 'in', [...userIds]),
        eb(
          'visits.id',
          'in',
          eb
            .selectFrom('visit_people')
            .select('visit_people.visit_id')
            .where('visit_people.user_id', 'in', [...userIds]),
        ),
      ]),
    )
  }
  const found = await query
    .orderBy('visits.day')
    .orderBy(sql`coalesce(visits.start_minute, -1)`)
    .orderBy('visits.id')
    .limit(MAX_CALENDAR + 1)
    .execute()
  const shown = found.slice(0, MAX_CALENDAR)
  const companions = await companionsOf(
    db,
    shown.map((row) => row.id),
  )
  const rows = shown.map((row): CalendarRow => ({
    id: row.id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    userId: row.user_id,
    userName: row.user_name,
    withIds: companions.get(row.id) ?? [],
    day: row.day,
    startMinute: row.start_minute,
    endMinute: row.end_minute,
    state: row.state as CalendarRow['state'],
    channel: row.channel as CalendarRow['channel'],
    purpose: row.purpose as CalendarRow['purpose'],
    place: row.place,
    goal: row.goal,
    rescheduledFrom: row.rescheduled_from,
    series: row.series_id !== null,
    overdue: row.state === 'planned' && row.day <= overdueThrough,
    version: row.version,
  }))
  return { rows, more: found.length > MAX_CALENDAR }
}

async function companionsOf(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const rows = await inPieces(ids, (piece) =>
    db.selectFrom('visit_people').selectAll().where('visit_id', 'in', piece).orderBy('user_id').execute(),
  )
  const found = new Map<string, string[]>()
  for (const row of rows) found.set(row.visit_id, [...(found.get(row.visit_id) ?? []), row.user_id])
  return found
}

/** Visits in person by visitor; the sums are made where the rows are. */
export async function figuresOf(
  db: Reader,
  scope: Scope,
  period: Period,
  overdueThrough: string,
): Promise<VisitFigures[]> {
  const sum = (condition: ReturnType<typeof sql<boolean>>, name: string) =>
    sql<number>`coalesce(sum(${condition}), 0)`.as(name)
  const rows = await applyScope(
    db
      .selectFrom('visits')
      .innerJoin('users', 'users.id', 'visits.user_id')
      .select(['visits.user_id', 'users.name as user_name'])
      .select([
        sum(sql`visits.planned_at IS NOT NULL`, 'planned'),
        sum(sql`visits.planned_at IS NOT NULL AND visits.state = 'done'`, 'kept'),
        sum(sql`visits.state = 'planned'`, 'open'),
        sum(sql`visits.state = 'done'`, 'done'),
        sum(sql`visits.state = 'done' AND visits.complete = 1`, 'complete'),
        sum(sql`visits.state = 'cancelled'`, 'cancelled'),
        sum(sql`visits.state = 'incident'`, 'incident'),
        sum(sql`visits.state = 'done' AND visits.late = 1`, 'late'),
        sum(sql`visits.state = 'planned' AND visits.day <= ${overdueThrough}`, 'overdue'),
      ]),
    scope,
    'visits.user_id',
  )
    .where('visits.channel', '=', 'visit')
    .where('visits.day', '>=', period.from)
    .where('visits.day', '<=', period.to)
    .groupBy(['visits.user_id', 'users.name'])
    .orderBy('users.name')
    .orderBy('visits.user_id')
    .execute()
  return rows.map(({ user_id: userId, user_name: userName, ...figures }) => ({
    userId,
    userName,
    ...(Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Number(value)])) as Omit<
      VisitFigures,
      'userId' | 'userName'
    >),
  }))
}

/** How a customer within the scope was judged, by whomever; the latest first. */
export async function intentsOf(db: Reader, scope: Scope, customerId: string): Promise<IntentRow[]> {
  const rows = await db
    .selectFrom('customer_intents')
    .innerJoin('customers', 'customers.id', 'customer_intents.customer_id')
    .leftJoin('users', 'users.id', 'customer_intents.user_id')
    .selectAll('customer_intents')
    .select('users.name as user_name')
    .where(openTo(scope))
    .where('customer_intents.customer_id', '=', customerId)
    .orderBy('customer_intents.day', 'desc')
    .orderBy('customer_intents.created_at', 'desc')
    .limit(MAX_INTENTS)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.day,
    intent: row.intent as IntentRow['intent'],
    evidence: row.evidence,
    visitId: row.visit_id,
    userName: row.user_name ?? '',
  }))
}

type Parts = Pick<VisitView, 'withPeople' | 'theirPeople' | 'checks' | 'moves' | 'nextOwner'>

/** Everything that hangs on one visit. */
export async function partsOf(db: Reader | Writer, visit: RawVisit): Promise<Parts> {
  const withPeople = await db
    .selectFrom('visit_people')
    .innerJoin('users', 'users.id', 'visit_people.user_id')
    .select(['users.id', 'users.name'])
    .where('visit_people.visit_id', '=', visit.id)
    .orderBy('users.name')
    .execute()
  const contacts = await db
    .selectFrom('visit_contacts')
    .select('name')
    .where('visit_id', '=', visit.id)
    .orderBy('position')
    .execute()
  const checks = await db
    .selectFrom('visit_checks')
    .selectAll()
    .where('visit_id', '=', visit.id)
    .orderBy('position')
    .execute()
  const moves = await db
    .selectFrom('visit_moves')
    .leftJoin('users', 'users.id', 'visit_moves.user_id')
    .selectAll('visit_moves')
    .select('users.name as user_name')
    .where('visit_moves.visit_id', '=', visit.id)
    .orderBy('visit_moves.at')
    .orderBy('visit_moves.id')
    .execute()
  const nextOwner =
    visit.next_owner_id === null
      ? null
      : ((await db
          .selectFrom('users')
          .select(['id', 'name'])
          .where('id', '=', visit.next_owner_id)
          .executeTakeFirst()) ?? null)
  return {
    nextOwner,
    withPeople,
    theirPeople: contacts.map((row) => row.name),
    checks: checks.map((row) => ({
      text: row.text,
      done: row.done === 1,
      attachmentId: row.attachment_id,
      attachmentName: row.attachment_name,
      attachmentSha256: row.attachment_sha256,
    })),
    moves: moves.map((row) => ({
      fromDay: row.from_day,
      fromStart: row.from_start,
      fromEnd: row.from_end,
      toDay: row.to_day,
      toStart: row.to_start,
      toEnd: row.to_end,
      reason: row.reason,
      at: row.at,
      userName: row.user_name ?? '',
    })),
  }
}

/** What is planned within a period, for a calendar file; by day and time. */
export async function plannedEvents(db: Reader, scope: Scope, period: Period) {
  const rows = await applyScope(
    db
      .selectFrom('visits')
      .innerJoin('customers', 'customers.id', 'visits.customer_id')
      .selectAll('visits')
      .select('customers.name as customer_name'),
    scope,
    'visits.user_id',
  )
    .where('visits.state', '=', 'planned')
    .where('visits.day', '>=', period.from)
    .where('visits.day', '<=', period.to)
    .orderBy('visits.day')
    .orderBy(sql`coalesce(visits.start_minute, -1)`)
    .orderBy('visits.id')
    .limit(MAX_CALENDAR)
    .execute()
  const contacts = await inPieces(
    rows.map((row) => row.id),
    (piece) => db.selectFrom('visit_contacts').selectAll().where('visit_id', 'in', piece).orderBy('position').execute(),
  )
  const byVisit = Map.groupBy(contacts, (contact) => contact.visit_id)
  return rows.map((row) => ({
    id: row.id,
    day: row.day as PlainDay,
    startMinute: row.start_minute,
    endMinute: row.end_minute,
    sequence: row.version,
    changedAt: row.updated_at,
    purpose: row.purpose,
    customerName: row.customer_name,
    place: row.place,
    goal: row.goal,
    theirPeople: (byVisit.get(row.id) ?? []).map((contact) => contact.name),
  }))
}

/** The days of a period that are not worked, by the firm's calendar. */
export async function daysOffIn(db: Reader, { from, to }: Period): Promise<DayOff[]> {
  const { value } = await readSetting(db, 'workCalendar')
  const calendar = makeCalendar(value)
  const names = new Map(value.holidays.map((holiday) => [holiday.day as string, holiday.name]))
  const found: DayOff[] = []
  for (let day = from as PlainDay; day <= to; day = addDays(day, 1)) {
    if (!isWorkday(calendar, day)) found.push({ day, name: names.get(day) ?? '' })
  }
  return found
}
