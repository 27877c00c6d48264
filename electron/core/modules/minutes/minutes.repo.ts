import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import type {
  AgreedItem,
  MinutesFields,
  MinutesFilters,
  MinutesRow,
  MinutesSort,
} from '#shared/modules/minutes/minutes.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { beginsWith } from '#core/kernel/numbers.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { readableDeals } from '#core/modules/deals/deals.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'

/** Which minutes a list is about. */
export interface MinutesQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: MinutesFilters
}

export type ItemRecord = Tables['minute_items']

const SORTED_BY = {
  day: 'day',
  number: 'number',
  updatedAt: 'updated_at',
} as const satisfies Record<MinutesSort, keyof Tables['minutes']>

const countOf = (kind: ItemRecord['kind']) =>
  sql<number>`(SELECT count(*) FROM minute_items i WHERE i.minutes_id = minutes.id AND i.kind = ${kind})`

/** Minutes with the names in them; they belong to whoever has the deal, and to the deal's customer. */
function minutesQuery(db: Reader | Writer) {
  return db
    .selectFrom('minutes')
    .innerJoin('deals', 'deals.id', 'minutes.deal_id')
    .innerJoin('customers', 'customers.id', 'deals.customer_id')
    .innerJoin('users', 'users.id', 'deals.owner_id')
    .leftJoin('users as finisher', 'finisher.id', 'minutes.final_by')
    .selectAll('minutes')
    .select([
      'deals.number as deal_number',
      'deals.name as deal_name',
      'deals.customer_id',
      'deals.owner_id',
      'customers.name as customer_name',
      'users.name as owner_name',
      'finisher.name as final_name',
      countOf('open').as('open_items'),
      countOf('next').as('next_items'),
    ])
}
export type MinutesRecord = Awaited<ReturnType<ReturnType<typeof minutesQuery>['executeTakeFirstOrThrow']>>

/** Those that hang on a deal which the scope may read. */
function readable(db: Reader | Writer, scope: Scope) {
  const query = minutesQuery(db).where('deals.removed_at', 'is', null)
  return scope.kind === 'all' ? query : query.where('minutes.deal_id', 'in', readableDeals(db, scope))
}

