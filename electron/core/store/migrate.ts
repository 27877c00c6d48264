import { sqliteKysely } from './dialects/sqlite.ts'
import type { Database } from './driver.ts'
import { StoreFault } from './faults.ts'
import { MIGRATIONS } from './migrations/index.ts'

/**
 * Brings a file to this version: everything in one transaction, so that it opens as old or as new, never between.
 * A file with more migrations than this program knows is refused untouched.
 */
export async function migrate(raw: Database, before: (() => Promise<void>) | undefined): Promise<void> {
  const version = Number(raw.pragma('user_version', { simple: true }))
  if (version > MIGRATIONS.length) throw new StoreFault('newer', { fileVersion: String(version) })
  if (version === MIGRATIONS.length) return
  if (version > 0) await before?.()
  const db = sqliteKysely(raw)
  await db.transaction().execute(async (trx) => {
    for (const migration of MIGRATIONS.slice(version)) await migration.up(trx as never)
    const broken = raw.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error('a migration left rows without their parents')
    raw.pragma(`user_version = ${MIGRATIONS.length}`)
  })
}
