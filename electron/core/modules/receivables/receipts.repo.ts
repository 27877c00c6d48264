import { sql, type SelectQueryBuilder } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { ReceiptMethod, ReceiptRow } from '#shared/modules/receivables/receivables.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import type { ReceiptBillsTable } from '#core/store/tables/receivables.tables.ts'

export interface ReceiptFilters {
  readonly customerId?: string | undefined
  readonly ownerId?: string | undefined
  readonly state?: 'posted' | 'reversed' | undefined
  readonly method?: ReceiptMethod | undefined
  readonly withAdvance?: boolean | undefined
  readonly dayFrom?: string | undefined
  readonly dayTo?: string | undefined
}

const SORT = { day: 'receipts.day', amount: 'receipts.amount', number: 'receipts.number' } as const
export type ReceiptSort = keyof typeof SORT

function filtered<O>(
  query: SelectQueryBuilder<Tables, 'receipts', O>,
  scope: Scope,
  text: string | undefined,
  filters: ReceiptFilters,
) {
  let q = applyScope(query, scope, 'receipts.owner_id')
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') q = q.where(sql<boolean>`instr(receipts.search_text, ${needle}) > 0`)
  if (filters.customerId !== undefined) q = q.where('receipts.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) q = q.where('receipts.owner_id', '=', filters.ownerId)
  if (filters.state !== undefined) q = q.where('receipts.state', '=', filters.state)
  if (filters.method !== undefined) q = q.where('receipts.method', '=', filters.method)
  if (filters.withAdvance === true) q = q.where('receipts.advance', '>', 0)
  if (filters.dayFrom !== undefined) q = q.where('receipts.day', '>=', filters.dayFrom)
  if (filters.dayTo !== undefined) q = q.where('receipts.day', '<=', filters.dayTo)
  return q
}

export async function listReceipts(db: Reader, scope: Scope, input: PageInput<ReceiptSort, ReceiptFilters>) {
  const rows = await keyset(filtered(db.selectFrom('receipts').selectAll(), scope, input.text, input.filters), {
    sortColumn: SORT[input.sort.key],
    idColumn: 'receipts.id',
    dir: input.sort.dir,
    cursor: input.cursor,
    limit: input.limit,
  }).execute()
  return pageOf(
    rows,
    input.limit,
    (row) => row[input.sort.key],
    (row) => row.id,
  )
}

export async function sumReceipts(db: Reader, scope: Scope, text: string | undefined, filters: ReceiptFilters) {
  return filtered(db.selectFrom('receipts'), scope, text, filters)
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(CASE WHEN receipts.state = 'posted' THEN receipts.amount ELSE 0 END), 0)`.as('amount'),
      sql<number>`coalesce(sum(receipts.allocated), 0)`.as('allocated'),
      sql<number>`coalesce(sum(receipts.advance), 0)`.as('advance'),
    ])
    .executeTakeFirstOrThrow()
}

export async function findReceipt(db: Reader | Writer, id: string) {
  return db.selectFrom('receipts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** What a receipt paid or a credit note took off, released allocations included. */
export async function findAllocationsOf(db: Reader | Writer, by: 'receipt_id' | 'credit_id', id: string) {
  return db
    .selectFrom('receivable_allocations as a')
    .innerJoin('receivable_instalments as i', 'i.id', 'a.instalment_id')
    .where(`a.${by}`, '=', id)
    .select([
      'a.id',
      'a.instalment_id',
      'a.amount',
      'a.costs',
      'a.interest',
      'a.day',
      'a.released_day',
      'a.reason',
      'i.contract_id',
      'i.contract_number',
      'i.label',
      'i.due_day',
    ])
    .orderBy('a.created_at')
    .orderBy('a.id')
    .execute()
}

/** An allocation as the page of a receipt or credit note shows it. */
export function toAllocationRow(row: Awaited<ReturnType<typeof findAllocationsOf>>[number]) {
  return {
    id: row.id,
    instalmentId: row.instalment_id,
    contractId: row.contract_id,
    contractNumber: row.contract_number,
    label: row.label,
    dueDay: row.due_day,
    amount: row.amount,
    costs: row.costs,
    interest: row.interest,
    day: row.day,
    releasedDay: row.released_day,
    reason: row.reason,
  }
}

/** The acceptance bill of a receipt, where it is one. */
export const findBill = (db: Reader | Writer, receiptId: string) =>
  db.selectFrom('receipt_bills').selectAll().where('receipt_id', '=', receiptId).executeTakeFirst()

export function toBill(raw: Omit<ReceiptBillsTable, 'receipt_id'>) {
  const { kind, number, acceptor, maturity_day: maturityDay, state, state_day: stateDay, note } = raw
  return { kind, number, acceptor, maturityDay, state, stateDay, note }
}

/** A row as lists show it. */
export function toReceiptRow(raw: Tables['receipts'], customerName: string): ReceiptRow {
  return {
    id: raw.id,
    version: raw.version,
    number: raw.number,
    customerId: raw.customer_id,
    customerName,
    ownerId: raw.owner_id,
    day: raw.day,
    amount: raw.amount,
    allocated: raw.allocated,
    refunded: raw.refunded,
    advance: raw.advance,
    method: raw.method,
    payer: raw.payer,
    reference: raw.reference,
    note: raw.note,
    state: raw.state,
    reversedDay: raw.reversed_day,
    reversedReason: raw.reversed_reason,
  }
}
