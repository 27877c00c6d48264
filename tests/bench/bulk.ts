import { CompiledQuery, type Insertable } from 'kysely'
import type { Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'

/** A statement takes this many values and not one more. */
const MAX_VALUES = 32_000

/** Inserts any number of rows of one table, as many in a statement as it takes; all rows have the same columns. */
export async function insertRows<T extends keyof Tables>(
  db: Writer,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) return
  const atOnce = Math.floor(MAX_VALUES / columns.length)
  const one = `(${columns.map(() => '?').join(', ')})`
  for (let at = 0; at < rows.length; at += atOnce) {
    const some = rows.slice(at, at + atOnce)
    const values = some.flatMap((row) => columns.map((column) => (row as Record<string, unknown>)[column]))
    const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${some.map(() => one).join(', ')}`
    await db.executeQuery(CompiledQuery.raw(text, values))
  }
}
