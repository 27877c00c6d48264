import { sql } from 'kysely'
import type { z } from 'zod'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { BILL_SORTS, billFilters } from '#shared/modules/receivables/receivables.entries.contract.ts'
import type { BillStep } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { billMay } from '#shared/modules/receivables/receivables.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope } from '#core/kernel/scope.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import type { Booking } from './receipts.booking.ts'
import { findBill, toBill, toReceiptRow } from './receipts.repo.ts'

type BillFilters = z.infer<typeof billFilters>
type BillSort = (typeof BILL_SORTS)[number]

/** Acceptance bills: money only once they are paid, and not always then. */
export function createBillsService(deps: CoreDeps, booking: Booking) {
  return {
    async list(ctx: CallContext, input: PageInput<BillSort, BillFilters>) {
      const { filters } = input
      const needle = normaliseQuery(input.text ?? '')
      let query = applyScope(
        deps.store.read
          .selectFrom('receipt_bills as b')
          .innerJoin('receipts', 'receipts.id', 'b.receipt_id')
          .selectAll('receipts')
          .select(['b.receipt_id', 'b.kind', 'b.number as bill_number', 'b.acceptor', 'b.maturity_day'])
          .select(['b.state as bill_state', 'b.state_day', 'b.note as bill_note']),
        ctx.scope,
        'receipts.owner_id',
      )
      if (needle !== '') query = query.where(sql<boolean>`instr(receipts.search_text, ${needle}) > 0`)
      if (filters.customerId !== undefined) query = query.where('receipts.customer_id', '=', filters.customerId)
      if (filters.state !== undefined) query = query.where('b.state', '=', filters.state)
      if (filters.maturityTo !== undefined) query = query.where('b.maturity_day', '<=', filters.maturityTo)
      const rows = await keyset(query, {
        sortColumn: 'b.maturity_day',
        idColumn: 'b.receipt_id',
        dir: input.sort.dir,
        cursor: input.cursor,
        limit: input.limit,
      }).execute()
      const page = pageOf(
        rows,
        input.limit,
        (row) => row.maturity_day,
        (row) => row.receipt_id,
      )
      const names = await customerBriefs(
        deps.store.read,
        page.rows.map((row) => row.customer_id),
      )
      return {
        ...page,
        rows: page.rows.map((row) => ({
          ...toReceiptRow(row, names.get(row.customer_id)?.name ?? ''),
          bill: toBill({ ...row, number: row.bill_number, state: row.bill_state, note: row.bill_note }),
        })),
      }
    },

    /**
     * Notes what became of a bill. One that is dishonoured takes its receipt back from that day on: what it paid is owed
     * again, whoever held the bill by then. Throws BILL_STATE.
     */
    move: (ctx: CallContext, input: { id: string; version: number; step: BillStep; day: PlainDay; note: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const { step, day, note } = input
        const receipt = await booking.current(uow, ctx.scope, input)
        const bill = await findBill(uow.db, receipt.id)
        if (!bill || !billMay(bill.state, step)) throw refuse('BILL_STATE')
        if (day < (bill.state_day ?? receipt.day) || day > uow.today) throw refuse('RECEIPT_DAY')
        await uow.db
          .updateTable('receipt_bills')
          .set({ state: step, state_day: day, note })
          .where('receipt_id', '=', receipt.id)
          .execute()
        await uow.audit({
          action: 'receivables.billMove',
          entity: 'receipt',
          entityId: receipt.id,
          before: { bill: bill.number, state: bill.state },
          after: { state: step, day, note },
        })
        if (step === 'dishonoured') return booking.reverse(uow, receipt, day, note || bill.number)
        const version = receipt.version + 1
        await uow.db
          .updateTable('receipts')
          .set({ version, updated_at: uow.now })
          .where('id', '=', receipt.id)
          .execute()
        uow.changed('receivables', receipt.id)
        return { id: receipt.id, version }
      }),
  }
}
