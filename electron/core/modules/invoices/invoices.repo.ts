import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { stageOf } from '#shared/modules/invoices/invoices.rules.ts'
import type {
  InvoiceFilters,
  InvoiceLine,
  InvoiceRow,
  InvoiceSort,
  InvoiceStage,
} from '#shared/modules/invoices/invoices.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { keepsOriginal } from '#core/modules/attachments/attachments.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'

/** Which invoices a list is about. */
export interface InvoicesQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: InvoiceFilters
}

const SORTED_BY = {
  day: 'day',
  number: 'number',
  amount: 'amount',
  buyerName: 'buyer_name',
  updatedAt: 'updated_at',
} as const satisfies Record<InvoiceSort, string>

/** What counts: neither void nor removed. */
export const COUNTS = sql<boolean>`(invoices.state = 'issued' AND invoices.removed_at IS NULL)`
const hasOriginal = keepsOriginal('invoice', 'invoices.id')

const STAGES: Readonly<Record<InvoiceStage, RawBuilder<boolean>>> = {
  valid: sql`${COUNTS} AND invoices.amount > 0 AND invoices.red_total = 0`,
  partlyRed: sql`${COUNTS} AND invoices.red_total > 0 AND invoices.red_total < invoices.amount`,
  fullyRed: sql`${COUNTS} AND invoices.amount > 0 AND invoices.red_total = invoices.amount`,
  redLetter: sql`${COUNTS} AND invoices.amount < 0`,
  void: sql`invoices.state = 'void' AND invoices.removed_at IS NULL`,
  removed: sql`invoices.removed_at IS NOT NULL`,
}

const GAPS: Readonly<Record<NonNullable<InvoiceFilters['gap']>, RawBuilder<boolean>>> = {
  customer: sql`${COUNTS} AND invoices.customer_id IS NULL`,
  contract: sql`${COUNTS} AND invoices.contract_id IS NULL`,
  instalment: sql`${COUNTS} AND invoices.amount > 0 AND invoices.linked < invoices.amount - invoices.red_total`,
}

function filtered<O>(
  query: SelectQueryBuilder<Tables, 'invoices', O>,
  { scope, text, filters }: InvoicesQuery,
): SelectQueryBuilder<Tables, 'invoices', O> {
  let q = applyScope(query, scope, 'invoices.owner_id')
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') q = q.where(sql<boolean>`instr(invoices.search_text, ${needle}) > 0`)
  q = q.where(filters.stage === undefined ? sql<boolean>`invoices.removed_at IS NULL` : STAGES[filters.stage])
  if (filters.kind !== undefined) q = q.where('invoices.kind', '=', filters.kind)
  if (filters.gap !== undefined) q = q.where(GAPS[filters.gap])
  if (filters.original === 'missing') {
    q = q.where(sql<boolean>`invoices.electronic = 1 AND invoices.state = 'issued' AND NOT ${hasOriginal}`)
  }
  if (filters.customerId !== undefined) q = q.where('invoices.customer_id', '=', filters.customerId)
  if (filters.contractId !== undefined) q = q.where('invoices.contract_id', '=', filters.contractId)
  if (filters.ownerId !== undefined) q = q.where('invoices.owner_id', '=', filters.ownerId)
  if (filters.dayFrom !== undefined) q = q.where('invoices.day', '>=', filters.dayFrom)
  if (filters.dayTo !== undefined) q = q.where('invoices.day', '<=', filters.dayTo)
  if (filters.amountFrom !== undefined) q = q.where('invoices.amount', '>=', Math.round(filters.amountFrom * 100))
  if (filters.amountTo !== undefined) q = q.where('invoices.amount', '<=', Math.round(filters.amountTo * 100))
  return q
}

/** Invoices with what a row shows of others: the contract's number, who answers for it, whether the file is kept. */
const rows = (db: Reader | Writer) =>
  db
    .selectFrom('invoices')
    .selectAll('invoices')
    .select((eb) => [
      eb
        .selectFrom('contracts')
        .select('contracts.number')
        .whereRef('contracts.id', '=', 'invoices.contract_id')
        .as('contract_number'),
      eb.selectFrom('users').select('users.name').whereRef('users.id', '=', 'invoices.owner_id').as('owner_name'),
      hasOriginal.as('has_original'),
    ])
export type InvoiceRecord = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>

