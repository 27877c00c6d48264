import { customerHolder, type CustomerHolder } from '#core/kernel/customer-holder.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { followInstalments, followSources } from './journal.ts'

/** A holder whose rows are written down in a journal too, which follows them. */
function journalled(holder: CustomerHolder, follow: (uow: UnitOfWork, ids: readonly string[]) => Promise<void>) {
  return {
    ...holder,
    async move(uow: UnitOfWork, fromId: string, toId: string) {
      const ids = await holder.move(uow, fromId, toId)
      await follow(uow, ids)
      return ids
    },
    async giveBack(uow: UnitOfWork, ids: readonly string[], fromId: string, toId: string) {
      await holder.giveBack(uow, ids, fromId, toId)
      await follow(uow, ids)
    },
  }
}

/** What of receivables goes along when two customers become one. */
export const receivableHolders: readonly CustomerHolder[] = [
  journalled(customerHolder('instalments', 'receivable_instalments', 'receivables'), followInstalments),
  journalled(customerHolder('receipts', 'receipts', 'receivables'), (uow, ids) => followSources(uow, 'receipts', ids)),
  customerHolder('allocations', 'receivable_allocations', null),
  customerHolder('refunds', 'receivable_refunds', 'receivables'),
  journalled(customerHolder('credits', 'receivable_credits', 'receivables'), (uow, ids) =>
    followSources(uow, 'receivable_credits', ids),
  ),
]

/** Whether any money was ever received from this customer, reversed or not: its file is part of the books. */
export async function receiptExistsForCustomer(db: Reader | Writer, customerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('receipts')
    .select('id')
    .where('customer_id', '=', customerId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
