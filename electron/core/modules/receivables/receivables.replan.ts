import {
  replan,
  type ReplanFault,
  type StandingInstalment,
  type WantedInstalment,
} from '#shared/modules/contracts/contracts.supplement.rules.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { NO_DUE_KEY } from './receivables.keys.ts'
import { createInstalments } from './instalments.create.ts'

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
    .select(['id', 'version', 'seq', 'label', 'trigger', 'due_day as dueDay', 'amount', 'settled'])
    .where('contract_id', '=', contractId)
    .where('state', '=', 'open')
    .orderBy('seq')

/** The instalments of a contract that count, in the order of its payment clause. Fen. */
export async function standingInstalments(db: Reader | Writer, contractId: string): Promise<StandingInstalment[]> {
  const rows = await openOf(db, contractId).execute()
  return rows.map(({ id: _id, version: _version, ...row }) => row)
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
  const result = replan(rows, wanted)
  if ('kind' in result) return result
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  await setAside(
    uow,
    contract.id,
    result.cancelled.map((seq) => bySeq.get(seq)!),
  )
  for (const next of result.changed) {
    const { id, version, settled } = bySeq.get(next.seq)!
    const { label, trigger, dueDay, amount } = next
    await uow.db
      .updateTable('receivable_instalments')
      .set({ label, trigger, due_day: dueDay, due_key: dueDay ?? NO_DUE_KEY, amount, outstanding: amount - settled })
      .set({ version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    uow.changed('receivables', id)
  }
  if (result.made.length > 0) await createInstalments(uow, { ...contract, signDay: uow.today }, result.made)
  return null
}

/**
 * Gives up what is still open of a contract that is ended: an instalment that nothing was paid for is cancelled, one
 * paid in part asks for no more than came in. Answers with the fen given up.
 */
export async function releaseInstalments(uow: UnitOfWork, contractId: string): Promise<number> {
  const rows = (await openOf(uow.db, contractId).execute()).filter((row) => row.settled < row.amount)
  await setAside(
    uow,
    contractId,
    rows.filter((row) => row.settled === 0),
  )
  for (const { id, version, settled } of rows.filter((row) => row.settled > 0)) {
    await uow.db
      .updateTable('receivable_instalments')
      .set({ amount: settled, outstanding: 0, version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    uow.changed('receivables', id)
  }
  return rows.reduce((sum, row) => sum + row.amount - row.settled, 0)
}

/** Cancels instalments from today on and frees their places. */
async function setAside(
  uow: UnitOfWork,
  contractId: string,
  rows: readonly { readonly id: string; readonly version: number }[],
): Promise<void> {
  const { last } = await uow.db
    .selectFrom('receivable_instalments')
    .where('contract_id', '=', contractId)
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
}
