import { sql, type SelectQueryBuilder } from 'kysely'
import type { z } from 'zod'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { CREDIT_SORTS, creditFilters } from '#shared/modules/receivables/receivables.entries.contract.ts'
import type { CreditRow } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import type { ReceivableCreditsTable } from '#core/store/tables/receivables.tables.ts'

export type CreditFilters = z.infer<typeof creditFilters>
export type CreditSort = (typeof CREDIT_SORTS)[number]

const SORT = { day: 'receivable_credits.day', amount: 'receivable_credits.amount' } as const

function filtered<O>(
  query: SelectQueryBuilder<Tables, 'receivable_credits', O>,
  scope: Scope,
  text: string | undefined,
  filters: CreditFilters,
) {
  let q = applyScope(query, scope, 'receivable_credits.owner_id')
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') q = q.where(sql<boolean>`instr(receivable_credits.search_text, ${needle}) > 0`)
  if (filters.customerId !== undefined) q = q.where('receivable_credits.customer_id', '=', filters.customerId)
  if (filters.state !== undefined) q = q.where('receivable_credits.state', '=', filters.state)
  if (filters.cause !== undefined) q = q.where('receivable_credits.cause', '=', filters.cause)
  if (filters.withRest === true) q = q.where('receivable_credits.rest', '>', 0)
  if (filters.dayFrom !== undefined) q = q.where('receivable_credits.day', '>=', filters.dayFrom)
  if (filters.dayTo !== undefined) q = q.where('receivable_credits.day', '<=', filters.dayTo)
  return q
}

export async function listCredits(db: Reader, scope: Scope, input: PageInput<CreditSort, CreditFilters>) {
  const base = db.selectFrom('receivable_credits').selectAll()
  const rows = await keyset(filtered(base, scope, input.text, input.filters), {
    sortColumn: SORT[input.sort.key],
    idColumn: 'receivable_credits.id',
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

export async function sumCredits(db: Reader, scope: Scope, text: string | undefined, filters: CreditFilters) {
  return filtered(db.selectFrom('receivable_credits'), scope, text, filters)
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(CASE WHEN receivable_credits.state = 'posted' THEN amount ELSE 0 END), 0)`.as('amount'),
      sql<number>`coalesce(sum(allocated), 0)`.as('allocated'),
      sql<number>`coalesce(sum(rest), 0)`.as('rest'),
    ])
    .executeTakeFirstOrThrow()
}

export const findCredit = (db: Reader | Writer, id: string) =>
  db.selectFrom('receivable_credits').selectAll().where('id', '=', id).executeTakeFirst()

export function toCreditRow(raw: ReceivableCreditsTable, customerName: string): CreditRow {
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
    rest: raw.rest,
    cause: raw.cause,
    reason: raw.reason,
    invoiceNumber: raw.invoice_number,
    state: raw.state,
    reversedDay: raw.reversed_day,
    reversedReason: raw.reversed_reason,
  }
}
