import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { NoteFilters, NoteRow } from '#shared/modules/market/market.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export type NoteSort = 'day' | 'competitor'

/** Which notes a list is about. */
export interface NoteQuery {
  readonly text?: string | undefined
  readonly filters: NoteFilters
}

/** A note with the names in it; who may see the customer and the deal is for the service to say. */
export type FoundNote = Omit<NoteRow, 'dealName'> & { readonly customerOwnerId: string | null }

function notesQuery(db: Reader | Writer) {
  return db
    .selectFrom('market_notes')
    .innerJoin('users as author', 'author.id', 'market_notes.author_id')
    .innerJoin('users as reader', 'reader.id', 'market_notes.addressed_id')
    .leftJoin('users as answerer', 'answerer.id', 'market_notes.answered_by')
    .leftJoin('customers', 'customers.id', 'market_notes.customer_id')
    .selectAll('market_notes')
    .select([
      'author.name as author_name',
      'reader.name as addressed_name',
      'answerer.name as answered_name',
      'customers.name as customer_name',
      'customers.owner_id as customer_owner_id',
    ])
}
type RawNote = Awaited<ReturnType<ReturnType<typeof notesQuery>['executeTakeFirstOrThrow']>>

function filtered(db: Reader, { text, filters }: NoteQuery) {
  let query = notesQuery(db)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(market_notes.search_text, ${needle}) > 0`)
  if (filters.authorId !== undefined) query = query.where('market_notes.author_id', '=', filters.authorId)
  if (filters.addressedId !== undefined) query = query.where('market_notes.addressed_id', '=', filters.addressedId)
  if (filters.customerId !== undefined) query = query.where('market_notes.customer_id', '=', filters.customerId)
  if (filters.dealId !== undefined) query = query.where('market_notes.deal_id', '=', filters.dealId)
  if (filters.competitor !== undefined) query = query.where('market_notes.competitor', '=', filters.competitor)
  if (filters.source !== undefined) query = query.where('market_notes.source', '=', filters.source)
  if (filters.answer !== undefined) query = query.where('market_notes.answer', '=', filters.answer)
  if (filters.from !== undefined) query = query.where('market_notes.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('market_notes.day', '<=', filters.to)
  return query
}

function toNote(raw: RawNote): FoundNote {
  return {
    id: raw.id,
    day: raw.day,
    competitor: raw.competitor,
    product: raw.product,
    price: raw.price,
    unit: raw.unit,
    source: raw.source as NoteRow['source'],
    content: raw.content,
    customerId: raw.customer_id,
    customerName: raw.customer_name ?? '',
    customerOwnerId: raw.customer_owner_id,
    dealId: raw.deal_id,
    authorId: raw.author_id,
    authorName: raw.author_name,
    addressedId: raw.addressed_id,
    addressedName: raw.addressed_name,
    answer: raw.answer as NoteRow['answer'],
    answerNote: raw.answer_note,
    answeredName: raw.answered_name ?? '',
    answeredDay: raw.answered_day,
    version: raw.version,
  }
}

/** A page of notes. */
export async function listNotes(
  db: Reader,
  query: NoteQuery,
  page: Pick<PageInput<NoteSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: FoundNote[]; nextCursor: string | null }> {
  const { key } = page.sort
  const rows = await keyset(filtered(db, query), {
    sortColumn: `market_notes.${key}`,
    idColumn: 'market_notes.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row[key],
    (row) => row.id,
  )
  return { rows: cut.rows.map(toNote), nextCursor: cut.nextCursor }
}

/** How many notes the whole list has, and how many of them wait for an answer. */
export async function countNotes(db: Reader, query: NoteQuery): Promise<{ count: number; open: number }> {
  const row = await db
    .selectFrom(filtered(db, query).as('n'))
    .select((eb) => [eb.fn.countAll<number>().as('count'), sql<number>`coalesce(sum(n.answer = 'open'), 0)`.as('open')])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), open: Number(row.open) }
}

export async function findNote(db: Reader | Writer, id: string): Promise<FoundNote | null> {
  const raw = await notesQuery(db).where('market_notes.id', '=', id).executeTakeFirst()
  return raw ? toNote(raw) : null
}

/** The notes of a period in the order of their days. */
export async function notesBetween(db: Reader, from: string, to: string): Promise<FoundNote[]> {
  const rows = await notesQuery(db)
    .where('market_notes.day', '>=', from)
    .where('market_notes.day', '<=', to)
    .orderBy('market_notes.day')
    .orderBy('market_notes.id')
    .execute()
  return rows.map(toNote)
}

/** The names that stand most often in one of the columns. */
export async function commonest(db: Reader, column: 'competitor' | 'product', limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('market_notes')
    .select((eb) => [column, eb.fn.countAll<number>().as('count')])
    .where(column, '<>', '')
    .groupBy(column)
    .orderBy('count', 'desc')
    .orderBy(column)
    .limit(limit)
    .execute()
  return rows.map((row) => row[column])
}
