import type { Connection } from './connection.ts'
import { sqliteKysely } from './dialects/sqlite.ts'
import { StoreFault } from './faults.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'

/**
 * Brings a file to this version: everything in one transaction, so that it opens as old or as new, never between.
 * A file with more migrations than this program knows is refused untouched.
 */
export async function migrate(
  connection: Connection,
  before: (() => Promise<void>) | undefined,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const raw = connection.db
  const version = Number(raw.pragma('user_version', { simple: true }))
  if (version > migrations.length) throw new StoreFault('newer', { fileVersion: String(version) })
  if (version === migrations.length) return
  if (version > 0) await before?.()
  const db = sqliteKysely(connection)
  // A table that is built anew is dropped while others point at it; the switch has no effect within a transaction.
  raw.pragma('foreign_keys = OFF')
  try {
    await db.transaction().execute(async (trx) => {
      for (const migration of migrations.slice(version)) await migration.up(trx as never)
      const broken = raw.pragma('foreign_key_check') as unknown[]
      if (broken.length > 0) throw new Error('a migration left rows without their parents')
      raw.pragma(`user_version = ${migrations.length}`)
    })
  } finally {
    raw.pragma('foreign_keys = ON')
  }
}
