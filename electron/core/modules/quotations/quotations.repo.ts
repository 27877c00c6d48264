import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import type { QuotationFilters, QuotationSort } from '#shared/modules/quotations/quotations.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { beginsWith } from '#core/kernel/numbers.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { readableDeals } from '#core/modules/deals/deals.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'

/** Which quotations a list is about. `today` is the firm's day: what is expired turns on it. */
export interface QuotationQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: QuotationFilters
  readonly today: string
}

export type VersionRecord = Tables['quotation_versions']
export type LineRecord = Tables['quotation_lines']

const SORTED_BY = {
  updatedAt: 'updated_at',
  number: 'number',
  amount: 'amount',
  validUntil: 'valid_key',
} as const satisfies Record<QuotationSort, keyof Tables['quotations']>

/** A quotation with the names in it; it belongs to whoever has the deal, and to the deal's customer. */
function quotationsQuery(db: Reader | Writer) {
  return db
    .selectFrom('quotations')
    .innerJoin('deals', 'deals.id', 'quotations.deal_id')
    .innerJoin('customers', 'customers.id', 'deals.customer_id')
    .innerJoin('users', 'users.id', 'deals.owner_id')
    .selectAll('quotations')
    .select([
      'deals.number as deal_number',
      'deals.name as deal_name',
      'deals.customer_id',
      'deals.owner_id',
      'customers.name as customer_name',
      'users.name as owner_name',
    ])
}
export type QuotationRecord = Awaited<ReturnType<ReturnType<typeof quotationsQuery>['executeTakeFirstOrThrow']>>

/** Those that hang on a deal which the scope may read. */
function readable(db: Reader | Writer, scope: Scope) {
  const query = quotationsQuery(db).where('deals.removed_at', 'is', null)
  return scope.kind === 'all' ? query : query.where('quotations.deal_id', 'in', readableDeals(db, scope))
}

function filtered(db: Reader, { scope, text, filters, today }: QuotationQuery) {
  let query = readable(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') {
    const customers = applyScope(db.selectFrom('customers as c').select('c.id'), scope, 'c.owner_id')
      .where(sql<boolean>`c.id = deals.customer_id`)
      .where(sql<boolean>`instr(c.search_text, ${needle}) > 0`)
    query = query.where(
      sql<boolean>`(instr(quotations.search_text, ${needle}) > 0 OR instr(deals.search_text, ${needle}) > 0
        OR EXISTS ${customers})`,
    )
  }
  const { stage } = filters
  if (stage !== undefined) query = query.where('quotations.state', '=', stage === 'expired' ? 'sent' : stage)
  if (stage === 'sent') query = query.where('quotations.valid_key', '>=', today)
  if (stage === 'expired') query = query.where('quotations.valid_key', '<', today)
  if (filters.dealId !== undefined) query = query.where('quotations.deal_id', '=', filters.dealId)
  if (filters.customerId !== undefined) query = query.where('deals.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) query = query.where('deals.owner_id', '=', filters.ownerId)
  if (filters.sentFrom !== undefined) query = query.where('quotations.sent_key', '>=', filters.sentFrom)
  if (filters.sentTo !== undefined) {
    query = query.where('quotations.sent_key', '<=', filters.sentTo).where('quotations.sent_key', '<>', '')
  }
  return query
}

/** A page of quotations. */
export async function listQuotations(
  db: Reader,
  asked: QuotationQuery,
  page: Pick<PageInput<QuotationSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: QuotationRecord[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `quotations.${column}`,
    idColumn: 'quotations.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  return pageOf(
    rows,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
}

/** How many there are, and the amounts of their newest versions, in fen. */
export async function sumQuotations(db: Reader, asked: QuotationQuery): Promise<{ count: number; amount: number }> {
  const row = await db
    .selectFrom(filtered(db, asked).as('q'))
    .select((eb) => [eb.fn.countAll<number>().as('count'), sql<number>`coalesce(sum(q.amount), 0)`.as('amount')])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), amount: Number(row.amount) }
}

/** One quotation that the scope may read. */
export async function findQuotation(
  db: Reader | Writer,
  scope: Scope,
  id: string,
): Promise<QuotationRecord | undefined> {
  return readable(db, scope).where('quotations.id', '=', id).executeTakeFirst()
}

/** The versions of a quotation, the newest first. */
export async function findVersions(db: Reader | Writer, quotationId: string): Promise<VersionRecord[]> {
  return db
    .selectFrom('quotation_versions')
    .selectAll()
    .where('quotation_id', '=', quotationId)
    .orderBy('no', 'desc')
    .execute()
}

/** The goods of versions, by version and in order. */
export async function findLines(
  db: Reader | Writer,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, LineRecord[]>> {
  const rows = await inPieces(versionIds, (piece) =>
    db.selectFrom('quotation_lines').selectAll().where('version_id', 'in', piece).orderBy('seq').execute(),
  )
  return Map.groupBy(rows, (row) => row.version_id)
}

/** The accepted version of a deal that was accepted last, with the number of its quotation. */
export async function findAccepted(
  db: Reader | Writer,
  dealId: string,
): Promise<(VersionRecord & { number: string }) | undefined> {
  return db
    .selectFrom('quotation_versions')
    .innerJoin('quotations', 'quotations.id', 'quotation_versions.quotation_id')
    .selectAll('quotation_versions')
    .select('quotations.number')
    .where('quotations.deal_id', '=', dealId)
    .where('quotation_versions.state', '=', 'accepted')
    .orderBy('quotation_versions.closed_day', 'desc')
    .orderBy('quotation_versions.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Replaces the goods of a draft version. */
export async function replaceLines(db: Writer, versionId: string, lines: readonly LineRecord[]): Promise<void> {
  await db.deleteFrom('quotation_lines').where('version_id', '=', versionId).execute()
  // 200 lines of 17 columns stay far below the 32 766 parameters of a statement.
  await db
    .insertInto('quotation_lines')
    .values([...lines])
    .execute()
}

const hitsOf = async (found: ReturnType<typeof readable>, limit: number): Promise<SearchHit[]> => {
  const rows = await found.orderBy('quotations.number', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    kind: 'quotation',
    id: row.id,
    title: `${row.number} ${row.title}`,
    subtitle: row.customer_name,
  }))
}

/** Quotations for the palette, by number or title; what hangs on a customer is found from his deals. */
export async function searchQuotations(db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> {
  const needle = normaliseQuery(text)
  if (needle === '') return []
  return hitsOf(readable(db, scope).where(sql<boolean>`instr(quotations.search_text, ${needle}) > 0`), limit)
}

/** Quotations whose number begins so. */
export const quotationsByNumber = (db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> =>
  hitsOf(readable(db, scope).where(beginsWith('quotations.number', text)), limit)

/** Whether it is there for the scope: for what hangs on it. */
export async function quotationInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  return (await readable(db, scope).where('quotations.id', '=', id).executeTakeFirst()) !== undefined
}
