import type { PlainDay } from '#shared/kernel/dates.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { ContractLine } from '#shared/modules/contracts/contracts.schema.ts'
import { leftOf } from '#shared/modules/orders/orders.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { askDepartments } from './orders.tasks.ts'

export { deliveriesTo, deliveriesUnder, orderInScope, type DeliveredGoods } from './orders.statements.ts'

/** The signed contract that an order is made from. */
export interface SignedContract {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly customerId: string
  readonly buyerName: string
  readonly ownerId: string
  readonly signDay: string
  readonly deliveryDay: string | null
  readonly lines: readonly ContractLine[]
}

/**
 * Makes the order of a contract that comes into force in this unit of work, and asks the departments concerned; one
 * that has its order already keeps it.
 */
export async function createOrder(uow: UnitOfWork, contract: SignedContract): Promise<void> {
  const made = await uow.db.selectFrom('orders').select('id').where('contract_id', '=', contract.id).executeTakeFirst()
  if (made) return
  const id = newId()
  const number = await nextDocumentNumber(uow, 'order')
  const days = contract.lines.flatMap((line) => line.deliveryDay ?? contract.deliveryDay ?? [])
  const deliveryDay = days.toSorted().at(-1) ?? null
  await uow.db
    .insertInto('orders')
    .values({
      id,
      version: 0,
      number,
      contract_id: contract.id,
      title: contract.title,
      buyer_name: contract.buyerName,
      sign_day: contract.signDay,
      delivery_day: deliveryDay,
      delivery_key: deliveryDay ?? '',
      stage: 'open',
      search_text: buildSearchText(contract.buyerName, [number, contract.number, contract.title]),
      created_at: uow.now,
      updated_at: uow.now,
    })
    .execute()
  const lines = contract.lines.map((line, index) => ({
    id: newId(),
    order_id: id,
    seq: index + 1,
    name: line.name,
    spec: line.spec,
    unit: line.unit,
    quantity: line.quantity,
    delivered: 0,
    delivery_day: line.deliveryDay ?? contract.deliveryDay,
  }))
  if (lines.length > 0) await uow.db.insertInto('order_lines').values(lines).execute()
  await uow.audit({
    action: 'orders.create',
    entity: 'order',
    entityId: id,
    after: { number, contract: contract.number, deliveryDay, lines: lines.length },
  })
  await askDepartments(uow, { ...contract, id, number, contractNumber: contract.number, deliveryDay })
  uow.changed('orders', id)
}

/**
 * The agreed days of delivery ('' for goods without one) whose goods have all left the house, each with the day on which
 * the last of them did.
 */
export async function deliveredDays(db: Reader | Writer, contractId: string): Promise<ReadonlyMap<string, PlainDay>> {
  const lines = await db
    .selectFrom('orders')
    .innerJoin('order_lines as line', 'line.order_id', 'orders.id')
    .leftJoin('order_deliveries as d', (join) =>
      join.onRef('d.line_id', '=', 'line.id').on('d.reversed_at', 'is', null),
    )
    .where('orders.contract_id', '=', contractId)
    .groupBy(['line.id', 'line.delivery_day', 'line.quantity', 'line.delivered'])
    .select(['line.delivery_day', 'line.quantity', 'line.delivered'])
    .select((eb) => eb.fn.max('d.day').as('last'))
    .execute()
  const days = new Map<string, PlainDay>()
  for (const [day, own] of Map.groupBy(lines, (line) => line.delivery_day ?? '')) {
    const last = own
      .flatMap((line) => line.last ?? [])
      .toSorted()
      .at(-1)
    if (last !== undefined && own.every((line) => leftOf(line) === 0)) days.set(day, last as PlainDay)
  }
  return days
}

/** Cancels the order of a contract that is made void; nobody has anything left to do for it. */
export async function cancelOrder(uow: UnitOfWork, contractId: string): Promise<void> {
  const order = await uow.db
    .selectFrom('orders')
    .select(['id', 'version', 'stage'])
    .where('contract_id', '=', contractId)
    .executeTakeFirst()
  if (!order || order.stage === 'cancelled') return
  await uow.db
    .updateTable('orders')
    .set({ stage: 'cancelled', version: order.version + 1, updated_at: uow.now })
    .where('id', '=', order.id)
    .execute()
  await closeTasksOf(uow, { module: 'orders', id: order.id }, 'dropped')
  await uow.audit({
    action: 'orders.cancel',
    entity: 'order',
    entityId: order.id,
    before: { stage: order.stage },
    after: { stage: 'cancelled' },
  })
  uow.changed('orders', order.id)
}
