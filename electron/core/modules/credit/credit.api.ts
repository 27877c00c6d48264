import { plainReason } from '#shared/kernel/reason.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { blocksDelivery, creditCheck } from '#shared/modules/credit/credit.rules.ts'
import type { CreditPolicy } from '#shared/modules/credit/credit.schema.ts'
import type { CreditVerdict } from '#shared/modules/receivables/receivables.credit.rules.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { cardFacts, cardOf, openCard, type BrokenPromises } from './credit.cards.ts'
import { exposuresOf, NOTHING } from './credit.exposure.ts'
import { putHold } from './credit.holds.ts'
import { keepRelease, releaseOf } from './credit.releases.ts'

export { creditHolder } from './credit.holder.ts'
export { creditLimitDecided } from './credit.decided.ts'
export { creditTimeline } from './credit.timeline.ts'

/** What the check says, with how strictly the firm keeps it. */
export interface Checked extends CreditVerdict {
  readonly mode: CreditPolicy['atDraft']
  /** It would stop a delivery. */
  readonly blocked: boolean
}

/** Whether a contract of so much (fen) may be drafted with a customer. */
export async function checkDraft(
  db: Reader | Writer,
  customerId: string,
  amount: number,
  today: PlainDay,
): Promise<Checked> {
  const { value: policy } = await readSetting(db, 'credit')
  const card = await cardOf(db, customerId)
  const facts = card ? cardFacts(card) : null
  const exposure = (await exposuresOf(db, [customerId], today)).get(customerId) ?? NOTHING
  const verdict = creditCheck('draft', facts, exposure, policy, today, amount)
  return { ...verdict, mode: policy.atDraft, blocked: blocksDelivery(facts, exposure, policy, today, amount) }
}

/** Whether goods of an order may leave to a customer: all that is ordered counts as at stake already. */
export async function checkDelivery(db: Reader | Writer, customerId: string, today: PlainDay): Promise<Checked> {
  const { value: policy } = await readSetting(db, 'credit')
  const card = await cardOf(db, customerId)
  const exposure = (await exposuresOf(db, [customerId], today)).get(customerId) ?? NOTHING
  const verdict = creditCheck('delivery', card ? cardFacts(card) : null, exposure, policy, today)
  return { ...verdict, mode: policy.atDelivery, blocked: verdict.verdict === 'block' }
}

/**
 * Lets goods leave where the check does, the firm only wants to be warned, or somebody has released the order. `reason`
 * is that of one who may release it himself, and is kept as such. Throws CREDIT_BLOCKED with why.
 */
export async function assertMayLeave(
  uow: UnitOfWork,
  order: { readonly id: string; readonly customerId: string },
  override: { readonly may: boolean; readonly reason: string },
  brokenPromises: BrokenPromises,
): Promise<void> {
  const checked = await checkDelivery(uow.db, order.customerId, uow.today)
  if (!checked.blocked || checked.mode !== 'block') return
  if (await releaseOf(uow.db, order.id, uow.today)) return
  if (override.may && override.reason !== '') {
    const card = await openCard(uow, order.customerId, brokenPromises)
    await keepRelease(uow, card, {
      orderId: order.id,
      untilDay: uow.today,
      reason: override.reason,
      exposure: checked.exposure,
    })
    return
  }
  throw refuse('CREDIT_BLOCKED', {
    exposure: checked.exposure,
    room: checked.room,
    may: override.may,
    reasons: checked.reasons.map(plainReason),
  })
}

/** Lets nothing leave to a customer any more; false where it is so already. */
export async function holdGoods(
  uow: UnitOfWork,
  customerId: string,
  reason: string,
  brokenPromises: BrokenPromises,
): Promise<boolean> {
  const card = await openCard(uow, customerId, brokenPromises)
  if (card.hold === 1) return false
  await putHold(uow, card, { hold: true, reason }, brokenPromises)
  return true
}
