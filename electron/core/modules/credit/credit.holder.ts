import type { CustomerHolder } from '#core/kernel/customer-holder.ts'

/** A customer has one card: of two the kept one's stays, and the other file keeps its own. */
export const creditHolder: CustomerHolder = {
  name: 'credit',
  async count(db, customerId) {
    const found = await db.selectFrom('credit_cards').select('id').where('customer_id', '=', customerId).execute()
    return found.length
  },
  async move(uow, fromId, toId) {
    const kept = await uow.db.selectFrom('credit_cards').select('id').where('customer_id', '=', toId).execute()
    if (kept.length > 0) return []
    const moved = await uow.db.selectFrom('credit_cards').select('id').where('customer_id', '=', fromId).execute()
    await uow.db.updateTable('credit_cards').set({ customer_id: toId }).where('customer_id', '=', fromId).execute()
    uow.changed('credit', toId)
    return moved.map((row) => row.id)
  },
  async giveBack(uow, ids, fromId, toId) {
    if (ids.length === 0) return
    await uow.db
      .updateTable('credit_cards')
      .set({ customer_id: toId })
      .where('customer_id', '=', fromId)
      .where('id', 'in', [...ids])
      .execute()
    uow.changed('credit', toId)
  },
}
