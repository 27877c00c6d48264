import type { OpenItem } from '#shared/modules/receivables/receivables.matching.rules.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ReceiptsTable } from '#core/store/tables/receivables.tables.ts'

/** An open instalment as a line of a bank statement is held against it; numbers of invoices are the asker's. */
export interface OpenInstalment extends Omit<OpenItem, 'invoiceNumbers'> {
  readonly contractId: string | null
  readonly invoiceNumber: string
  readonly label: string
}

const OPEN = [
  'id',
  'customer_id as customerId',
  'contract_id as contractId',
  'contract_number as contractNumber',
  'invoice_number as invoiceNumber',
  'label',
  'due_day as dueDay',
  'outstanding',
] as const

/** Everything that these customers owe, the earliest due first. */
export async function openOfCustomers(
  db: Reader | Writer,
  scope: Scope,
  customerIds: readonly string[],
): Promise<OpenInstalment[]> {
  const rows = await inPieces(customerIds, (piece) =>
    applyScope(db.selectFrom('receivable_instalments'), scope, 'receivable_instalments.owner_id')
      .select(OPEN)
      .where('customer_id', 'in', piece)
      .where('outstanding', '>', 0)
      .orderBy('customer_id')
      .orderBy('due_key')
      .execute(),
  )
  return rows as OpenInstalment[]
}

/** Who owes anything under these contract numbers; with the numbers, so that a text is known to name them. */
export async function owingByNumber(db: Reader | Writer, scope: Scope, numbers: readonly string[]) {
  return inPieces(numbers, (piece) =>
    applyScope(db.selectFrom('receivable_instalments'), scope, 'receivable_instalments.owner_id')
      .select(['id', 'customer_id as customerId', 'contract_number as contractNumber'])
      .where('contract_number', 'in', piece)
      .where('outstanding', '>', 0)
      .execute(),
  )
}

/** Whose these instalments are, of those that are open. */
export async function owingByIds(db: Reader | Writer, scope: Scope, ids: readonly string[]) {
  return inPieces(ids, (piece) =>
    applyScope(db.selectFrom('receivable_instalments'), scope, 'receivable_instalments.owner_id')
      .select(['id', 'customer_id as customerId'])
      .where('id', 'in', piece)
      .where('outstanding', '>', 0)
      .execute(),
  )
}

/** Rows of one amount beyond this say nothing of whose it is. */
const MOST_OF_AN_AMOUNT = 200

/** Who owes exactly one of these amounts with one instalment; the first few hundred of each amount. */
export async function owingAmounts(db: Reader | Writer, scope: Scope, amounts: readonly number[]) {
  const rows: { customerId: string; outstanding: number }[] = []
  for (const amount of new Set(amounts)) {
    const found = await applyScope(db.selectFrom('receivable_instalments'), scope, 'receivable_instalments.owner_id')
      .select(['customer_id as customerId', 'outstanding'])
      .where('outstanding', '=', amount)
      .orderBy('id')
      .limit(MOST_OF_AN_AMOUNT)
      .execute()
    rows.push(...found)
  }
  return rows
}

const standing = (db: Reader | Writer) => db.selectFrom('receipts').selectAll().where('state', '=', 'posted')

/** Receipts by bank of these amounts and days that no line of a statement was found for. */
export async function receiptsWithoutLine(
  db: Reader | Writer,
  scope: Scope,
  amounts: readonly number[],
  [from, to]: readonly [string, string],
): Promise<ReceiptsTable[]> {
  if (amounts.length === 0) return []
  return applyScope(standing(db), scope, 'receipts.owner_id')
    .where('method', '=', 'bank')
    .where('bank_line_id', 'is', null)
    .where('amount', 'in', [...new Set(amounts)])
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('id')
    .execute()
}

/** The receipts that stand and have these lines. */
export async function receiptsOfLines(db: Reader | Writer, lineIds: readonly string[]): Promise<ReceiptsTable[]> {
  return inPieces(lineIds, (piece) => standing(db).where('bank_line_id', 'in', piece).orderBy('number').execute())
}

/** Says which line a receipt is, or that it is none; the caller has seen to the rest. */
export async function setBankLine(uow: UnitOfWork, receipt: ReceiptsTable, lineId: string | null): Promise<void> {
  await uow.db
    .updateTable('receipts')
    .set({ bank_line_id: lineId, version: receipt.version + 1, updated_at: uow.now })
    .where('id', '=', receipt.id)
    .execute()
  await uow.audit({
    action: 'receivables.bankLine',
    entity: 'receipt',
    entityId: receipt.id,
    before: { line: receipt.bank_line_id },
    after: { line: lineId },
  })
  uow.changed('receivables', receipt.id)
}

/** Lets reversed receipts go of lines that are about to be deleted. */
export async function forgetBankLines(uow: UnitOfWork, lineIds: readonly string[]): Promise<void> {
  await inPieces(lineIds, async (piece) => {
    await uow.db.updateTable('receipts').set({ bank_line_id: null }).where('bank_line_id', 'in', piece).execute()
    return []
  })
}
