import type { UnitOfWork } from '#core/store/store.ts'
import type { CreditCardsTable } from '#core/store/tables/credit.tables.ts'
import { logChange, saveCard, type BrokenPromises } from './credit.cards.ts'

/** Stops what leaves to a customer, or lets it leave again, and keeps who said so and why. Gives the new version. */
export async function putHold(
  uow: UnitOfWork,
  card: CreditCardsTable,
  after: { readonly hold: boolean; readonly reason: string },
  brokenPromises: BrokenPromises,
): Promise<number> {
  const { hold, reason } = after
  const before = { hold: card.hold === 1, reason: card.hold_reason }
  const columns = { hold: hold ? 1 : 0, hold_reason: hold ? reason : '' } as const
  const version = await saveCard(uow, card, columns, brokenPromises)
  await logChange(uow, card, { kind: hold ? 'hold' : 'lift', before, after, reason })
  await uow.audit({ action: 'credit.hold', entity: 'customer', entityId: card.customer_id, before, after })
  return version
}
