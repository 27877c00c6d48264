import type { PlainDay } from '#shared/kernel/dates.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** An invoice as an account lists it; red ones below zero. Fen. */
export interface IssuedInvoice {
  readonly customerId: string
  readonly day: PlainDay
  readonly number: string
  readonly amount: number
}

/** What was issued to these customers from a day to a day, both included, oldest first; void ones do not count. */
export async function issuedTo(
  db: Reader | Writer,
  customerIds: readonly string[],
  from: PlainDay,
  to: PlainDay,
): Promise<IssuedInvoice[]> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('invoices')
      .select(['customer_id', 'day', 'number', 'amount'])
      .where('customer_id', 'in', piece)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .where('state', '=', 'issued')
      .where('removed_at', 'is', null)
      .orderBy('day')
      .orderBy('id')
      .execute(),
  )
  return rows.map((row) => ({
    customerId: row.customer_id ?? '',
    day: row.day as PlainDay,
    number: row.number,
    amount: row.amount,
  }))
}

/** What was issued under these contracts or for these instalments within the scope, oldest first. Fen. */
export async function invoicesFor(
  db: Reader | Writer,
  scope: Scope,
  contractIds: readonly string[],
  instalmentIds: readonly string[],
) {
  const linked = db
    .selectFrom('invoice_instalments')
    .select('invoice_id')
    .where('instalment_id', 'in', [...instalmentIds])
  return applyScope(
    db.selectFrom('invoices').select(['invoices.id', 'invoices.day', 'invoices.number', 'invoices.amount']),
    scope,
    'invoices.owner_id',
  )
    .where((eb) =>
      eb.or([
        eb('invoices.id', 'in', linked),
        ...(contractIds.length === 0 ? [] : [eb('invoices.contract_id', 'in', [...contractIds])]),
      ]),
    )
    .where('invoices.state', '=', 'issued')
    .where('invoices.removed_at', 'is', null)
    .orderBy('invoices.day')
    .orderBy('invoices.id')
    .execute()
}
