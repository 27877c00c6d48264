import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { journalEntries, type JournalEntry } from '#shared/modules/receivables/receivables.journal.rules.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type {
  ReceivableInstalmentsTable,
  ReceivableJournalTable,
  ReceivableUnappliedTable,
} from '#core/store/tables/receivables.tables.ts'

/** What the journal has to know of an instalment. */
export type Journalled = Pick<ReceivableInstalmentsTable, 'id' | 'customer_id' | 'owner_id' | 'due_key' | 'invoice_key'>

/** So much more (below zero: less) is owed of an instalment from a day on. Fen. */
export interface Move {
  readonly instalment: Journalled
  readonly day: PlainDay
  readonly amount: number
}

const ROWS_AT_ONCE = 500

/** Writes moves into the journal, each under the due days that held on its day and since. */
export async function post(uow: UnitOfWork, moves: readonly Move[]): Promise<void> {
  const changes = await dueChanges(
    uow.db,
    moves.map(({ instalment }) => instalment.id),
  )
  const rows: ReceivableJournalTable[] = []
  for (const { instalment, day, amount } of moves) {
    const entries = journalEntries(day, amount, instalment.due_key, changes.get(instalment.id) ?? [])
    rows.push(...entries.map((entry) => journalRow(instalment, entry)))
  }
  await add(uow, rows)
}

/** Writes that the due day of an instalment moved from a day on, with what is outstanding on it. */
export function postDueMove(
  uow: UnitOfWork,
  instalment: Journalled,
  move: { readonly day: PlainDay; readonly from: string; readonly to: string; readonly outstanding: number },
): Promise<void> {
  if (move.outstanding === 0 || move.from === move.to) return Promise.resolve()
  return add(uow, [
    journalRow(instalment, { day: move.day, dueKey: move.from, amount: -move.outstanding }),
    journalRow(instalment, { day: move.day, dueKey: move.to, amount: move.outstanding }),
  ])
}

/** A row of the journal. */
export function journalRow(instalment: Journalled, { day, dueKey, amount }: JournalEntry): ReceivableJournalTable {
  return {
    day,
    instalment_id: instalment.id,
    due_key: dueKey,
    invoice_key: instalment.invoice_key,
    customer_id: instalment.customer_id,
    owner_id: instalment.owner_id,
    amount,
  }
}

/** What the due days of instalments were before they were changed, oldest first. */
async function dueChanges(db: Reader | Writer, instalmentIds: readonly string[]) {
  const rows = await inPieces(instalmentIds, (piece) =>
    db
      .selectFrom('receivable_changes')
      .select(['instalment_id', 'day', 'due_before', 'due_after'])
      .where('instalment_id', 'in', piece)
      .where(sql<boolean>`due_before IS NOT due_after`)
      .orderBy('instalment_id')
      .orderBy('day')
      .orderBy('id')
      .execute(),
  )
  const changes = new Map<string, { day: PlainDay; before: string | null; after: string | null }[]>()
  for (const row of rows) {
    const list = changes.get(row.instalment_id) ?? []
    list.push({ day: row.day as PlainDay, before: row.due_before, after: row.due_after })
    changes.set(row.instalment_id, list)
  }
  return changes
}

/** Adds rows to what is there of the same day, instalment and due day; what comes to nothing is not kept. */
async function add(uow: UnitOfWork, rows: readonly ReceivableJournalTable[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE).filter((row) => row.amount !== 0)
    if (some.length === 0) continue
    await uow.db
      .insertInto('receivable_journal')
      .values(some)
      .onConflict((oc) =>
        oc
          .columns(['day', 'instalment_id', 'due_key'])
          .doUpdateSet((eb) => ({ amount: eb('receivable_journal.amount', '+', eb.ref('excluded.amount')) })),
      )
      .execute()
    await uow.db
      .deleteFrom('receivable_journal')
      .where('instalment_id', 'in', [...new Set(some.map((row) => row.instalment_id))])
      .where('amount', '=', 0)
      .execute()
  }
}

/** A receipt or credit note holds so much more (below zero: less) that settles nothing, from a day on. Fen. */
export interface UnappliedMove {
  readonly day: string
  readonly amount: number
}

/** Writes what a receipt or credit note holds unused, or does not hold any more. */
export async function postUnapplied(
  uow: UnitOfWork,
  source: Omit<ReceivableUnappliedTable, 'day' | 'amount'>,
  moves: readonly UnappliedMove[],
): Promise<void> {
  const byDay = Map.groupBy(moves, (move) => move.day)
  const rows = [...byDay]
    .map(([day, some]) => ({ ...source, day, amount: some.reduce((sum, move) => sum + move.amount, 0) }))
    .filter((row) => row.amount !== 0)
  if (rows.length === 0) return
  await uow.db
    .insertInto('receivable_unapplied')
    .values(rows)
    .onConflict((oc) =>
      oc
        .columns(['day', 'source_id'])
        .doUpdateSet((eb) => ({ amount: eb('receivable_unapplied.amount', '+', eb.ref('excluded.amount')) })),
    )
    .execute()
  await uow.db
    .deleteFrom('receivable_unapplied')
    .where('source_id', '=', source.source_id)
    .where('amount', '=', 0)
    .execute()
}

/** Keeps customer, owner and invoice day of the journal those of its instalments, after these have changed. */
export async function followInstalments(uow: UnitOfWork, instalmentIds: readonly string[]): Promise<void> {
  await inPieces(instalmentIds, async (piece) => {
    const ids = sql.join([...piece])
    await sql`UPDATE receivable_journal AS j SET customer_id = i.customer_id, owner_id = i.owner_id,
        invoice_key = i.invoice_key
      FROM receivable_instalments AS i WHERE i.id = j.instalment_id AND j.instalment_id IN (${ids})`.execute(uow.db)
    return []
  })
}

/** The same of receipts and credit notes. */
export async function followSources(
  uow: UnitOfWork,
  table: 'receipts' | 'receivable_credits',
  ids: readonly string[],
): Promise<void> {
  await inPieces(ids, async (piece) => {
    await sql`UPDATE receivable_unapplied AS u SET customer_id = r.customer_id, owner_id = r.owner_id
      FROM ${sql.table(table)} AS r WHERE r.id = u.source_id AND u.source_id IN (${sql.join([...piece])})`.execute(
      uow.db,
    )
    return []
  })
}
