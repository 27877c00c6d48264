import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { leftOf, orderStage } from '#shared/modules/orders/orders.rules.ts'
import type {
  DeliveryFields,
  OrderFilters,
  OrderRow,
  OrderSort,
  OrderView,
} from '#shared/modules/orders/orders.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Reader, UnitOfWork } from '#core/store/store.ts'
import {
  findDeliveries,
  findOrder,
  findOrderLines,
  listOrders,
  sumOrders,
  toOrderRow,
  type OrderRecord,
} from './orders.repo.ts'

/** The contract is told when everything, or no longer everything, is delivered; false where that cannot be. */
export interface DeliveryListener {
  deliveredOn(uow: UnitOfWork, contractId: string, day: PlainDay, note: string): Promise<void>
  notDelivered(uow: UnitOfWork, contractId: string): Promise<boolean>
  /** Something was delivered or taken back, but not the whole. */
  moved(uow: UnitOfWork, contractId: string): Promise<void>
}

/** Asked before goods leave: throws where they may not, unless whoever sends them may say why they do. */
export type DeliveryGate = (
  uow: UnitOfWork,
  ctx: CallContext,
  order: { readonly id: string; readonly customerId: string },
  reason: string,
) => Promise<void>

export function createOrdersService(
  { store, clock }: CoreDeps,
  contract: DeliveryListener,
  mayLeave: DeliveryGate = async () => undefined,
) {
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: OrderFilters }) => ({
    ...input,
    scope: ctx.scope,
    today: clock.today(),
  })

  async function view(db: Reader, record: OrderRecord): Promise<OrderView> {
    const lines = await findOrderLines(db, record.id)
    const deliveries = await findDeliveries(db, record.id)
    return {
      ...toOrderRow(record, clock.today()),
      lines: lines.map((line) => ({
        id: line.id,
        name: line.name,
        spec: line.spec,
        unit: line.unit,
        quantity: line.quantity,
        delivered: line.delivered,
        deliveryDay: line.delivery_day,
      })),
      deliveries: deliveries.map((row) => ({
        id: row.id,
        lineId: row.line_id,
        quantity: row.quantity,
        day: row.day,
        note: row.note,
        recordedByName: row.recorder_name ?? '',
        recordedAt: row.recorded_at,
        reversed:
          row.reversed_at === null
            ? null
            : { at: row.reversed_at, byName: row.reverser_name ?? '', reason: row.reverse_reason },
      })),
    }
  }

  /** The order at this version; refused where it was cancelled. */
  async function current(uow: UnitOfWork, ctx: CallContext, input: { id: string; version: number }) {
    const record = await findOrder(uow.db, ctx.scope, { id: input.id })
    if (!record) throw refuse('NOT_FOUND', { entity: 'order' })
    if (record.version !== input.version) throw refuse('STALE', { current: { version: record.version } })
    if (record.stage === 'cancelled') throw refuse('ORDER_STATE', { state: record.stage })
    return { record, lines: await findOrderLines(uow.db, record.id) }
  }

  async function add(uow: UnitOfWork, lineId: string, quantity: number): Promise<void> {
    await uow.db
      .updateTable('order_lines')
      .set((eb) => ({ delivered: eb('delivered', '+', quantity) }))
      .where('id', '=', lineId)
      .execute()
  }

  /** Writes where the order stands now, and tells the contract when everything was, or no longer is, delivered. */
  async function settle(uow: UnitOfWork, record: OrderRecord): Promise<void> {
    const stage = orderStage(await findOrderLines(uow.db, record.id), false)
    await uow.db
      .updateTable('orders')
      .set({ stage, version: record.version + 1, updated_at: uow.now })
      .where('id', '=', record.id)
      .execute()
    uow.changed('orders', record.id)
    if (stage === 'delivered') {
      const days = (await findDeliveries(uow.db, record.id)).filter((row) => row.reversed_at === null)
      const last = days
        .map((row) => row.day)
        .toSorted()
        .at(-1)
      if (last !== undefined) await contract.deliveredOn(uow, record.contract_id, last as PlainDay, record.number)
    } else if (record.stage === 'delivered') {
      if (!(await contract.notDelivered(uow, record.contract_id))) throw refuse('ORDER_ACCEPTED')
    } else await contract.moved(uow, record.contract_id)
  }

  return {
    list: (ctx: CallContext, input: PageInput<OrderSort, OrderFilters>) =>
      listOrders(store.read, asked(ctx, input), input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: OrderFilters }) =>
      sumOrders(store.read, asked(ctx, input)),

    async get(ctx: CallContext, id: string): Promise<OrderView> {
      const record = await findOrder(store.read, ctx.scope, { id })
      if (!record) throw refuse('NOT_FOUND', { entity: 'order' })
      return view(store.read, record)
    },

    async ofContract(ctx: CallContext, contractId: string): Promise<OrderRow | null> {
      const record = await findOrder(store.read, ctx.scope, { contractId })
      return record ? toOrderRow(record, clock.today()) : null
    },

    async deliver(ctx: CallContext, input: DeliveryFields & { id: string; version: number; creditReason: string }) {
      return store.write(ctx.actor, async (uow) => {
        const { record, lines } = await current(uow, ctx, input)
        if (input.day > uow.today || input.day < record.sign_day) throw refuse('ORDER_DAY')
        await mayLeave(uow, ctx, { id: record.id, customerId: record.customer_id }, input.creditReason)
        for (const part of input.parts) {
          const line = lines.find((found) => found.id === part.lineId)
          if (!line) throw refuse('NOT_FOUND', { entity: 'order' })
          if (part.quantity > leftOf(line)) throw refuse('ORDER_TOO_MUCH', { name: line.name })
          await add(uow, line.id, part.quantity)
          await uow.db
            .insertInto('order_deliveries')
            .values({
              id: newId(),
              order_id: record.id,
              line_id: line.id,
              quantity: part.quantity,
              day: input.day,
              note: input.note,
              recorded_at: uow.now,
              recorded_by: uow.actor.userId ?? '',
              reversed_at: null,
              reversed_by: null,
              reverse_reason: '',
            })
            .execute()
        }
        const after = { day: input.day, note: input.note, parts: input.parts }
        await uow.audit({ action: 'orders.deliver', entity: 'order', entityId: record.id, after })
        await settle(uow, record)
        return { id: record.id, version: record.version + 1 }
      })
    },

    async reverse(ctx: CallContext, input: { id: string; version: number; deliveryId: string; reason: string }) {
      return store.write(ctx.actor, async (uow) => {
        const { record } = await current(uow, ctx, input)
        const delivery = (await findDeliveries(uow.db, record.id)).find((row) => row.id === input.deliveryId)
        if (!delivery || delivery.reversed_at !== null) throw refuse('NOT_FOUND', { entity: 'order' })
        await add(uow, delivery.line_id, -delivery.quantity)
        await uow.db
          .updateTable('order_deliveries')
          .set({ reversed_at: uow.now, reversed_by: uow.actor.userId, reverse_reason: input.reason })
          .where('id', '=', delivery.id)
          .execute()
        await uow.audit({
          action: 'orders.reverse',
          entity: 'order',
          entityId: record.id,
          before: { day: delivery.day, quantity: delivery.quantity },
          after: { reason: input.reason },
        })
        await settle(uow, record)
        return { id: record.id, version: record.version + 1 }
      })
    },
  }
}
