import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { ReceiptFields } from '#shared/modules/receivables/receivables.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { assertInScope } from '#core/kernel/scope.ts'
import { customerBriefs, customerInScope } from '#core/modules/customers/customers.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { bookAllocations, releaseAllocations } from './allocations.ts'
import {
  findAllocations,
  findReceipt,
  listReceipts,
  sumReceipts,
  toReceiptRow,
  type ReceiptFilters,
  type ReceiptSort,
} from './receipts.repo.ts'

/** What came in: receipts, what they pay, advances and reversals. */
export function createReceiptsService(deps: CoreDeps) {
  /** A posted receipt in the caller's scope, at this version. */
  async function current(uow: UnitOfWork, ctx: CallContext, input: { id: string; version: number }) {
    const receipt = await findReceipt(uow.db, input.id)
    if (!receipt) throw refuse('NOT_FOUND', { entity: 'receipt' })
    assertInScope(ctx.scope, receipt.owner_id, 'receipt')
    if (receipt.version !== input.version) throw refuse('STALE', { current: { version: receipt.version } })
    if (receipt.state === 'reversed') throw refuse('RECEIPT_REVERSED')
    return receipt
  }

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
      const allocations = await findAllocations(db, id)
      return {
        ...toReceiptRow(receipt, names.get(receipt.customer_id)?.name ?? ''),
        allocations: allocations.map((row) => ({
          id: row.id,
          instalmentId: row.instalment_id,
          contractId: row.contract_id,
          contractNumber: row.contract_number,
          label: row.label,
          dueDay: row.due_day,
          amount: row.amount,
          day: row.day,
          releasedDay: row.released_day,
          reason: row.reason,
        })),
      }
    },

    async create(ctx: CallContext, fields: ReceiptFields) {
      return deps.store.write(ctx.actor, async (uow) => {
        if (fields.day > uow.today) throw refuse('RECEIPT_DAY')
        const customer = await customerInScope(uow.db, ctx.scope, fields.customerId)
        const number = await nextDocumentNumber(uow, 'receipt')
        const id = newId()
        const payer = fields.payer || customer.name
        await uow.db
          .insertInto('receipts')
          .values({
            id,
            version: 0,
            number,
            customer_id: customer.id,
            owner_id: customer.ownerId ?? uow.actor.userId ?? '',
            day: fields.day,
            amount: fields.amount,
            allocated: 0,
            advance: fields.amount,
            method: fields.method,
            payer,
            reference: fields.reference,
            note: fields.note,
            state: 'posted',
            reversed_day: null,
            reversed_reason: '',
            reversed_by: null,
            search_text: buildSearchText(customer.name, [number, payer, fields.reference]),
            created_at: uow.now,
            created_by: uow.actor.userId ?? '',
            updated_at: uow.now,
          })
          .execute()
        const allocated = await bookAllocations(
          uow,
          { id, customerId: customer.id, earliestDay: fields.day, available: fields.amount },
          fields.allocations,
          ctx.scope,
        )
        await uow.db
          .updateTable('receipts')
          .set({ allocated, advance: fields.amount - allocated })
          .where('id', '=', id)
          .execute()
        await uow.audit({
          action: 'receivables.receiptCreate',
          entity: 'receipt',
          entityId: id,
          after: { number, ...fields, payer },
        })
        uow.changed('receivables', id)
        return { id, version: 0, number }
      })
    },

    /** Uses what is left of a receipt; counts from the day it is done. */
    async allocate(
      ctx: CallContext,
      input: { id: string; version: number; allocations: ReceiptFields['allocations'] },
    ) {
      return deps.store.write(ctx.actor, async (uow) => {
        const receipt = await current(uow, ctx, input)
        const allocated = await bookAllocations(
          uow,
          { id: receipt.id, customerId: receipt.customer_id, earliestDay: uow.today, available: receipt.advance },
          input.allocations,
          ctx.scope,
        )
        await uow.db
          .updateTable('receipts')
          .set({
            allocated: receipt.allocated + allocated,
            advance: receipt.advance - allocated,
            version: receipt.version + 1,
            updated_at: uow.now,
          })
          .where('id', '=', receipt.id)
          .execute()
        await uow.audit({
          action: 'receivables.allocate',
          entity: 'receipt',
          entityId: receipt.id,
          before: { allocated: receipt.allocated, advance: receipt.advance },
          after: { allocations: input.allocations },
        })
        uow.changed('receivables', receipt.id)
        return { id: receipt.id, version: receipt.version + 1 }
      })
    },

    /** Takes a receipt back from a day on; a mistake in entry is taken back from the receipt's own day. */
    async reverse(ctx: CallContext, input: { id: string; version: number; day: PlainDay; reason: string }) {
      return deps.store.write(ctx.actor, async (uow) => {
        const receipt = await current(uow, ctx, input)
        if (input.day < receipt.day || input.day > uow.today) throw refuse('RECEIPT_DAY')
        const released = await releaseAllocations(uow, receipt.id, input.day)
        await uow.db
          .updateTable('receipts')
          .set({
            state: 'reversed',
            allocated: 0,
            advance: 0,
            reversed_day: input.day,
            reversed_reason: input.reason,
            reversed_by: uow.actor.userId,
            version: receipt.version + 1,
            updated_at: uow.now,
          })
          .where('id', '=', receipt.id)
          .execute()
        await uow.audit({
          action: 'receivables.reverse',
          entity: 'receipt',
          entityId: receipt.id,
          before: { state: 'posted', amount: receipt.amount, allocated: released, advance: receipt.advance },
          after: { state: 'reversed', day: input.day, reason: input.reason },
        })
        uow.changed('receivables', receipt.id)
        return { id: receipt.id, version: receipt.version + 1 }
      })
    },
  }
}
