import type { PlainDay } from '#shared/kernel/dates.ts'
import { daysOverdue } from '#shared/modules/receivables/receivables.rules.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** An instalment past its due day with something outstanding. Amounts in fen. */
export interface OverdueRow {
  readonly id: string
  readonly customerId: string
  readonly ownerId: string
  /** Null where it is of no contract in the program. */
  readonly contractId: string | null
  readonly contractNumber: string
  readonly seq: number
  readonly label: string
  readonly dueDay: string
  readonly amount: number
  readonly settled: number
  readonly outstanding: number
  readonly disputed: number
  readonly limitationDay: string | null
  readonly daysOverdue: number
}

/**
 * Everything overdue as things stand now, for a day not before today's bookings; by customer, oldest first.
 * `minDays` leaves out what is less overdue.
 */
export async function overdueRows(
  db: Reader | Writer,
  scope: Scope,
  asOf: PlainDay,
  options: { customerIds?: readonly string[] | undefined; minDays?: number | undefined } = {},
): Promise<OverdueRow[]> {
  if (options.customerIds?.length === 0) return []
  let query = applyScope(db.selectFrom('receivable_instalments'), scope, 'receivable_instalments.owner_id')
    .where('outstanding', '>', 0)
    .where('due_key', '<', asOf)
  if (options.customerIds) query = query.where('customer_id', 'in', [...options.customerIds])
  const rows = await query
    .select([
      'id',
      'customer_id as customerId',
      'owner_id as ownerId',
      'contract_id as contractId',
      'contract_number as contractNumber',
      'seq',
      'label',
      'due_key as dueDay',
      'amount',
      'settled',
      'outstanding',
      'disputed',
      'limitation_day as limitationDay',
    ])
    .orderBy('customer_id')
    .orderBy('due_key')
    .orderBy('id')
    .execute()
  const aged = rows.map((row) => ({ ...row, daysOverdue: daysOverdue(row.dueDay as PlainDay, asOf) }))
  const { minDays } = options
  return minDays === undefined ? aged : aged.filter((row) => row.daysOverdue >= minDays)
}

/** One payment owed, as other modules know it. Amounts in fen. */
export interface Owed {
  readonly id: string
  readonly version: number
  readonly kind: 'contract' | 'manual' | 'opening'
  readonly customerId: string
  readonly ownerId: string
  readonly contractId: string | null
  readonly contractNumber: string
  readonly invoiceNumber: string
  readonly seq: number
  readonly label: string
  readonly sinceDay: string
  readonly dueDay: string | null
  readonly invoiceDay: string | null
  readonly amount: number
  readonly settled: number
  readonly credited: number
  readonly writtenOff: number
  readonly outstanding: number
  readonly disputed: number
  readonly limitationDay: string | null
  readonly state: 'open' | 'cancelled'
}

const OWED = [
  'id',
  'version',
  'kind',
  'customer_id as customerId',
  'owner_id as ownerId',
  'contract_id as contractId',
  'contract_number as contractNumber',
  'invoice_number as invoiceNumber',
  'seq',
  'label',
  'since_day as sinceDay',
  'due_day as dueDay',
  'invoice_day as invoiceDay',
  'amount',
  'settled',
  'credited',
  'written_off as writtenOff',
  'outstanding',
  'disputed',
  'limitation_day as limitationDay',
  'state',
] as const

/** Instalments by their ids; whoever calls has checked that they may be read. */
export const owedByIds = (db: Reader | Writer, ids: readonly string[]): Promise<Owed[]> =>
  inPieces(ids, (piece) =>
    db.selectFrom('receivable_instalments').select(OWED).where('id', 'in', piece).orderBy('due_key').execute(),
  )

/** What these customers still owe, whoever answers for it, in no order. */
export const owedOfCustomers = (db: Reader | Writer, customerIds: readonly string[]): Promise<Owed[]> =>
  inPieces(customerIds, (piece) =>
    db
      .selectFrom('receivable_instalments')
      .select(OWED)
      .where('customer_id', 'in', piece)
      .where('outstanding', '>', 0)
      .execute(),
  )

/** Money that came from these customers and still stands. Fen. */
export const receiptsOfCustomers = (
  db: Reader | Writer,
  customerIds: readonly string[],
): Promise<{ customerId: string; ownerId: string; id: string; number: string; day: string; amount: number }[]> =>
  inPieces(customerIds, (piece) =>
    db
      .selectFrom('receipts')
      .select(['customer_id as customerId', 'owner_id as ownerId', 'id', 'number', 'day', 'amount'])
      .where('customer_id', 'in', piece)
      .where('state', '=', 'posted')
      .orderBy('day')
      .execute(),
  )

/** Whose debts these records of receivables are about: instalments, receipts, credit notes, or contracts that ask for money. */
export async function customersOfReceivables(db: Reader | Writer, ids: readonly string[]): Promise<string[]> {
  const rows = await inPieces(ids, (piece) =>
    db
      .selectFrom('receivable_instalments')
      .select('customer_id')
      .where((eb) => eb.or([eb('id', 'in', piece), eb('contract_id', 'in', piece)]))
      .union(db.selectFrom('receipts').select('customer_id').where('id', 'in', piece))
      .union(db.selectFrom('receivable_credits').select('customer_id').where('id', 'in', piece))
      .execute(),
  )
  return [...new Set(rows.map((row) => row.customer_id))]
}

/** What lessened an instalment and still stands; `amount` of principal, in fen. */
export interface StandingPayment {
  readonly day: PlainDay
  readonly amount: number
  readonly costs: number
  readonly interest: number
  /** `before`: received before the program knew of it. */
  readonly kind: 'receipt' | 'credit' | 'writeOff' | 'before'
}

/** What lessened these instalments and still stands, by instalment, oldest first. */
export async function standingPayments(
  db: Reader | Writer,
  instalmentIds: readonly string[],
): Promise<ReadonlyMap<string, StandingPayment[]>> {
  const before = await inPieces(instalmentIds, (piece) =>
    db
      .selectFrom('receivable_instalments')
      .select(['id as instalment_id', 'since_day as day', 'settled_before as principal'])
      .where('id', 'in', piece)
      .where('settled_before', '>', 0)
      .execute(),
  )
  const since = await inPieces(instalmentIds, (piece) =>
    db
      .selectFrom('receivable_allocations')
      .select(['instalment_id', 'kind', 'day', 'principal', 'costs', 'interest'])
      .where('instalment_id', 'in', piece)
      .where('released_day', 'is', null)
      .orderBy('day')
      .execute(),
  )
  const payments = new Map<string, StandingPayment[]>()
  const rows = [...before.map((row) => ({ ...row, kind: 'before' as const, costs: 0, interest: 0 })), ...since]
  for (const { instalment_id: id, principal, day, ...row } of rows) {
    const list = payments.get(id) ?? []
    list.push({ ...row, day: day as PlainDay, amount: principal })
    payments.set(id, list)
  }
  return payments
}
