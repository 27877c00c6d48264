import { sql } from 'kysely'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { daysOverdue } from '#shared/modules/receivables/receivables.rules.ts'
import { customerHolder } from '#core/kernel/customer-holder.ts'
import { BUCKETS } from '#shared/modules/receivables/receivables.schema.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { NO_DUE_KEY } from './receivables.keys.ts'
import { ageingTotals } from './ageing.repo.ts'

export { receivablesTimeline } from './receivables.timeline.ts'
export { releaseInstalments, replanInstalments, standingInstalments } from './receivables.replan.ts'
export { createInstalments, type NewInstalment } from './instalments.create.ts'
export { heldReceivables, moveReceivables } from './receivables.handover.ts'

/** Dates the instalments of a contract anew, by their position; unchanged rows stay untouched. */
export async function redateInstalments(
  uow: UnitOfWork,
  contractId: string,
  dueDays: ReadonlyMap<number, string | null>,
): Promise<void> {
  const rows = await uow.db
    .selectFrom('receivable_instalments')
    .select(['id', 'seq', 'due_day', 'version'])
    .where('contract_id', '=', contractId)
    .where('state', '=', 'open')
    .execute()
  for (const row of rows) {
    const due = dueDays.get(row.seq)
    if (due === undefined || due === row.due_day) continue
    await uow.db
      .updateTable('receivable_instalments')
      .set({ due_day: due, due_key: due ?? NO_DUE_KEY, version: row.version + 1, updated_at: uow.now })
      .where('id', '=', row.id)
      .execute()
    uow.changed('receivables', row.id)
  }
}

/**
 * Cancels the instalments of a contract that is made void, from today on.
 * Throws CONTRACT_HAS_RECEIPTS where money was received for one: the receipt must be reversed first.
 */
export async function cancelInstalments(uow: UnitOfWork, contractId: string): Promise<void> {
  const paid = await uow.db
    .selectFrom('receivable_instalments')
    .select('id')
    .where('contract_id', '=', contractId)
    .where('settled', '>', 0)
    .executeTakeFirst()
  if (paid) throw refuse('CONTRACT_HAS_RECEIPTS')
  await uow.db
    .updateTable('receivable_instalments')
    .set({ state: 'cancelled', outstanding: 0, cancelled_day: uow.today, updated_at: uow.now })
    .where('contract_id', '=', contractId)
    .execute()
  uow.changed('receivables', contractId)
}

/** An instalment past its due day with something outstanding. Amounts in fen. */
export interface OverdueRow {
  readonly id: string
  readonly customerId: string
  readonly ownerId: string
  readonly contractId: string
  readonly contractNumber: string
  readonly seq: number
  readonly label: string
  readonly dueDay: string
  readonly amount: number
  readonly settled: number
  readonly outstanding: number
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
    ])
    .orderBy('customer_id')
    .orderBy('due_key')
    .orderBy('id')
    .execute()
  const aged = rows.map((row) => ({ ...row, daysOverdue: daysOverdue(row.dueDay as PlainDay, asOf) }))
  const { minDays } = options
  return minDays === undefined ? aged : aged.filter((row) => row.daysOverdue >= minDays)
}

/** Fen by sales person and month ('YYYY-MM'). */
export interface OwnerMonthSum {
  readonly ownerId: string
  readonly month: string
  readonly amount: number
}

/**
 * Money received from `from` to `to` (days, inclusive) by the receipt's owner and month. A reversal counts against
 * the month in which it was made, so that a month once reported does not change.
 */
export async function collectedSums(
  db: Reader | Writer,
  scope: Scope,
  from: string,
  to: string,
): Promise<OwnerMonthSum[]> {
  const came = applyScope(db.selectFrom('receipts'), scope, 'receipts.owner_id')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .select(['owner_id as ownerId', sql<string>`substr(day, 1, 7)`.as('month'), sql<number>`sum(amount)`.as('amount')])
    .groupBy(['owner_id', sql`substr(day, 1, 7)`])
  const back = applyScope(db.selectFrom('receipts'), scope, 'receipts.owner_id')
    .where('reversed_day', '>=', from)
    .where('reversed_day', '<=', to)
    .select([
      'owner_id as ownerId',
      sql<string>`substr(reversed_day, 1, 7)`.as('month'),
      sql<number>`-sum(amount)`.as('amount'),
    ])
    .groupBy(['owner_id', sql`substr(reversed_day, 1, 7)`])
  const sums = new Map<string, OwnerMonthSum>()
  for (const row of [...(await came.execute()), ...(await back.execute())]) {
    const key = `${row.ownerId} ${row.month}`
    sums.set(key, { ...row, amount: row.amount + (sums.get(key)?.amount ?? 0) })
  }
  return [...sums.values()]
}

