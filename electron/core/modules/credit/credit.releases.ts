import type { PlainDay } from '#shared/kernel/dates.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { CreditCardsTable } from '#core/store/tables/credit.tables.ts'
import { logChange } from './credit.cards.ts'

/** The release of an order that still holds on a day. */
export const releaseOf = (db: Reader | Writer, orderId: string, today: PlainDay) =>
  db
    .selectFrom('credit_releases as r')
    .leftJoin('users as u', 'u.id', 'r.created_by')
    .select(['r.id', 'r.until_day as untilDay', 'r.reason', 'u.name as byName'])
    .where('r.order_id', '=', orderId)
    .where('r.until_day', '>=', today)
    .orderBy('r.until_day', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Keeps that an order may leave in spite of the check, with its audit row. */
export async function keepRelease(
  uow: UnitOfWork,
  card: CreditCardsTable,
  release: {
    readonly orderId: string
    readonly untilDay: PlainDay
    readonly reason: string
    readonly exposure: number
  },
): Promise<string> {
  const id = newId()
  const { orderId, untilDay, reason, exposure } = release
  await uow.db
    .insertInto('credit_releases')
    .values({
      id,
      order_id: orderId,
      customer_id: card.customer_id,
      until_day: untilDay,
      reason,
      exposure,
      created_at: uow.now,
      created_by: uow.actor.userId ?? '',
    })
    .execute()
  await logChange(uow, card, { kind: 'release', before: {}, after: { orderId, untilDay, exposure }, reason })
  await uow.audit({ action: 'credit.release', entity: 'order', entityId: orderId, after: release })
  uow.changed('credit', card.customer_id)
  return id
}
