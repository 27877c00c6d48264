import { refuse } from '#shared/kernel/app-error.ts'
import {
  replan,
  type ReplanFault,
  type StandingInstalment,
  type WantedInstalment,
} from '#shared/modules/contracts/contracts.supplement.rules.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ReceivableInstalmentsTable } from '#core/store/tables/receivables.tables.ts'
import { changeInstalment } from './instalments.change.ts'
import { createInstalments } from './instalments.create.ts'
import { post } from './journal.ts'

/** Places of instalments that no longer count: above those that a payment clause can have. */
const ASIDE = 1000

interface ContractBrief {
  readonly id: string
  readonly number: string
  readonly customerId: string
  readonly ownerId: string
}

const openOf = (db: Reader | Writer, contractId: string) =>
  db
    .selectFrom('receivable_instalments')
    .selectAll()
    .where('contract_id', '=', contractId)
    .where('kind', '=', 'contract')
    .where('state', '=', 'open')
    .orderBy('seq')

/** What is dealt with of an instalment: received, credited or written off. */
const doneOf = (row: ReceivableInstalmentsTable): number => row.settled + row.credited + row.written_off

function toStanding(row: ReceivableInstalmentsTable): StandingInstalment {
  const { seq, label, trigger, due_day: dueDay, amount } = row
  return { seq, label, trigger, dueDay, amount, settled: doneOf(row) }
}

/** The instalments of a contract that count, in the order of its payment clause; `settled` is dealt with. Fen. */
export async function standingInstalments(db: Reader | Writer, contractId: string): Promise<StandingInstalment[]> {
  return (await openOf(db, contractId).execute()).map(toStanding)
}

/**
 * Puts the instalments of a new payment clause in the place of those in force, from today on: reports of days before
 * stay as they were. Answers with why it cannot be done, or null where it was done.
 */
export async function replanInstalments(
  uow: UnitOfWork,
  contract: ContractBrief,
  wanted: readonly WantedInstalment[],
): Promise<ReplanFault | null> {
  const rows = await openOf(uow.db, contract.id).execute()
  const result = replan(rows.map(toStanding), wanted)
  if ('kind' in result) return result
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  await setAside(
    uow,
    contract.id,
    result.cancelled.map((seq) => bySeq.get(seq)!),
  )
  for (const { seq, label, trigger, dueDay, amount } of result.changed) {
    await changeInstalment(uow, bySeq.get(seq)!, { label, trigger, dueDay, amount }, { source: 'supplement' })
  }
  if (result.made.length > 0) await createInstalments(uow, { ...contract, signDay: uow.today }, result.made)
  return null
}

/**
 * Gives up what is still open of a contract that is ended: an instalment that nothing was paid for is cancelled, one
 * paid in part asks for no more than came in. Answers with the fen given up.
 */
export async function releaseInstalments(uow: UnitOfWork, contractId: string): Promise<number> {
  const rows = (await openOf(uow.db, contractId).execute()).filter((row) => row.outstanding > 0)
  await setAside(
    uow,
    contractId,
    rows.filter((row) => doneOf(row) === 0),
  )
  for (const row of rows.filter((row) => doneOf(row) > 0)) {
    await changeInstalment(uow, row, { amount: doneOf(row) }, { source: 'ending' })
  }
  return rows.reduce((sum, row) => sum + row.outstanding, 0)
}

/**
 * Cancels the instalments of a contract that is made void, from today on.
 * Throws CONTRACT_HAS_RECEIPTS where money was received for one: the receipt must be reversed first.
 */
export async function cancelInstalments(uow: UnitOfWork, contractId: string): Promise<void> {
  const rows = await uow.db
    .selectFrom('receivable_instalments')
    .selectAll()
    .where('contract_id', '=', contractId)
    .where('state', '=', 'open')
    .execute()
  if (rows.some((row) => doneOf(row) > 0)) throw refuse('CONTRACT_HAS_RECEIPTS')
  await uow.db
    .updateTable('receivable_instalments')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: uow.now }))
    .set({ state: 'cancelled', outstanding: 0, cancelled_day: uow.today })
    .where('contract_id', '=', contractId)
    .where('state', '=', 'open')
    .execute()
  await post(
    uow,
    rows.map((row) => ({ instalment: row, day: uow.today, amount: -row.outstanding })),
  )
  uow.changed('receivables', contractId)
}

/** Cancels instalments from today on and frees their places. */
async function setAside(
  uow: UnitOfWork,
  contractId: string,
  rows: readonly ReceivableInstalmentsTable[],
): Promise<void> {
  const { last } = await uow.db
    .selectFrom('receivable_instalments')
    .where('contract_id', '=', contractId)
    .where('kind', '=', 'contract')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirstOrThrow()
  let seq = Math.max(ASIDE, Number(last ?? 0))
  for (const { id, version } of rows) {
    seq += 1
    await uow.db
      .updateTable('receivable_instalments')
      .set({ seq, state: 'cancelled', outstanding: 0, cancelled_day: uow.today })
      .set({ version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    uow.changed('receivables', id)
  }
  await post(
    uow,
    rows.map((row) => ({ instalment: row, day: uow.today, amount: -row.outstanding })),
  )
}
