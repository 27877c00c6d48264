import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { RefundFields, RefundState } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ReceiptsTable, ReceivableRefundsTable } from '#core/store/tables/receivables.tables.ts'
import { postUnapplied } from './journal.ts'
import { findReceipt } from './receipts.repo.ts'
import {
  findRefund,
  listRefunds,
  receiptNumbers,
  toRefundRow,
  type RefundFilters,
  type RefundSort,
} from './refunds.repo.ts'

interface At {
  readonly id: string
  readonly version: number
}

/** Money that goes back to a customer: asked for, let go by a second person above the firm's limit, paid. */
export function createRefundsService(deps: CoreDeps) {
  async function current(
    uow: UnitOfWork,
    scope: Scope,
    at: At,
    state: RefundState,
  ): Promise<{ refund: ReceivableRefundsTable; receipt: ReceiptsTable }> {
    const refund = await findRefund(uow.db, at.id)
    if (!refund || !inScope(scope, refund.owner_id)) throw refuse('NOT_FOUND', { entity: 'refund' })
    if (refund.version !== at.version) throw refuse('STALE', { current: { version: refund.version } })
    if (refund.state !== state) throw refuse('REFUND_STATE')
    const receipt = await findReceipt(uow.db, refund.receipt_id)
    if (!receipt) throw refuse('NOT_FOUND', { entity: 'receipt' })
    return { refund, receipt }
  }

  /** Takes money out of an advance, or puts it back: the receipt, its journal. */
  async function move(uow: UnitOfWork, receipt: ReceiptsTable, amount: number, day: PlainDay): Promise<void> {
    await uow.db
      .updateTable('receipts')
      .set({ refunded: receipt.refunded + amount, advance: receipt.advance - amount })
      .set({ version: receipt.version + 1, updated_at: uow.now })
      .where('id', '=', receipt.id)
      .execute()
    const { id, customer_id, owner_id } = receipt
    await postUnapplied(uow, { source_id: id, kind: 'receipt', customer_id, owner_id }, [{ day, amount: -amount }])
    uow.changed('receivables', id)
  }

  async function save(
    uow: UnitOfWork,
    refund: ReceivableRefundsTable,
    set: Partial<ReceivableRefundsTable>,
    action: 'refundDecide' | 'refundPay' | 'refundReverse',
    after: unknown,
  ) {
    const version = refund.version + 1
    await uow.db
      .updateTable('receivable_refunds')
      .set({ ...set, version, updated_at: uow.now })
      .where('id', '=', refund.id)
      .execute()
    await uow.audit({
      action: `receivables.${action}`,
      entity: 'receivableRefund',
      entityId: refund.id,
      before: { state: refund.state, amount: refund.amount },
      after,
    })
    uow.changed('receivables', refund.id)
    return { id: refund.id, version }
  }

  return {
    async list(ctx: CallContext, input: PageInput<RefundSort, RefundFilters>) {
      const db = deps.store.read
      const page = await listRefunds(db, ctx.scope, input)
      const customers = await customerBriefs(
        db,
        page.rows.map((row) => row.customer_id),
      )
      const people = await userBriefs(
        db,
        page.rows.map((row) => row.created_by),
      )
      const receipts = await receiptNumbers(
        db,
        page.rows.map((row) => row.receipt_id),
      )
      const rows = page.rows.map((row) =>
        toRefundRow(row, {
          customer: customers.get(row.customer_id)?.name ?? '',
          asker: people.get(row.created_by)?.name ?? '',
          receipt: receipts.get(row.receipt_id) ?? '',
        }),
      )
      return { ...page, rows }
    },

    ask: (ctx: CallContext, fields: RefundFields) =>
      deps.store.write(ctx.actor, async (uow) => {
        const receipt = await findReceipt(uow.db, fields.receiptId)
        if (!receipt || !inScope(ctx.scope, receipt.owner_id)) throw refuse('NOT_FOUND', { entity: 'receipt' })
        if (receipt.state === 'reversed') throw refuse('RECEIPT_REVERSED')
        if (fields.amount > receipt.advance) throw refuse('REFUND_TOO_MUCH')
        const { value: policy } = await readSetting(uow.db, 'receivables')
        const released = fields.amount <= policy.refundLimit
        const number = await nextDocumentNumber(uow, 'refund')
        const id = newId()
        const { amount, method, payee, account, reason } = fields
        const customer = (await customerBriefs(uow.db, [receipt.customer_id])).get(receipt.customer_id)
        await uow.db
          .insertInto('receivable_refunds')
          .values({
            id,
            version: 0,
            number,
            receipt_id: receipt.id,
            customer_id: receipt.customer_id,
            owner_id: receipt.owner_id,
            day: null,
            day_key: NO_DUE_KEY,
            amount,
            method,
            payee,
            account,
            reason,
            state: released ? 'released' : 'asked',
            paid_by: null,
            reversed_day: null,
            reversed_reason: '',
            search_text: buildSearchText(customer?.name ?? '', [number, receipt.number, payee]),
            created_at: uow.now,
            created_by: uow.actor.userId ?? '',
            updated_at: uow.now,
          })
          .execute()
        await uow.audit({
          action: 'receivables.refundAsk',
          entity: 'receivableRefund',
          entityId: id,
          after: { number, released, ...fields },
        })
        uow.changed('receivables', id)
        return { id, version: 0, number, released }
      }),

    /** Throws REFUND_OWN: whoever asked for money to leave never lets it go. */
    decide: (ctx: CallContext, input: At & { release: boolean; note: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const { refund } = await current(uow, ctx.scope, input, 'asked')
        if (refund.created_by === uow.actor.userId) throw refuse('REFUND_OWN')
        const state = input.release ? 'released' : 'refused'
        return save(uow, refund, { state }, 'refundDecide', { state, note: input.note })
      }),

    pay: (ctx: CallContext, input: At & { day: PlainDay }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const { refund, receipt } = await current(uow, ctx.scope, input, 'released')
        const { day } = input
        if (day > uow.today || day < receipt.day) throw refuse('REFUND_DAY')
        if (receipt.state === 'reversed' || refund.amount > receipt.advance) throw refuse('REFUND_TOO_MUCH')
        await move(uow, receipt, refund.amount, day)
        const set = { state: 'paid', day, day_key: day, paid_by: uow.actor.userId } as const
        return save(uow, refund, set, 'refundPay', { state: 'paid', day })
      }),

    reverse: (ctx: CallContext, input: At & { day: PlainDay; reason: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const { refund, receipt } = await current(uow, ctx.scope, input, 'paid')
        const { day, reason } = input
        if (day > uow.today || day < (refund.day ?? '')) throw refuse('REFUND_DAY')
        await move(uow, receipt, -refund.amount, day)
        const set = { state: 'reversed', reversed_day: day, reversed_reason: reason } as const
        return save(uow, refund, set, 'refundReverse', { state: 'reversed', day, reason })
      }),
  }
}
