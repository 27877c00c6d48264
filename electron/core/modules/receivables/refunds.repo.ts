import { sql } from 'kysely'
import type { z } from 'zod'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { REFUND_SORTS, refundFilters } from '#shared/modules/receivables/receivables.entries.contract.ts'
import type { RefundRow } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { ReceivableRefundsTable } from '#core/store/tables/receivables.tables.ts'

export type RefundFilters = z.infer<typeof refundFilters>
export type RefundSort = (typeof REFUND_SORTS)[number]

export async function listRefunds(db: Reader, scope: Scope, input: PageInput<RefundSort, RefundFilters>) {
  const { filters } = input
  const needle = normaliseQuery(input.text ?? '')
  let query = applyScope(db.selectFrom('receivable_refunds').selectAll(), scope, 'receivable_refunds.owner_id')
  if (needle !== '') query = query.where(sql<boolean>`instr(search_text, ${needle}) > 0`)
  if (filters.customerId !== undefined) query = query.where('customer_id', '=', filters.customerId)
  if (filters.receiptId !== undefined) query = query.where('receipt_id', '=', filters.receiptId)
  if (filters.state !== undefined) query = query.where('state', '=', filters.state)
  const rows = await keyset(query, {
    sortColumn: 'receivable_refunds.updated_at',
    idColumn: 'receivable_refunds.id',
    dir: input.sort.dir,
    cursor: input.cursor,
    limit: input.limit,
  }).execute()
  return pageOf(
    rows,
    input.limit,
    (row) => row.updated_at,
    (row) => row.id,
  )
}

export const findRefund = (db: Reader | Writer, id: string) =>
  db.selectFrom('receivable_refunds').selectAll().where('id', '=', id).executeTakeFirst()

/** Numbers of receipts, by id. */
export async function receiptNumbers(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await inPieces(ids, (piece) =>
    db.selectFrom('receipts').select(['id', 'number']).where('id', 'in', piece).execute(),
  )
  return new Map(rows.map((row) => [row.id, row.number]))
}

export function toRefundRow(
  raw: ReceivableRefundsTable,
  names: { readonly customer: string; readonly asker: string; readonly receipt: string },
): RefundRow {
  return {
    id: raw.id,
    version: raw.version,
    number: raw.number,
    receiptId: raw.receipt_id,
    receiptNumber: names.receipt,
    customerId: raw.customer_id,
    customerName: names.customer,
    day: raw.day,
    amount: raw.amount,
    method: raw.method,
    payee: raw.payee,
    account: raw.account,
    reason: raw.reason,
    state: raw.state,
    askedById: raw.created_by,
    askedByName: names.asker,
    reversedReason: raw.reversed_reason,
  }
}
