import type { ApprovalListener } from '#core/modules/approvals/approvals.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { CreditCardsTable } from '#core/store/tables/credit.tables.ts'
import { cardOf, logChange, saveCard, type BrokenPromises } from './credit.cards.ts'

export interface LimitColumns {
  readonly credit_limit: number
  readonly days: number | null
  readonly prepay: number | null
  readonly valid_to: string | null
}

/** Sets what a customer is trusted with, and keeps what it was before. */
export async function setLimit(
  uow: UnitOfWork,
  card: CreditCardsTable,
  limit: LimitColumns,
  why: { readonly reason: string; readonly userId?: string | null },
  brokenPromises: BrokenPromises,
): Promise<number> {
  const shown = (one: LimitColumns | CreditCardsTable) => ({
    limit: one.credit_limit,
    days: one.days,
    prepay: one.prepay,
    validTo: one.valid_to,
  })
  const [before, after] = [shown(card), shown(limit)]
  const version = await saveCard(uow, card, limit, brokenPromises)
  await logChange(uow, card, { kind: 'limit', before, after, ...why })
  await uow.audit({
    action: 'credit.limit',
    entity: 'customer',
    entityId: card.customer_id,
    before,
    after: { ...after, reason: why.reason },
  })
  return version
}

/** Told how a limit was decided that one person may not set: approved, it holds at once. */
export const creditLimitDecided =
  (brokenPromises: BrokenPromises): ApprovalListener =>
  async (uow, { recordId: customerId, outcome }) => {
    uow.changed('credit', customerId)
    const card = await cardOf(uow.db, customerId)
    if (!card || outcome === 'pending') return
    const asked = await uow.db
      .selectFrom('credit_requests')
      .selectAll()
      .where('card_id', '=', card.id)
      .where('state', '=', 'asked')
      .executeTakeFirst()
    if (!asked) return
    const { id, reason, asked_by: userId } = asked
    const done = outcome === 'approved'
    if (done) await setLimit(uow, card, limitOf(asked), { reason, userId }, brokenPromises)
    // One that came back is asked for anew, as it is to be.
    await uow.db
      .updateTable('credit_requests')
      .set({ state: done ? 'done' : 'refused' })
      .where('id', '=', id)
      .execute()
    await uow.audit({ action: 'credit.decided', entity: 'customer', entityId: customerId, after: { outcome } })
  }

const limitOf = (asked: LimitColumns): LimitColumns => ({
  credit_limit: asked.credit_limit,
  days: asked.days,
  prepay: asked.prepay,
  valid_to: asked.valid_to,
})