/** The two halves of the collection rate, in fen, by owner and the month in which the amounts fell due. */
export interface CollectionInput {
  readonly ownerId: string
  readonly month: string
  /** What fell due in the month. */
  readonly due: number
  /** What of that was received up to `to`. */
  readonly collected: number
}

/**
 * What fell due from `from` to `to` (days, inclusive) and what of it was received up to `to`, by owner and month:
 * collection rate = collected / due. Later receipts do not change a month that was asked for its own end.
 */
export async function collectionInputs(
  db: Reader | Writer,
  scope: Scope,
  from: string,
  to: string,
): Promise<CollectionInput[]> {
  const month = sql<string>`substr(i.due_day, 1, 7)`
  const paid = sql<number>`coalesce((SELECT sum(a.amount) FROM receipt_allocations a
    WHERE a.instalment_id = i.id AND a.day <= ${to} AND (a.released_day IS NULL OR a.released_day > ${to})), 0)`
  const query = db
    .selectFrom('receivable_instalments as i')
    .where('i.due_day', '>=', from)
    .where('i.due_day', '<=', to)
    .where(sql<boolean>`(i.cancelled_day IS NULL OR i.cancelled_day > ${to})`)
    .select([
      'i.owner_id as ownerId',
      month.as('month'),
      sql<number>`sum(i.amount)`.as('due'),
      sql<number>`sum(${paid})`.as('collected'),
    ])
    .groupBy(['i.owner_id', month])
  return applyScope(query, scope, 'i.owner_id').execute()
}

/** Outstanding, overdue and due-today fen within the scope: the home page's first figures. */
export async function openTotals(db: Reader, scope: Scope, today: string) {
  const query = applyScope(db.selectFrom('receivable_instalments'), scope, 'receivable_instalments.owner_id')
    .where('outstanding', '>', 0)
    .select([
      sql<number>`coalesce(sum(outstanding), 0)`.as('outstanding'),
      sql<number>`coalesce(sum(CASE WHEN due_key < ${today} THEN outstanding ELSE 0 END), 0)`.as('overdue'),
      sql<number>`coalesce(sum(CASE WHEN due_key = ${today} THEN outstanding ELSE 0 END), 0)`.as('dueToday'),
    ])
  return query.executeTakeFirstOrThrow()
}

/** What was received on these instalments and still stands, by instalment, oldest first. Fen. */
export async function standingPayments(
  db: Reader | Writer,
  instalmentIds: readonly string[],
): Promise<ReadonlyMap<string, { day: PlainDay; amount: number }[]>> {
  const payments = new Map<string, { day: PlainDay; amount: number }[]>()
  const rows = await inPieces(instalmentIds, (piece) =>
    db
      .selectFrom('receipt_allocations')
      .select(['instalment_id', 'day', 'amount'])
      .where('instalment_id', 'in', piece)
      .where('released_day', 'is', null)
      .orderBy('day')
      .execute(),
  )
  for (const row of rows) {
    const list = payments.get(row.instalment_id) ?? []
    list.push({ day: row.day as PlainDay, amount: row.amount })
    payments.set(row.instalment_id, list)
  }
  return payments
}

/** The very movements that `collectedSums` adds up: receipts on their day, reversals negative on theirs. Fen. */
export async function receiptMovements(db: Reader | Writer, scope: Scope, from: string, to: string) {
  const rows = await applyScope(db.selectFrom('receipts'), scope, 'receipts.owner_id')
    .where((eb) =>
      eb.or([
        eb.and([eb('day', '>=', from), eb('day', '<=', to)]),
        eb.and([eb('reversed_day', '>=', from), eb('reversed_day', '<=', to)]),
      ]),
    )
    .select(['id', 'number', 'customer_id as customerId', 'day', 'reversed_day as reversedDay', 'amount'])
    .orderBy('day')
    .orderBy('id')
    .execute()
  const within = (day: string | null): day is string => day !== null && day >= from && day <= to
  return rows.flatMap(({ reversedDay, ...row }) => [
    ...(within(row.day) ? [row] : []),
    ...(within(reversedDay) ? [{ ...row, day: reversedDay, amount: -row.amount }] : []),
  ])
}

