import type { Trigger } from '#shared/modules/contracts/contracts.schema.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { newId } from '#core/kernel/ids.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ReceivableInstalmentsTable } from '#core/store/tables/receivables.tables.ts'
import { post } from './journal.ts'

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
  await insertInstalments(
    uow,
    rows.map((row) => ({
      ...blankInstalment(uow),
      kind: 'contract' as const,
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
      outstanding: row.amount,
    })),
  )
  uow.changed('receivables', contract.id)
}

/** What every new instalment begins with. */
export function blankInstalment(uow: UnitOfWork) {
  return {
    id: newId(),
    version: 0,
    invoice_number: '',
    reason: '',
    invoice_day: null,
    invoice_key: NO_DUE_KEY,
    settled_before: 0,
    settled: 0,
    credited: 0,
    written_off: 0,
    disputed: 0,
    limitation_day: null,
    state: 'open' as const,
    cancelled_day: null,
    search_text: '',
    created_at: uow.now,
    created_by: uow.actor.userId,
    updated_at: uow.now,
  }
}

/** Writes new instalments, and into the journal what is owed of them from their first day on. */
export async function insertInstalments(uow: UnitOfWork, rows: readonly ReceivableInstalmentsTable[]): Promise<void> {
  await uow.db.insertInto('receivable_instalments').values(rows).execute()
  await post(
    uow,
    rows.map((row) => ({ instalment: row, day: row.since_day as PlainDay, amount: row.outstanding })),
  )
}
