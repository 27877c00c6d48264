import { sql, type SelectQueryBuilder } from 'kysely'
import { addDays, addMonths, type PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type {
  LimitationFilters,
  LimitationRow,
  LimitationSort,
  LimitationWithin,
} from '#shared/modules/claims/claims.limitation.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, scopedTo, type Scope } from '#core/kernel/scope.ts'
import { contractIdsMatching } from '#core/modules/contracts/contracts.api.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import { clockOf, type DebtClock } from './claims.clock.ts'
import type { EventRecord } from './claims.events.ts'

export interface LimitationQuery {
  readonly scope: Scope
  readonly today: PlainDay
  readonly text?: string | undefined
  readonly filters: LimitationFilters
}

type Rows = Tables & { i: Tables['receivable_instalments'] }
type Query<O> = SelectQueryBuilder<Rows, 'i', O>

/** The last days of a range of the list; null on an open side. */
export function limitationRange(
  within: Exclude<LimitationWithin, 'noDueDay'>,
  today: PlainDay,
): { from: PlainDay | null; to: PlainDay | null } {
  switch (within) {
    case 'expired':
      return { from: null, to: addDays(today, -1) }
    case 'later':
      return { from: addDays(addMonths(today, 12), 1), to: null }
    case 'm1':
    case 'm3':
    case 'm6':
    case 'm12':
      return { from: today, to: addMonths(today, Number(within.slice(1))) }
  }
}

function filtered<O>(query: Query<O>, { scope, today, text, filters }: LimitationQuery): Query<O> {
  let q = applyScope(query.where('i.outstanding', '>', 0), scope, 'i.owner_id')
  const { within } = filters
  if (within === 'noDueDay') q = q.where('i.limitation_day', 'is', null)
  else {
    q = q.where('i.limitation_day', 'is not', null)
    const { from, to } = within === undefined ? { from: null, to: null } : limitationRange(within, today)
    if (from !== null) q = q.where('i.limitation_day', '>=', from)
    if (to !== null) q = q.where('i.limitation_day', '<=', to)
  }
  const matching = contractIdsMatching(text)
  if (matching !== null) {
    const needle = normaliseQuery(text ?? '')
    q = q.where(sql<boolean>`(i.contract_id IN ${matching} OR instr(i.search_text, ${needle}) > 0)`)
  }
  if (filters.customerId !== undefined) q = q.where('i.customer_id', '=', filters.customerId)
  if (filters.contractId !== undefined) q = q.where('i.contract_id', '=', filters.contractId)
  if (filters.ownerId !== undefined) q = q.where('i.owner_id', '=', filters.ownerId)
  if (filters.from !== undefined) q = q.where('i.limitation_day', '>=', filters.from)
  if (filters.to !== undefined) q = q.where('i.limitation_day', '<=', filters.to)
  return q
}

const instalments = (db: Reader | Writer) => db.selectFrom('receivable_instalments as i') as unknown as Query<object>

/** A page of debts by the end of their limitation; what has none is a list of its own. */
export async function listLimitation(
  db: Reader,
  asked: LimitationQuery,
  page: Pick<PageInput<LimitationSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: LimitationRow[]; nextCursor: string | null }> {
  const unlimited = asked.filters.within === 'noDueDay'
  const column = page.sort.key === 'outstanding' ? 'outstanding' : unlimited ? 'due_key' : 'limitation_day'
  const rows = await keyset(filtered(instalments(db).select(['i.id', `i.${column}`]), asked), {
    sortColumn: `i.${column}`,
    idColumn: 'i.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows as unknown as { id: string; outstanding: number; due_key: string; limitation_day: string }[],
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
  const ids = cut.rows.map((row) => row.id)
  const shown = await limitationRows(db, await clockOf(db, ids, asked.today))
  return { rows: cut.rows.map((row) => shown.get(row.id)!), nextCursor: cut.nextCursor }
}

/** How much is in the whole filtered set, over, and over within three months. Fen. */
export async function sumLimitation(db: Reader, asked: LimitationQuery) {
  const { today } = asked
  const soon = addMonths(today, 3)
  const row = await filtered(instalments(db), asked)
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(i.outstanding), 0)`.as('outstanding'),
      sql<number>`coalesce(sum(CASE WHEN i.limitation_day < ${today} THEN i.outstanding END), 0)`.as('expired'),
      sql<number>`coalesce(sum(CASE WHEN i.limitation_day >= ${today} AND i.limitation_day <= ${soon}
        THEN i.outstanding END), 0)`.as('soon'),
    ])
    .executeTakeFirstOrThrow()
  return {
    count: Number(row.count),
    outstanding: Number(row.outstanding),
    expired: Number(row.expired),
    soon: Number(row.soon),
  }
}

/** The debts of these clocks as the list shows them, by id. */
export async function limitationRows(
  db: Reader | Writer,
  counted: ReadonlyMap<string, DebtClock>,
): Promise<Map<string, LimitationRow>> {
  const clocks = [...counted.values()]
  const customers = await customerBriefs(
    db,
    clocks.map(({ debt }) => debt.customerId),
  )
  const owners = await userBriefs(
    db,
    clocks.map(({ debt }) => debt.ownerId),
  )
  return new Map(
    clocks.map((one) => [
      one.debt.id,
      toLimitationRow(one, {
        customer: customers.get(one.debt.customerId)?.name ?? '',
        owner: owners.get(one.debt.ownerId)?.name ?? '',
      }),
    ]),
  )
}

function toLimitationRow(
  { debt, clock, events }: DebtClock,
  names: { readonly customer: string; readonly owner: string },
): LimitationRow {
  const counted = clock.steps.findLast(({ effect }) => effect === 'interrupts' || effect === 'restarts')
  return {
    id: debt.id,
    customerId: debt.customerId,
    customerName: names.customer,
    contractId: debt.contractId,
    contractNumber: debt.contractNumber,
    label: debt.label,
    ownerName: names.owner,
    dueDay: debt.dueDay,
    outstanding: debt.outstanding,
    state: clock.state,
    endDay: clock.endDay,
    shiftedDay: clock.shifted?.day ?? null,
    daysLeft: clock.daysLeft,
    alarm: clock.alarm,
    lastKind: counted?.event.kind ?? null,
    lastDay: counted?.event.day ?? null,
    weak: events.some(({ strength }) => strength === 'weak'),
  }
}

/** Events with who wrote them, how many of their debts are within the scope, and how many files hang on them. */
export function eventsQuery(db: Reader | Writer, scope: Scope) {
  const within = scopedTo(scope, 'i.owner_id')
  return db
    .selectFrom('limitation_events as e')
    .leftJoin('users as author', 'author.id', 'e.created_by')
    .leftJoin('users as voider', 'voider.id', 'e.void_by')
    .selectAll('e')
    .select(['author.name as author_name', 'voider.name as voider_name'])
    .select([
      sql<number>`(SELECT count(*) FROM limitation_event_debts l JOIN receivable_instalments i ON i.id = l.instalment_id
        WHERE l.event_id = e.id AND ${within})`.as('debts'),
      sql<number>`(SELECT count(*) FROM attachments a WHERE a.parent_kind = 'limitationEvent' AND a.parent_id = e.id
        AND a.removed_at IS NULL)`.as('files'),
    ])
    .where(
      sql<boolean>`EXISTS (SELECT 1 FROM limitation_event_debts l JOIN receivable_instalments i ON i.id = l.instalment_id
        WHERE l.event_id = e.id AND ${within})`,
    )
}

/** The events of one debt, those taken back too, latest first. */
export async function eventRecordsOf(db: Reader | Writer, scope: Scope, instalmentId: string): Promise<EventRecord[]> {
  return eventsQuery(db, scope)
    .innerJoin('limitation_event_debts as own', 'own.event_id', 'e.id')
    .where('own.instalment_id', '=', instalmentId)
    .orderBy('e.day', 'desc')
    .orderBy('e.id', 'desc')
    .execute()
}

export const findEvent = (db: Reader | Writer, scope: Scope, id: string): Promise<EventRecord | undefined> =>
  eventsQuery(db, scope).where('e.id', '=', id).executeTakeFirst()

/** What was written down about a customer, latest first. */
export async function listEvents(
  db: Reader,
  scope: Scope,
  customerId: string,
  page: { readonly cursor?: string | null | undefined; readonly limit: number },
) {
  const rows = await keyset(eventsQuery(db, scope).where('e.customer_id', '=', customerId), {
    sortColumn: 'e.day',
    idColumn: 'e.id',
    dir: 'desc',
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  return pageOf(
    rows,
    page.limit,
    (row) => row.day,
    (row) => row.id,
  )
}

/** Whether an event is about anything within the scope. */
export async function eventInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  return (await findEvent(db, scope, id)) !== undefined
}

/** Whose debts these are, for what may be written about them. */
export async function ownersOf(db: Reader | Writer, ids: readonly string[]): Promise<string[]> {
  const rows = await inPieces(ids, (piece) =>
    db.selectFrom('receivable_instalments').select('owner_id').where('id', 'in', piece).execute(),
  )
  return [...new Set(rows.map((row) => row.owner_id))]
}