/** The very instalments that `collectionInputs` adds up: due in the period, with what was received up to its end. */
export async function dueRows(db: Reader | Writer, scope: Scope, from: string, to: string) {
  const paid = sql<number>`coalesce((SELECT sum(a.amount) FROM receipt_allocations a
    WHERE a.instalment_id = i.id AND a.day <= ${to} AND (a.released_day IS NULL OR a.released_day > ${to})), 0)`
  const query = db
    .selectFrom('receivable_instalments as i')
    .where('i.due_day', '>=', from)
    .where('i.due_day', '<=', to)
    .where(sql<boolean>`(i.cancelled_day IS NULL OR i.cancelled_day > ${to})`)
    .select([
      'i.id',
      'i.customer_id as customerId',
      'i.contract_number as contractNumber',
      'i.label',
      'i.due_key as dueDay',
      'i.amount',
      paid.as('collected'),
    ])
    .orderBy('i.due_day')
    .orderBy('i.id')
  return applyScope(query, scope, 'i.owner_id').execute()
}

/** Outstanding fen by ageing bucket as things stand, for the home page. */
export async function ageingNow(
  db: Reader,
  scope: Scope,
  today: PlainDay,
): Promise<{ bucket: string; amount: number }[]> {
  const { buckets } = await ageingTotals(db, { scope, today }, today)
  return BUCKETS.map((bucket) => ({ bucket, amount: buckets[bucket] }))
}

/** Instalments that fall due from a day to another, nearest first. */
export async function dueBetween(db: Reader, scope: Scope, from: string, to: string, limit: number) {
  const query = db
    .selectFrom('receivable_instalments')
    .where('outstanding', '>', 0)
    .where('due_key', '>=', from)
    .where('due_key', '<=', to)
    .select([
      'id',
      'contract_id as contractId',
      'customer_id as customerId',
      'label',
      'due_key as dueDay',
      'outstanding',
    ])
    .orderBy('due_key')
    .orderBy('id')
    .limit(limit)
  return applyScope(query, scope, 'receivable_instalments.owner_id').execute()
}

/** What one customer owes within the scope, and how much of it is overdue. Fen. */
export async function customerTotals(db: Reader, scope: Scope, customerId: string, today: string) {
  return applyScope(db.selectFrom('receivable_instalments'), scope, 'receivable_instalments.owner_id')
    .where('customer_id', '=', customerId)
    .where('outstanding', '>', 0)
    .select([
      sql<number>`coalesce(sum(outstanding), 0)`.as('outstanding'),
      sql<number>`coalesce(sum(CASE WHEN due_key < ${today} THEN outstanding ELSE 0 END), 0)`.as('overdue'),
    ])
    .executeTakeFirstOrThrow()
}

/** Instalments of a customer that stand, or of one contract of his, in the order in which they fall due. Fen. */
export async function billableInstalments(
  db: Reader | Writer,
  of: { readonly customerId: string; readonly contractId: string | null; readonly ids?: readonly string[] | undefined },
) {
  let query = db
    .selectFrom('receivable_instalments')
    .select(['id', 'contract_number as contractNumber', 'label', 'due_day as dueDay', 'amount'])
    .where('customer_id', '=', of.customerId)
    .where('state', '=', 'open')
    .orderBy('due_key')
    .orderBy('contract_number')
    .orderBy('seq')
    .limit(500)
  if (of.contractId !== null) query = query.where('contract_id', '=', of.contractId)
  if (of.ids) query = query.where('id', 'in', [...of.ids])
  return query.execute()
}

/** Money of a customer that pays nothing yet, within the scope. Fen. */
export async function advanceHeld(db: Reader, scope: Scope, customerId: string): Promise<number> {
  const row = await applyScope(db.selectFrom('receipts'), scope, 'receipts.owner_id')
    .where('customer_id', '=', customerId)
    .where('advance', '>', 0)
    .select(sql<number>`coalesce(sum(advance), 0)`.as('advance'))
    .executeTakeFirstOrThrow()
  return row.advance
}

/** What of receivables goes along when two customers become one. */
export const receivableHolders = [
  customerHolder('instalments', 'receivable_instalments', 'receivables'),
  customerHolder('receipts', 'receipts', 'receivables'),
  customerHolder('allocations', 'receipt_allocations', null),
]

/** Whether any money was ever received from this customer, reversed or not: its file is part of the books. */
export async function receiptExistsForCustomer(db: Reader | Writer, customerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('receipts')
    .select('id')
    .where('customer_id', '=', customerId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
