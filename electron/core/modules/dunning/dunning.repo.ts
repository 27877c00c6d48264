import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { LetterFilters, LetterRow } from '#shared/modules/dunning/dunning.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

const SORT = {
  day: 'dunning_letters.day',
  number: 'dunning_letters.number',
  principal: 'dunning_letters.principal',
} as const
export type LetterSort = keyof typeof SORT

/** The last letter of a customer: the level that it was of, by its place then and by its key. */
export interface LastLetter {
  readonly level: number
  readonly step: string
  readonly day: PlainDay
}

/** The last letter that still counts of each of these customers. */
export async function lastLetters(db: Reader | Writer, customerIds: readonly string[]) {
  const found = new Map<string, LastLetter>()
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('dunning_letters')
      .select(['customer_id', 'level', 'step', 'day'])
      .where('state', '=', 'issued')
      .where('customer_id', 'in', piece)
      .orderBy('day')
      .orderBy('id')
      .execute(),
  )
  for (const row of rows) {
    found.set(row.customer_id, { level: row.level, step: row.step, day: row.day as PlainDay })
  }
  return found
}

/** What the letters' instalments still owe; 0 means that the letter has done its work. */
const OPEN = sql<number>`coalesce((
  SELECT sum(i.outstanding) FROM dunning_letter_lines l
  JOIN receivable_instalments i ON i.id = l.instalment_id
  WHERE l.letter_id = dunning_letters.id), 0)`

function lettersQuery(db: Reader | Writer, scope: Scope) {
  return applyScope(
    db
      .selectFrom('dunning_letters')
      .innerJoin('customers', 'customers.id', 'dunning_letters.customer_id')
      .innerJoin('users', 'users.id', 'dunning_letters.owner_id')
      .selectAll('dunning_letters')
      .select(['customers.name as customer_name', 'users.name as owner_name', OPEN.as('outstanding_now')]),
    scope,
    'dunning_letters.owner_id',
  )
}
type RawLetter = Awaited<ReturnType<ReturnType<typeof lettersQuery>['executeTakeFirstOrThrow']>>

function filtered(db: Reader, scope: Scope, text: string | undefined, filters: LetterFilters) {
  let query = lettersQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(dunning_letters.search_text, ${needle}) > 0`)
  if (filters.customerId !== undefined) query = query.where('dunning_letters.customer_id', '=', filters.customerId)
  if (filters.kind !== undefined) query = query.where('dunning_letters.kind', '=', filters.kind)
  if (filters.from !== undefined) query = query.where('dunning_letters.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('dunning_letters.day', '<=', filters.to)
  if (filters.state === 'void') query = query.where('dunning_letters.state', '=', 'void')
  if (filters.state === 'open') query = query.where('dunning_letters.state', '=', 'issued').where(OPEN, '>', 0)
  if (filters.state === 'resolved') query = query.where('dunning_letters.state', '=', 'issued').where(OPEN, '=', 0)
  if (filters.proof === 'unsent') query = query.where('dunning_letters.sent_day', 'is', null)
  else if (filters.proof !== undefined) {
    query = query.where('dunning_letters.proof', '=', filters.proof).where('dunning_letters.sent_day', 'is not', null)
  }
  return query
}

export function toLetterRow(raw: RawLetter): LetterRow {
  return {
    id: raw.id,
    number: raw.number,
    customerId: raw.customer_id,
    customerName: raw.customer_name,
    ownerName: raw.owner_name,
    level: raw.level,
    kind: raw.kind,
    day: raw.day,
    deadlineDay: raw.deadline_day,
    language: raw.language as LetterRow['language'],
    principal: raw.principal,
    interest: raw.interest,
    outstanding: raw.outstanding_now,
    state: raw.state === 'void' ? 'void' : raw.outstanding_now === 0 ? 'resolved' : 'open',
    sentChannel: raw.sent_channel,
    sentDay: raw.sent_day,
    sentReference: raw.sent_reference,
    proof: raw.proof,
    arrivalDay: raw.arrival_day,
    sha256: raw.sha256,
    version: raw.version,
  }
}

export async function listLetters(db: Reader, scope: Scope, input: PageInput<LetterSort, LetterFilters>) {
  const rows = await keyset(filtered(db, scope, input.text, input.filters), {
    sortColumn: SORT[input.sort.key],
    idColumn: 'dunning_letters.id',
    dir: input.sort.dir,
    cursor: input.cursor,
    limit: input.limit,
  }).execute()
  const page = pageOf(
    rows,
    input.limit,
    (row) => row[input.sort.key],
    (row) => row.id,
  )
  return { rows: page.rows.map(toLetterRow), nextCursor: page.nextCursor }
}

export async function sumLetters(db: Reader, scope: Scope, text: string | undefined, filters: LetterFilters) {
  const row = await db
    .selectFrom(filtered(db, scope, text, filters).as('l'))
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.coalesce(eb.fn.sum<number>('l.principal'), sql<number>`0`).as('principal'),
      eb.fn.coalesce(eb.fn.sum<number>('l.interest'), sql<number>`0`).as('interest'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), principal: Number(row.principal), interest: Number(row.interest) }
}

export async function findLetter(db: Reader | Writer, scope: Scope, id: string): Promise<RawLetter | undefined> {
  return lettersQuery(db, scope).where('dunning_letters.id', '=', id).executeTakeFirst()
}

/** A letter that stands and names some of the debts asked about, as evidence. */
export interface LetterAbout {
  readonly id: string
  readonly number: string
  readonly kind: RawLetter['kind']
  readonly day: string
  readonly fileId: string
  readonly sha256: string
  readonly sentDay: string | null
  readonly proof: RawLetter['proof']
  readonly arrivalDay: string | null
}

/** The letters that name any of these debts, oldest first. */
export async function lettersAbout(db: Reader, scope: Scope, instalmentIds: readonly string[]): Promise<LetterAbout[]> {
  if (instalmentIds.length === 0) return []
  const naming = db
    .selectFrom('dunning_letter_lines')
    .select('letter_id')
    .where('instalment_id', 'in', [...instalmentIds])
  return applyScope(db.selectFrom('dunning_letters'), scope, 'dunning_letters.owner_id')
    .select(['id', 'number', 'kind', 'day', 'file_id as fileId', 'sha256'])
    .select(['sent_day as sentDay', 'proof', 'arrival_day as arrivalDay'])
    .where('state', '=', 'issued')
    .where('id', 'in', naming)
    .orderBy('day')
    .orderBy('id')
    .execute()
}
