import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { sumParts } from '#shared/modules/receivables/receivables.parts.rules.ts'
import {
  shareReceipt,
  type Allocation,
  type OpenDebt,
} from '#shared/modules/receivables/receivables.allocation.rules.ts'
import type {
  AllocationInput,
  BillFields,
  DesignatedInput,
  ReceiptFields,
} from '#shared/modules/receivables/receivables.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ReceiptsTable } from '#core/store/tables/receivables.tables.ts'
import {
  bookAllocations,
  releaseAllocations,
  sumAllocated,
  type AllocationSource,
  type BookedAllocation,
  type WantedAllocation,
} from './allocations.ts'
import { openInstalments } from './instalments.repo.ts'
import { postUnapplied } from './journal.ts'
import { findReceipt } from './receipts.repo.ts'

/** Told of everything that settles instalments, and of what is taken back; in the same unit of work. */
export type AllocationListener = (
  uow: UnitOfWork,
  news: {
    readonly kind: 'booked' | 'released'
    readonly source: AllocationSource
    readonly customerId: string
    readonly rows: readonly BookedAllocation[]
  },
) => Promise<void>

/** Told of a receipt that is taken back, whether it had settled anything or not; in the same unit of work. */
export type ReversalListener = (uow: UnitOfWork, receipt: ReceiptsTable) => Promise<void>

/** What is claimed beside the principal of a debt, how far it is secured, and what it costs the debtor a year (ppm). */
export interface ClaimedBeside {
  readonly costs: number
  readonly interest: number
  readonly secured: number
  readonly burden: number
}

/** What other modules have to say when money is booked. */
export interface BookingParts {
  readonly listeners?: readonly AllocationListener[]
  readonly reversals?: readonly ReversalListener[]
  /** Of instalments as of a day; only asked where the firm books interest. */
  readonly claimed?: (
    db: Reader | Writer,
    instalmentIds: readonly string[],
    day: PlainDay,
  ) => Promise<ReadonlyMap<string, ClaimedBeside>>
}

/** A receipt as another module makes it: from a line of a bank statement, say. */
export interface NewReceipt extends ReceiptFields {
  readonly bankLineId?: string | null
}

const NOTHING: ClaimedBeside = { costs: 0, interest: 0, secured: 0, burden: 0 }

