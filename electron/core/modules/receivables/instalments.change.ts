import { refuse } from '#shared/kernel/app-error.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ReceivableChangesTable, ReceivableInstalmentsTable } from '#core/store/tables/receivables.tables.ts'
import { findInstalments } from './instalments.repo.ts'
import { post, postDueMove } from './journal.ts'

export type ChangeSource = ReceivableChangesTable['source']

/** What makes an instalment change: the kind of record, which one, and why in a person's words. */
export interface ChangeCause {
  readonly source: ChangeSource
  readonly sourceId?: string
  readonly reason?: string
}

interface ChangedTo {
  readonly dueDay?: string | null
  readonly amount?: number
  readonly label?: string
  readonly trigger?: ReceivableInstalmentsTable['trigger']
}

/** Changes an open instalment from today on, and keeps what was before; amounts in fen, never below what is settled. */
export async function changeInstalment(
  uow: UnitOfWork,
  row: ReceivableInstalmentsTable,
  to: ChangedTo,
  cause: ChangeCause,
): Promise<void> {
  const { dueDay = row.due_day, amount = row.amount, label = row.label, trigger = row.trigger } = to
  const dueKey = dueDay ?? NO_DUE_KEY
  const outstanding = row.outstanding + amount - row.amount
  if (outstanding < 0) throw new RangeError('an instalment would owe less than nothing')
  await uow.db
    .updateTable('receivable_instalments')
    .set({ label, trigger, due_day: dueDay, due_key: dueKey, amount, outstanding })
    .set({ disputed: Math.min(row.disputed, amount), version: row.version + 1, updated_at: uow.now })
    .where('id', '=', row.id)
    .execute()
  uow.changed('receivables', row.id)
  if (dueDay === row.due_day && amount === row.amount) return
  await uow.db
    .insertInto('receivable_changes')
    .values({
      id: newId(),
      instalment_id: row.id,
      day: uow.today,
      due_before: row.due_day,
      due_after: dueDay,
      amount_before: row.amount,
      amount_after: amount,
      source: cause.source,
      source_id: cause.sourceId ?? '',
      reason: cause.reason ?? '',
      created_at: uow.now,
      created_by: uow.actor.userId,
    })
    .execute()
  await postDueMove(uow, row, { day: uow.today, from: row.due_key, to: dueKey, outstanding: row.outstanding })
  await post(uow, [{ instalment: { ...row, due_key: dueKey }, day: uow.today, amount: amount - row.amount }])
}

/** Due days that a person or an agreement set: the clause does not date them any more. */
const AGREED: readonly ChangeSource[] = ['agreement', 'extension', 'person']

/** Dates the instalments of a contract anew, by their position; unchanged rows stay untouched, and agreed ones too. */
export async function redateInstalments(
  uow: UnitOfWork,
  contractId: string,
  dueDays: ReadonlyMap<number, string | null>,
  cause: ChangeCause = { source: 'event' },
): Promise<void> {
  const rows = await uow.db
    .selectFrom('receivable_instalments')
    .selectAll()
    .where('contract_id', '=', contractId)
    .where('kind', '=', 'contract')
    .where('state', '=', 'open')
    .execute()
  const agreed = await agreedDays(uow.db, rows)
  for (const row of rows) {
    const dueDay = dueDays.get(row.seq)
    if (dueDay === undefined || dueDay === row.due_day || agreed.has(row.id)) continue
    await changeInstalment(uow, row, { dueDay }, cause)
  }
}

async function agreedDays(db: Reader | Writer, rows: readonly ReceivableInstalmentsTable[]): Promise<Set<string>> {
  const found = await inPieces(
    rows.map((row) => row.id),
    (piece) =>
      db
        .selectFrom('receivable_changes')
        .select('instalment_id')
        .where('instalment_id', 'in', piece)
        .where('source', 'in', [...AGREED])
        .execute(),
  )
  return new Set(found.map((row) => row.instalment_id))
}

/** An instalment that counts. Throws NOT_FOUND. */
export async function openInstalment(db: Reader | Writer, id: string): Promise<ReceivableInstalmentsTable> {
  const [row] = await findInstalments(db, [id])
  if (!row || row.state !== 'open') throw refuse('NOT_FOUND', { entity: 'receivable' })
  return row
}

/** Agrees another due day of an instalment, from today on. Whoever calls has checked that it may. Throws NOT_FOUND. */
export async function changeDue(
  uow: UnitOfWork,
  instalmentId: string,
  dueDay: string | null,
  cause: ChangeCause,
): Promise<void> {
  await changeInstalment(uow, await openInstalment(uow.db, instalmentId), { dueDay }, cause)
}
