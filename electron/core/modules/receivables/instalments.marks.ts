import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ReceivableInstalmentsTable } from '#core/store/tables/receivables.tables.ts'
import { openInstalment } from './instalments.change.ts'
import { findInstalments } from './instalments.repo.ts'
import { followInstalments } from './journal.ts'

/** How much of an instalment the customer contests, in fen; 0 once that is settled. Throws NOT_FOUND. */
export async function setDisputed(uow: UnitOfWork, instalmentId: string, disputed: number): Promise<void> {
  const row = await openInstalment(uow.db, instalmentId)
  await touch(uow, row, { disputed: Math.min(disputed, row.amount) })
}

/** When the limitation of instalments ends; null while nothing runs. Rows that say so already stay untouched. */
export async function setLimitationDays(uow: UnitOfWork, days: ReadonlyMap<string, string | null>): Promise<void> {
  for (const row of await findInstalments(uow.db, [...days.keys()])) {
    const limitation = days.get(row.id) ?? null
    if (row.limitation_day === limitation) continue
    // Derived, and nobody's entry: whoever has the record open is not told that it has changed under him.
    await touch(uow, row, { limitation_day: limitation, version: row.version })
  }
}

/** The days of the first invoices that bill instalments; null where none does any more. */
export async function setInvoiceDays(uow: UnitOfWork, days: ReadonlyMap<string, string | null>): Promise<void> {
  const changed: string[] = []
  for (const row of await findInstalments(uow.db, [...days.keys()])) {
    const day = days.get(row.id) ?? null
    if (row.invoice_day === day) continue
    await touch(uow, row, { invoice_day: day, invoice_key: day ?? NO_DUE_KEY })
    changed.push(row.id)
  }
  await followInstalments(uow, changed)
}

async function touch(
  uow: UnitOfWork,
  row: ReceivableInstalmentsTable,
  columns: Partial<ReceivableInstalmentsTable>,
): Promise<void> {
  await uow.db
    .updateTable('receivable_instalments')
    .set({ version: row.version + 1, updated_at: uow.now, ...columns })
    .where('id', '=', row.id)
    .execute()
  uow.changed('receivables', row.id)
}