/** Books money that came in, what it pays, and takes it back. One for the program, made where its modules meet. */
export function createBooking({ listeners = [], reversals = [], claimed }: BookingParts = {}) {
  async function tell(uow: UnitOfWork, news: Parameters<AllocationListener>[1]): Promise<void> {
    if (news.rows.length === 0) return
    for (const listener of listeners) await listener(uow, news)
  }

  /** What a customer owes within the scope, as the order of payment sees it. */
  async function openDebts(
    db: Reader | Writer,
    scope: Scope,
    customerId: string,
    day: PlainDay,
    principalOnly = false,
  ) {
    const { value: policy } = await readSetting(db, 'receivables')
    const rows = await openInstalments(db, scope, customerId)
    const ids = rows.map((row) => row.id)
    const beside = policy.bookInterest && claimed ? await claimed(db, ids, day) : new Map<string, ClaimedBeside>()
    const debts = rows.map((row): OpenDebt => {
      const { secured, burden, ...claims } = beside.get(row.id) ?? NOTHING
      const { costs, interest } = principalOnly ? NOTHING : claims
      const dueDay = row.due_day as PlainDay | null
      const sinceDay = row.since_day as PlainDay
      return { id: row.id, dueDay, sinceDay, costs, interest, principal: row.outstanding, secured, burden }
    })
    return { policy, rows, debts }
  }

  /** What an amount would pay: as the payer designated, then by the law or the firm's rule. Writes nothing. */
  async function propose(
    db: Reader | Writer,
    scope: Scope,
    asked: {
      readonly customerId: string
      readonly day: PlainDay
      readonly amount: number
      readonly designated?: readonly DesignatedInput[]
      /** Of a credit note: costs and interest stay as they are. */
      readonly principalOnly?: boolean
    },
  ) {
    const { policy, rows, debts } = await openDebts(db, scope, asked.customerId, asked.day, asked.principalOnly)
    const designated = (asked.designated ?? []).map(({ instalmentId, amount }) => ({ debtId: instalmentId, amount }))
    const { rule, order } = policy
    const { allocations, rest } = shareReceipt(asked.amount, asked.day, debts, { designated, rule, order })
    return { rows, debts, allocations: joined(allocations), rest, rule, order }
  }

  /** Why each instalment gets what it gets: as the rule would have it, else a person's own choice. */
  async function reasoned(
    uow: UnitOfWork,
    scope: Scope,
    receipt: { readonly customerId: string; readonly day: PlainDay; readonly amount: number },
    wanted: readonly AllocationInput[],
    designated: readonly DesignatedInput[],
  ): Promise<WantedAllocation[]> {
    const { allocations } = await propose(uow.db, scope, { ...receipt, designated })
    const proposed = new Map(allocations.map((one) => [one.debtId, one]))
    return wanted.map(({ instalmentId, amount, costs, interest }) => {
      const principal = amount - costs - interest
      const by = proposed.get(instalmentId)
      const same = by?.principal === principal && by.costs === costs && by.interest === interest
      return { instalmentId, costs, interest, principal, reason: same ? by.reason : 'manual' }
    })
  }

  async function keepBill(uow: UnitOfWork, receiptId: string, bill: BillFields): Promise<void> {
    const same = await uow.db
      .selectFrom('receipt_bills')
      .select('receipt_id')
      .where('number', '=', bill.number)
      .where('state', '<>', 'dishonoured')
      .executeTakeFirst()
    if (same) throw refuse('RECEIPT_BILL_TWICE', { number: bill.number })
    const { kind, number, acceptor, maturityDay } = bill
    await uow.db
      .insertInto('receipt_bills')
      .values({
        receipt_id: receiptId,
        kind,
        number,
        acceptor,
        maturity_day: maturityDay,
        state: 'held',
        state_day: null,
        note: '',
      })
      .execute()
  }

  /**
   * The bill of a receipt that was entered by mistake belongs to the one entered in its place; one that was dishonoured
   * stays with its receipt.
   */
  async function letBillGo(uow: UnitOfWork, receiptId: string): Promise<string | undefined> {
    const gone = await uow.db
      .deleteFrom('receipt_bills')
      .where('receipt_id', '=', receiptId)
      .where('state', '<>', 'dishonoured')
      .returning('number')
      .executeTakeFirst()
    return gone?.number
  }

  /**
   * Books money that came in and what it pays. Throws RECEIPT_DAY for a day ahead, NOT_FOUND for a customer outside the
   * scope, RECEIPT_ALLOCATION, RECEIPT_BILL_TWICE.
   */
  async function receive(uow: UnitOfWork, scope: Scope, fields: NewReceipt) {
    if (fields.day > uow.today) throw refuse('RECEIPT_DAY')
    const customer = await customerInScope(uow.db, scope, fields.customerId)
    const number = await nextDocumentNumber(uow, 'receipt')
    const id = newId()
    const { allocations, designated, bill, bankLineId, ...said } = fields
    const payer = fields.payer || customer.name
    const ownerId = customer.ownerId ?? uow.actor.userId ?? ''
    const { day, amount } = fields
    const wanted = await reasoned(uow, scope, { customerId: customer.id, day, amount }, allocations, designated)
    const { customerId: _customer, ...columns } = said
    await uow.db
      .insertInto('receipts')
      .values({
        id,
        version: 0,
        number,
        customer_id: customer.id,
        owner_id: ownerId,
        ...columns,
        allocated: 0,
        refunded: 0,
        advance: amount,
        payer,
        bank_line_id: bankLineId ?? null,
        state: 'posted',
        reversed_day: null,
        reversed_reason: '',
        reversed_by: null,
        search_text: buildSearchText(customer.name, [number, payer, fields.reference, bill?.number ?? '']),
        created_at: uow.now,
        created_by: uow.actor.userId ?? '',
        updated_at: uow.now,
      })
      .execute()
    if (bill) await keepBill(uow, id, bill)
    const source = { kind: 'receipt', id } as const
    const holder = { source, customerId: customer.id, earliestDay: day, available: amount }
    const rows = await bookAllocations(uow, holder, wanted, scope)
    const allocated = sumAllocated(rows)
    await uow.db
      .updateTable('receipts')
      .set({ allocated, advance: amount - allocated })
      .where('id', '=', id)
      .execute()
    await postUnapplied(uow, unapplied(id, customer.id, ownerId), [{ day, amount }, ...used(rows)])
    await uow.audit({
      action: 'receivables.receiptCreate',
      entity: 'receipt',
      entityId: id,
      after: { number, ...fields, payer },
    })
    uow.changed('receivables', id)
    await tell(uow, { kind: 'booked', source, customerId: customer.id, rows })
    return { id, version: 0, number }
  }

  /** Uses what is left of a receipt, from today on. Throws RECEIPT_ALLOCATION. */
  async function useAdvance(
    uow: UnitOfWork,
    scope: Scope,
    receipt: ReceiptsTable,
    allocations: readonly AllocationInput[],
  ) {
    const { id, customer_id: customerId } = receipt
    const asked = { customerId, day: uow.today, amount: receipt.advance }
    const wanted = await reasoned(uow, scope, asked, allocations, [])
    const source = { kind: 'receipt', id } as const
    const holder = { source, customerId, earliestDay: uow.today, available: receipt.advance }
    const rows = await bookAllocations(uow, holder, wanted, scope)
    const sum = sumAllocated(rows)
    const after = { allocated: receipt.allocated + sum, advance: receipt.advance - sum }
    const version = receipt.version + 1
    await uow.db
      .updateTable('receipts')
      .set({ ...after, version, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    await postUnapplied(uow, unapplied(id, customerId, receipt.owner_id), used(rows))
    await uow.audit({
      action: 'receivables.allocate',
      entity: 'receipt',
      entityId: id,
      before: { allocated: receipt.allocated, advance: receipt.advance },
      after: { allocations },
    })
    uow.changed('receivables', id)
    await tell(uow, { kind: 'booked', source, customerId, rows })
    return { id, version }
  }

  /**
   * Takes a receipt back from a day on: what it paid is owed again, exactly. A mistake in entry is taken back from the
   * receipt's own day. Throws RECEIPT_DAY, and RECEIPT_REFUNDED where some of it went back.
   */
  async function reverse(uow: UnitOfWork, receipt: ReceiptsTable, day: PlainDay, reason: string) {
    if (receipt.state === 'reversed') throw refuse('RECEIPT_REVERSED')
    if (day < receipt.day || day > uow.today) throw refuse('RECEIPT_DAY')
    if (receipt.refunded > 0) throw refuse('RECEIPT_REFUNDED')
    const source = { kind: 'receipt', id: receipt.id } as const
    const rows = await releaseAllocations(uow, source, day)
    const bill = await letBillGo(uow, receipt.id)
    const version = receipt.version + 1
    await uow.db
      .updateTable('receipts')
      .set({ state: 'reversed', allocated: 0, advance: 0, reversed_day: day, reversed_reason: reason })
      .set({ reversed_by: uow.actor.userId, version, updated_at: uow.now })
      .where('id', '=', receipt.id)
      .execute()
    const back = rows.map((row) => ({ day: row.day, amount: sumParts(row) }))
    await postUnapplied(uow, unapplied(receipt.id, receipt.customer_id, receipt.owner_id), [
      ...back,
      { day, amount: -receipt.amount },
    ])
    await uow.audit({
      action: 'receivables.reverse',
      entity: 'receipt',
      entityId: receipt.id,
      before: {
        state: 'posted',
        amount: receipt.amount,
        allocated: sumAllocated(rows),
        advance: receipt.advance,
        ...(bill ? { bill } : {}),
      },
      after: { state: 'reversed', day, reason },
    })
    uow.changed('receivables', receipt.id)
    await tell(uow, { kind: 'released', source, customerId: receipt.customer_id, rows })
    for (const told of reversals) await told(uow, receipt)
    return { id: receipt.id, version }
  }

  /** A posted receipt in the scope, at this version. Throws NOT_FOUND, STALE, RECEIPT_REVERSED. */
  async function current(uow: UnitOfWork, scope: Scope, at: { readonly id: string; readonly version: number }) {
    const receipt = await findReceipt(uow.db, at.id)
    if (!receipt || !inScope(scope, receipt.owner_id)) throw refuse('NOT_FOUND', { entity: 'receipt' })
    if (receipt.version !== at.version) throw refuse('STALE', { current: { version: receipt.version } })
    if (receipt.state === 'reversed') throw refuse('RECEIPT_REVERSED')
    return receipt
  }

  return { tell, openDebts, propose, receive, useAdvance, reverse, current }
}

export type Booking = ReturnType<typeof createBooking>

const unapplied = (id: string, customerId: string, ownerId: string) =>
  ({ source_id: id, kind: 'receipt', customer_id: customerId, owner_id: ownerId }) as const

/** What is used by allocations is held no longer. */
const used = (rows: readonly BookedAllocation[]) => rows.map((row) => ({ day: row.day, amount: -sumParts(row) }))

/** One allocation for each debt: what was designated and what the rule added to it are one. */
function joined(allocations: readonly Allocation[]): Allocation[] {
  const byDebt = new Map<string, Allocation>()
  for (const one of allocations) {
    const before = byDebt.get(one.debtId)
    byDebt.set(
      one.debtId,
      before
        ? {
            ...before,
            amount: before.amount + one.amount,
            costs: before.costs + one.costs,
            interest: before.interest + one.interest,
            principal: before.principal + one.principal,
          }
        : one,
    )
  }
  return [...byDebt.values()].filter((one) => sumParts(one) > 0)
}
