import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { createOrder } from '#core/modules/orders/orders.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ContractRecord } from './contracts.records.ts'

/** Makes the order of a signed contract, in the unit of work in which its quantities come into force. */
export async function orderOf(uow: UnitOfWork, record: ContractRecord, fields: ContractFields): Promise<void> {
  await createOrder(uow, {
    id: record.id,
    number: record.number,
    customerId: record.customer_id,
    ownerId: record.owner_id,
    title: fields.title,
    buyerName: record.buyer_name,
    signDay: record.sign_day ?? uow.today,
    deliveryDay: fields.terms.deliveryDay,
    lines: fields.lines,
  })
}
