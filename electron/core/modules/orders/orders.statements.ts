import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { findOrder } from './orders.repo.ts'

/** Goods that left the house for a customer; quantity in thousandths of the unit. */
export interface DeliveredGoods {
  readonly customerId: string
  readonly day: PlainDay
  readonly number: string
  readonly name: string
  readonly unit: string
  readonly quantity: number
}

/** What was delivered to these customers from a day to a day, both included, oldest first. */
export async function deliveriesTo(
  db: Reader | Writer,
  customerIds: readonly string[],
  from: PlainDay,
  to: PlainDay,
): Promise<DeliveredGoods[]> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('contracts as c')
      .innerJoin('orders as o', 'o.contract_id', 'c.id')
      .innerJoin('order_deliveries as d', 'd.order_id', 'o.id')
      .innerJoin('order_lines as l', 'l.id', 'd.line_id')
      .select(['c.customer_id', 'd.day', 'o.number', 'l.name', 'l.unit', 'd.quantity'])
      .where('c.customer_id', 'in', piece)
      .where('d.day', '>=', from)
      .where('d.day', '<=', to)
      .where('d.reversed_at', 'is', null)
      .orderBy('d.day')
      .orderBy('d.id')
      .execute(),
  )
  return rows.map(({ customer_id: customerId, day, ...row }) => ({ ...row, customerId, day: day as PlainDay }))
}

/** What was delivered under these contracts, oldest first. */
export async function deliveriesUnder(db: Reader | Writer, contractIds: readonly string[]) {
  return inPieces(contractIds, (piece) =>
    db
      .selectFrom('orders as o')
      .innerJoin('order_deliveries as d', 'd.order_id', 'o.id')
      .innerJoin('order_lines as l', 'l.id', 'd.line_id')
      .select(['o.contract_id as contractId', 'o.number', 'd.day', 'l.name', 'l.unit', 'd.quantity', 'd.note'])
      .where('o.contract_id', 'in', piece)
      .where('d.reversed_at', 'is', null)
      .orderBy('d.day')
      .orderBy('d.id')
      .execute(),
  )
}

/** Whose order this is and from which contract. Throws NOT_FOUND outside the scope. */
export async function orderInScope(
  db: Reader | Writer,
  scope: Scope,
  id: string,
): Promise<{ id: string; customerId: string; contractId: string }> {
  const order = await findOrder(db, scope, { id })
  if (!order) throw refuse('NOT_FOUND', { entity: 'order' })
  return { id: order.id, customerId: order.customer_id, contractId: order.contract_id }
}