/** A page of invoices. */
export async function listInvoices(
  db: Reader,
  asked: InvoicesQuery,
  page: Pick<PageInput<InvoiceSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: InvoiceRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const found = await keyset(filtered(rows(db), asked), {
    sortColumn: `invoices.${column}`,
    idColumn: 'invoices.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    found,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
  return { rows: cut.rows.map(toInvoiceRow), nextCursor: cut.nextCursor }
}

/** Over the whole filtered set, fen; what is void or removed counts with nothing. */
export async function sumInvoices(db: Reader, asked: InvoicesQuery) {
  const sum = (column: 'net' | 'tax' | 'amount') =>
    sql<number>`coalesce(sum(CASE WHEN ${COUNTS} THEN ${sql.ref(`invoices.${column}`)} ELSE 0 END), 0)`.as(column)
  return filtered(db.selectFrom('invoices'), asked)
    .select([sql<number>`count(*)`.as('count'), sum('net'), sum('tax'), sum('amount')])
    .executeTakeFirstOrThrow()
}

/** One invoice, removed ones as well; within the scope where one is given. */
export async function findInvoice(db: Reader | Writer, id: string, scope?: Scope): Promise<InvoiceRecord | undefined> {
  const query = rows(db).where('invoices.id', '=', id)
  return (scope ? applyScope(query, scope, 'invoices.owner_id') : query).executeTakeFirst()
}

/** The entry that has a number, of whatever state: a number is taken for ever. */
export async function findByKey(db: Reader | Writer, key: string) {
  return db.selectFrom('invoices').selectAll().where('number_key', '=', key).executeTakeFirst()
}

/** The entries that have these numbers. */
export async function findByKeys(db: Reader | Writer, keys: readonly string[]) {
  if (keys.length === 0) return []
  return db
    .selectFrom('invoices')
    .selectAll()
    .where('number_key', 'in', [...keys])
    .execute()
}

/** The red letters against an invoice that count, the earliest first. */
export async function findReds(db: Reader | Writer, blueId: string) {
  return db
    .selectFrom('invoices')
    .selectAll()
    .where('blue_id', '=', blueId)
    .where(COUNTS)
    .orderBy('day')
    .orderBy('id')
    .execute()
}

/** The lines of these invoices, in their order. */
export async function findLines(db: Reader | Writer, ids: readonly string[]): Promise<InvoiceLine[]> {
  if (ids.length === 0) return []
  const found = await db
    .selectFrom('invoice_lines')
    .select(['name', 'spec', 'unit', 'quantity', 'price', 'net', 'tax', 'rate'])
    .where('invoice_id', 'in', [...ids])
    .orderBy('invoice_id')
    .orderBy('seq')
    .execute()
  return found as InvoiceLine[]
}

/** The lines of everything that counts against a contract, without one invoice: what the next one is held against. */
export async function findContractLines(
  db: Reader | Writer,
  contractId: string,
  exceptId: string | null,
): Promise<InvoiceLine[]> {
  const query = db
    .selectFrom('invoice_lines')
    .innerJoin('invoices', 'invoices.id', 'invoice_lines.invoice_id')
    .select(['name', 'spec', 'unit', 'quantity', 'price', 'rate', 'invoice_lines.net', 'invoice_lines.tax'])
    .where('invoices.contract_id', '=', contractId)
    .where(COUNTS)
  return (await (exceptId === null ? query : query.where('invoices.id', '!=', exceptId)).execute()) as InvoiceLine[]
}

/** What an invoice bills of instalments, the earliest due first. */
export async function findLinks(db: Reader | Writer, invoiceId: string) {
  return db
    .selectFrom('invoice_instalments as link')
    .innerJoin('receivable_instalments as i', 'i.id', 'link.instalment_id')
    .select(['link.instalment_id as instalmentId', 'link.amount'])
    .where('link.invoice_id', '=', invoiceId)
    .orderBy('i.due_key')
    .orderBy('i.seq')
    .execute()
}

/** A row as lists show it. */
export function toInvoiceRow(raw: InvoiceRecord): InvoiceRow {
  return {
    id: raw.id,
    version: raw.version,
    kind: raw.kind,
    code: raw.code,
    number: raw.number,
    day: raw.day,
    customerId: raw.customer_id,
    buyerName: raw.buyer_name,
    contractId: raw.contract_id,
    contractNumber: raw.contract_number,
    ownerName: raw.owner_name ?? '',
    net: raw.net,
    tax: raw.tax,
    amount: raw.amount,
    redTotal: raw.red_total,
    linked: raw.linked,
    stage: stageOf({ ...stageFacts(raw) }),
    original: raw.electronic === 0 || raw.state === 'void' ? 'notNeeded' : raw.has_original ? 'kept' : 'missing',
    updatedAt: raw.updated_at,
  }
}

/** What the stage of a stored invoice follows from. */
export const stageFacts = (raw: Pick<Tables['invoices'], 'amount' | 'red_total' | 'state' | 'removed_at'>) => ({
  amount: raw.amount,
  redTotal: raw.red_total,
  state: raw.state,
  removed: raw.removed_at !== null,
})
