import type { PlainDay } from '#shared/kernel/dates.ts'
import { addReleased, addSettled } from '#core/modules/contracts/contracts.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ReceivableAllocationsTable, ReceivableInstalmentsTable } from '#core/store/tables/receivables.tables.ts'
import { post } from './journal.ts'

type AllocationKind = ReceivableAllocationsTable['kind']

/** Which sum of an instalment each kind of allocation is in. */
const COLUMN = { receipt: 'settled', credit: 'credited', writeOff: 'written_off' } as const

/** So much of an instalment is settled from a day on; below zero: no longer. Fen of principal. */
export interface Settling {
  readonly row: ReceivableInstalmentsTable
  readonly day: PlainDay
  readonly amount: number
}

/**
 * Carries what settles instalments, or is taken back, into their sums, the journal and their contracts. The table's
 * CHECKs keep each sum and what is outstanding from falling below nothing.
 */
export async function settle(uow: UnitOfWork, kind: AllocationKind, settlings: readonly Settling[]): Promise<void> {
  const column = COLUMN[kind]
  const byContract = new Map<string, number>()
  const moves = settlings.filter(({ amount }) => amount !== 0)
  for (const { row, amount } of moves) {
    await uow.db
      .updateTable('receivable_instalments')
      .set((eb) => ({
        [column]: eb(column, '+', amount),
        outstanding: eb('outstanding', '-', amount),
        version: eb('version', '+', 1),
        updated_at: uow.now,
      }))
      .where('id', '=', row.id)
      .execute()
    uow.changed('receivables', row.id)
    // What was entered beside a payment clause is not part of the contract's amount.
    if (row.kind === 'contract' && row.contract_id !== null) {
      byContract.set(row.contract_id, (byContract.get(row.contract_id) ?? 0) + amount)
    }
  }
  await post(
    uow,
    moves.map(({ row, day, amount }) => ({ instalment: row, day, amount: -amount })),
  )
  const carry = kind === 'receipt' ? addSettled : addReleased
  for (const [contractId, amount] of byContract) await carry(uow, contractId, amount)
}
