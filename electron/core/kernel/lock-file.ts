import { join } from 'node:path'
import { openDatabase, type Database } from '#core/store/driver.ts'

/** Not a secret: it only keeps the lock's file from looking like an unencrypted data file. */
const LOCK_KEY = new Uint8Array(32).fill(0x59)

/**
 * One program per data folder. The lock is the operating system's own, held through SQLite on a small file, so that a
 * crash or a power cut frees it by itself and no stale lock is ever left to judge.
 * Returns null where another program holds it.
 */
export function takeFolderLock(dataDir: string): { release(): void } | null {
  let db: Database | null = null
  try {
    db = openDatabase(join(dataDir, '.lock'), LOCK_KEY, { create: true, busyMs: 0 })
    db.pragma('journal_mode = delete')
    db.exec('BEGIN EXCLUSIVE')
    const held = db
    return {
      release() {
        held.exec('ROLLBACK')
        held.close()
      },
    }
  } catch (error) {
    db?.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return null
    throw error
  }
}
