import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import { customerHolder } from '#core/kernel/customer-holder.ts'
import { holdsText, mayBeInNumber } from '#core/kernel/numbers.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { COUNTS } from './invoices.repo.ts'

export { invoicesFor, issuedTo, type IssuedInvoice } from './invoices.statements.ts'
export { heldInvoices, moveInvoices } from './invoices.handover.ts'
export { invoiceIdsOf, invoicesTimeline } from './invoices.timeline.ts'

/** What counts of invoices in a period (days, inclusive), red letters negative on their own day; by day. Fen. */
export async function invoicesIssued(db: Reader | Writer, scope: Scope, from: string, to: string) {
  return applyScope(db.selectFrom('invoices'), scope, 'invoices.owner_id')
    .where(COUNTS)
    .where('invoices.owner_id', 'is not', null)
    .where('invoices.day', '>=', from)
    .where('invoices.day', '<=', to)
    .select(['id', 'owner_id as ownerId', 'customer_id as customerId', 'number', 'day', 'amount'])
    .orderBy('invoices.day')
    .orderBy('invoices.id')
    .execute()
}

/** Whether an invoice of this id is within the scope; removed ones keep their files. */
export async function invoiceInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  const row = await applyScope(db.selectFrom('invoices').select('invoices.id'), scope, 'invoices.owner_id')
    .where('invoices.id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

const hits = (db: Reader, scope: Scope, limit: number) =>
  applyScope(
    db.selectFrom('invoices').select(['invoices.id', 'invoices.number', 'invoices.buyer_name', 'invoices.day']),
    scope,
    'invoices.owner_id',
  )
    .where('invoices.removed_at', 'is', null)
    .orderBy('invoices.day', 'desc')
    .orderBy('invoices.id', 'desc')
    .limit(limit)

/** Fewer digits stand in almost every number of twenty. */
const SHORTEST = 4

/** Invoices for the palette: those of the customers that were found, and by a part of the number. Newest first. */
export async function searchInvoices(
  db: Reader,
  scope: Scope,
  text: string,
  limit: number,
  customerIds: readonly string[],
): Promise<SearchHit[]> {
  const theirs =
    customerIds.length === 0
      ? []
      : await hits(db, scope, limit).where('invoices.customer_id', 'in', customerIds).execute()
  const wanted = text.replace(/\s+/g, '')
  const numbered =
    mayBeInNumber(wanted) && wanted.length >= SHORTEST
      ? await hits(db, scope, limit).where(holdsText('invoices.number_key', wanted)).execute()
      : []
  const known = new Set(theirs.map((row) => row.id))
  return [...theirs, ...numbered.filter((row) => !known.has(row.id))].slice(0, limit).map((row) => ({
    kind: 'invoice',
    id: row.id,
    title: row.number,
    subtitle: `${row.buyer_name} · ${row.day}`,
  }))
}

/** What of invoices goes along when two customers become one; what they print of the buyer stays. */
export const invoiceHolder = customerHolder('invoices', 'invoices', 'invoices')

/** Whether any invoice was ever issued to this customer: its file is part of the books. */
export async function invoiceExistsForCustomer(db: Reader | Writer, customerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('invoices')
    .select('id')
    .where('customer_id', '=', customerId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The instalments that invoices of these numbers bill, each with the number as it is printed. */
export async function instalmentsOfInvoices(db: Reader | Writer, numbers: readonly string[]) {
  return inPieces(numbers, (piece) =>
    db
      .selectFrom('invoices')
      .innerJoin('invoice_instalments as link', 'link.invoice_id', 'invoices.id')
      .select(['link.instalment_id as instalmentId', 'invoices.number'])
      .where('invoices.number', 'in', piece)
      .where('invoices.state', '=', 'issued')
      .where('invoices.removed_at', 'is', null)
      .execute(),
  )
}