function filtered(db: Reader, { scope, text, filters }: MinutesQuery) {
  let query = readable(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') {
    const customers = applyScope(db.selectFrom('customers as c').select('c.id'), scope, 'c.owner_id')
      .where(sql<boolean>`c.id = deals.customer_id`)
      .where(sql<boolean>`instr(c.search_text, ${needle}) > 0`)
    query = query.where(
      sql<boolean>`(instr(minutes.search_text, ${needle}) > 0 OR instr(deals.search_text, ${needle}) > 0
        OR EXISTS ${customers})`,
    )
  }
  if (filters.state !== undefined) query = query.where('minutes.state', '=', filters.state)
  if (filters.dealId !== undefined) query = query.where('minutes.deal_id', '=', filters.dealId)
  if (filters.customerId !== undefined) query = query.where('deals.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) query = query.where('deals.owner_id', '=', filters.ownerId)
  if (filters.from !== undefined) query = query.where('minutes.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('minutes.day', '<=', filters.to)
  return query
}

/** A page of minutes. */
export async function listMinutes(
  db: Reader,
  asked: MinutesQuery,
  page: Pick<PageInput<MinutesSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: MinutesRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `minutes.${column}`,
    idColumn: 'minutes.id',
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
  return { rows: cut.rows.map(toMinutesRow), nextCursor: cut.nextCursor }
}

export function toMinutesRow(raw: MinutesRecord): MinutesRow {
  return {
    id: raw.id,
    number: raw.number,
    dealId: raw.deal_id,
    dealNumber: raw.deal_number,
    dealName: raw.deal_name,
    customerId: raw.customer_id,
    customerName: raw.customer_name,
    ownerId: raw.owner_id,
    ownerName: raw.owner_name,
    day: raw.day,
    place: raw.place,
    subject: raw.subject,
    state: raw.state,
    edition: raw.edition,
    openItems: Number(raw.open_items),
    nextItems: Number(raw.next_items),
    version: raw.version,
    updatedAt: raw.updated_at,
  }
}

/** How many there are, and how many of them are still drafts. */
export async function countMinutes(db: Reader, asked: MinutesQuery): Promise<{ count: number; drafts: number }> {
  const row = await db
    .selectFrom(filtered(db, asked).as('m'))
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      sql<number>`coalesce(sum(m.state = 'draft'), 0)`.as('drafts'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), drafts: Number(row.drafts) }
}

/** Minutes that the scope may read. */
export async function findMinutes(db: Reader | Writer, scope: Scope, id: string): Promise<MinutesRecord | undefined> {
  return readable(db, scope).where('minutes.id', '=', id).executeTakeFirst()
}

/** The items of minutes in order. */
export async function findItems(db: Reader | Writer, minutesId: string): Promise<ItemRecord[]> {
  return db
    .selectFrom('minute_items')
    .selectAll()
    .where('minutes_id', '=', minutesId)
    .orderBy('kind')
    .orderBy('seq')
    .execute()
}

/** What was agreed in the final minutes of a deal, by minutes. */
export async function findAgreed(db: Reader | Writer, dealId: string) {
  return db
    .selectFrom('minutes')
    .innerJoin('minute_items', 'minute_items.minutes_id', 'minutes.id')
    .selectAll('minute_items')
    .select(['minutes.number', 'minutes.day as talked_on'])
    .where('minutes.deal_id', '=', dealId)
    .where('minutes.state', '=', 'final')
    .where('minute_items.kind', '=', 'agreed')
    .orderBy('minutes.day')
    .orderBy('minutes.id')
    .orderBy('minute_items.seq')
    .execute()
}

export function agreedItemOf(row: Pick<ItemRecord, 'term' | 'subject' | 'text' | 'value' | 'day'>): AgreedItem {
  return {
    term: row.term ?? 'other',
    subject: row.subject,
    text: row.text,
    value: row.value,
    day: row.day as AgreedItem['day'],
  }
}

/** Rows of everything that was written down. */
export function itemRows(minutesId: string, fields: MinutesFields): ItemRecord[] {
  const blank = { subject: '', text: '', value: null, day: null, owner_id: null, owner_name: '', task_id: null }
  const row = (kind: ItemRecord['kind'], index: number, rest: Partial<ItemRecord>): ItemRecord => ({
    ...blank,
    term: null,
    id: newId(),
    minutes_id: minutesId,
    kind,
    seq: index + 1,
    ...rest,
  })
  return [
    ...fields.agreed.map((item, index) => row('agreed', index, item)),
    ...fields.open.map((item, index) => row('open', index, { text: item.question, owner_name: item.owner })),
    ...fields.next.map((item, index) =>
      row('next', index, {
        text: item.text,
        day: item.day,
        owner_id: item.ownerId,
        owner_name: item.ownerId === null ? item.ownerName : '',
      }),
    ),
  ]
}

/** Replaces the items of a draft. */
export async function replaceItems(db: Writer, minutesId: string, rows: readonly ItemRecord[]): Promise<void> {
  await db.deleteFrom('minute_items').where('minutes_id', '=', minutesId).execute()
  if (rows.length > 0)
    await db
      .insertInto('minute_items')
      .values([...rows])
      .execute()
}

const hitsOf = async (found: ReturnType<typeof readable>, limit: number): Promise<SearchHit[]> => {
  const rows = await found.orderBy('minutes.number', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    kind: 'minutes',
    id: row.id,
    title: `${row.number} ${row.subject}`,
    subtitle: row.customer_name,
  }))
}

/** Minutes for the palette, by number or title; what hangs on a customer is found from his deals. */
export async function searchMinutes(db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> {
  const needle = normaliseQuery(text)
  if (needle === '') return []
  return hitsOf(readable(db, scope).where(sql<boolean>`instr(minutes.search_text, ${needle}) > 0`), limit)
}

/** Minutes whose number begins so. */
export const minutesByNumber = (db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> =>
  hitsOf(readable(db, scope).where(beginsWith('minutes.number', text)), limit)

/** Whether it is there for the scope: for what hangs on it. */
export async function minutesInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  return (await readable(db, scope).where('minutes.id', '=', id).executeTakeFirst()) !== undefined
}
