import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { AllocationInput, ReceiptFields } from '#shared/modules/receivables/receivables.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope } from '#core/kernel/scope.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import type { Booking } from './receipts.booking.ts'
import {
  findAllocationsOf,
  findBill,
  findReceipt,
  listReceipts,
  sumReceipts,
  toAllocationRow,
  toBill,
  toReceiptRow,
  type ReceiptFilters,
  type ReceiptSort,
} from './receipts.repo.ts'

/** What came in: receipts, what they pay, advances and reversals. */
export function createReceiptsService(deps: CoreDeps, booking: Booking) {
  return {
    async list(ctx: CallContext, input: PageInput<ReceiptSort, ReceiptFilters>) {
      const page = await listReceipts(deps.store.read, ctx.scope, input)
      const names = await customerBriefs(
        deps.store.read,
        page.rows.map((row) => row.customer_id),
      )
      return { ...page, rows: page.rows.map((row) => toReceiptRow(row, names.get(row.customer_id)?.name ?? '')) }
    },

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: ReceiptFilters }) =>
      sumReceipts(deps.store.read, ctx.scope, input.text, input.filters),

    async get(ctx: CallContext, id: string) {
      const db = deps.store.read
      const receipt = await findReceipt(db, id)
      if (!receipt) throw refuse('NOT_FOUND', { entity: 'receipt' })
      assertInScope(ctx.scope, receipt.owner_id, 'receipt')
      const names = await customerBriefs(db, [receipt.customer_id])
      const bill = await findBill(db, id)
      return {
        ...toReceiptRow(receipt, names.get(receipt.customer_id)?.name ?? ''),
        designation: receipt.designation,
        bill: bill ? toBill(bill) : null,
        allocations: (await findAllocationsOf(db, 'receipt_id', id)).map(toAllocationRow),
      }
    },

    create: (ctx: CallContext, fields: ReceiptFields) =>
      deps.store.write(ctx.actor, (uow) => booking.receive(uow, ctx.scope, fields)),

    /** Uses what is left of a receipt; counts from the day it is done. */
    allocate: (ctx: CallContext, input: { id: string; version: number; allocations: readonly AllocationInput[] }) =>
      deps.store.write(ctx.actor, async (uow) =>
        booking.useAdvance(uow, ctx.scope, await booking.current(uow, ctx.scope, input), input.allocations),
      ),

    /** Takes a receipt back from a day on; a mistake in entry is taken back from the receipt's own day. */
    reverse: (ctx: CallContext, input: { id: string; version: number; day: PlainDay; reason: string }) =>
      deps.store.write(ctx.actor, async (uow) =>
        booking.reverse(uow, await booking.current(uow, ctx.scope, input), input.day, input.reason),
      ),
  }
}
