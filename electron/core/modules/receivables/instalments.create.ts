import type { Trigger } from '#shared/modules/contracts/contracts.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { NO_DUE_KEY } from './receivables.keys.ts'

/** What signing a contract makes receivable. Amount in fen; no due day while its event has not happened. */
export interface NewInstalment {
  readonly seq: number
  readonly label: string
  readonly trigger: Trigger
  readonly dueDay: string | null
  readonly amount: number
}

/** Makes the instalments of a signed contract, in the unit of work that signs it. */
export async function createInstalments(
  uow: UnitOfWork,
  contract: { id: string; number: string; customerId: string; ownerId: string; signDay: string },
  rows: readonly NewInstalment[],
): Promise<void> {
  await uow.db
    .insertInto('receivable_instalments')
    .values(
      rows.map((row) => ({
        id: newId(),
        version: 0,
        contract_id: contract.id,
        customer_id: contract.customerId,
        owner_id: contract.ownerId,
        contract_number: contract.number,
        seq: row.seq,
        label: row.label,
        trigger: row.trigger,
        since_day: contract.signDay,
        due_day: row.dueDay,
        due_key: row.dueDay ?? NO_DUE_KEY,
        amount: row.amount,
        settled: 0,
        outstanding: row.amount,
        state: 'open' as const,
        cancelled_day: null,
        created_at: uow.now,
        updated_at: uow.now,
      })),
    )
    .execute()
  uow.changed('receivables', contract.id)
}
