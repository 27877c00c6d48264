import { existsSync, statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { ChangeFeed } from '#core/kernel/change-feed.ts'
import { auditKey } from '#core/kernel/audit.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { sqliteKysely } from './dialects/sqlite.ts'
import { hasPlainHeader, openDatabase, wrongPragmas, type Database } from './driver.ts'
import { StoreFault } from './faults.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations/index.ts'
import type { Reader, Store } from './store.ts'
import { createUnitOfWork } from './unit-of-work.ts'

/** 'YWT1' as a number: says that an SQLite file is ours. */
export const APPLICATION_ID = 0x59575431
const PAGE = 4096
/** Up to this size the whole file is checked before it is used; larger ones are checked meanwhile. */
const CHECK_AT_ONCE_BYTES = 48 * 1024 * 1024

export interface OpenStore extends Store {
  readonly path: string
  readonly key: Uint8Array
  /** The raw writing connection, for backups and checks. */
  readonly raw: Database
  /** Resolves with what a background check found; null where all is well. */
  readonly checked: Promise<'damaged' | null>
  close(): Promise<void>
}

export interface OpenStoreOptions {
  readonly path: string
  readonly key: Uint8Array
  readonly clock: Clock
  readonly feed: ChangeFeed
  /** Makes the file; otherwise a missing one is a fault. */
  readonly create?: boolean
  /** Called before any migration of an existing file; must have made a verified backup when it resolves. */
  readonly beforeMigration?: () => Promise<void>
}

/** What can be said of a file without its key. Null where it may be ours. */
export function inspectFile(path: string): StoreFault | null {
  if (!existsSync(path)) return new StoreFault('missing')
  const { size } = statSync(path)
  if (size === 0) return new StoreFault('empty')
  if (hasPlainHeader(path)) return new StoreFault('foreign')
  if (size < PAGE || size % PAGE !== 0) return new StoreFault('truncated')
  return null
}

/**
 * Opens the data file, or says in one word why not. Nothing is written to a file that is not wholly ours, and an
 * empty or missing one is never taken for a first run.
 * Throws StoreFault.
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenStore> {
  if (!options.create) {
    const fault = inspectFile(options.path)
    if (fault) throw fault
    check(options.path, options.key)
  }
  const raw = openDatabase(options.path, options.key, { create: options.create ?? false, cacheKiB: 32_768 })
  try {
    if (options.create) {
      raw.pragma(`application_id = ${APPLICATION_ID}`)
      raw.pragma('auto_vacuum = NONE')
    }
    await migrate(raw, options.create ? undefined : options.beforeMigration)
    const wrong = wrongPragmas(raw)
    if (wrong.length > 0) throw new Error(`the data file's safety settings do not hold: ${wrong.join(', ')}`)
    if (hasPlainHeader(options.path)) throw new Error('the data file is not encrypted')
  } catch (error) {
    raw.close()
    throw error
  }
  const kysely = sqliteKysely(raw)
  const readRaw = openDatabase(options.path, options.key, { readonly: true, cacheKiB: 65_536 })
  const read = sqliteKysely(readRaw) as Reader
  const units = createUnitOfWork({
    kysely,
    raw,
    clock: options.clock,
    auditKey: auditKey(options.key),
    feed: options.feed,
  })
  const small = statSync(options.path).size <= CHECK_AT_ONCE_BYTES
  const background = small ? null : checkMeanwhile(options.path, options.key)
  let open = true

  return {
    path: options.path,
    key: options.key,
    raw,
    read,
    checked: background?.done ?? Promise.resolve(null),
    write: (actor, work) => units.write(actor, work),
    async replay(commandId, userId, entry) {
      const row = await read
        .selectFrom('commands')
        .select('result')
        .where('command_id', '=', commandId)
        .where('user_id', '=', userId)
        .where('entry', '=', entry)
        .executeTakeFirst()
      return row ? { result: JSON.parse(row.result) as unknown } : undefined
    },
    async close() {
      if (!open) return
      open = false
      await background?.stop()
      await units.idle()
      readRaw.close()
      raw.pragma('wal_checkpoint(TRUNCATE)')
      raw.close()
    },
  }
}

/** Opens read-only first, so that a file that is not ours is never touched. */
function check(path: string, key: Uint8Array): void {
  let db: Database
  try {
    db = openDatabase(path, key, { readonly: true })
  } catch (error) {
    throw classify(error)
  }
  try {
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw new StoreFault('foreign')
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > MIGRATIONS.length) throw new StoreFault('newer', { fileVersion: String(version) })
    if (statSync(path).size <= CHECK_AT_ONCE_BYTES) quickCheck(db)
  } catch (error) {
    throw error instanceof StoreFault ? error : classify(error)
  } finally {
    db.close()
  }
}

/** Throws StoreFault('damaged') where a page does not authenticate or the structure is wrong. */
export function quickCheck(db: Database): void {
  const result = db.pragma('quick_check(1)', { simple: true })
  if (result !== 'ok') throw new StoreFault('damaged')
}

function classify(error: unknown): StoreFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'SQLITE_NOTADB') return new StoreFault('wrong-key', { cause: error })
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new StoreFault('busy', { cause: error })
  if (code.startsWith('SQLITE_CANTOPEN')) return new StoreFault('missing', { cause: error })
  return new StoreFault('damaged', { cause: error })
}

/** Checks a large file on a thread of its own, with a connection of its own. */
function checkMeanwhile(path: string, key: Uint8Array) {
  const source = `
    const { workerData, parentPort } = require('node:worker_threads')
    const { createRequire } = require('node:module')
    const Database = createRequire(workerData.from)('better-sqlite3-multiple-ciphers')
    try {
      const db = new Database(workerData.path, { readonly: true })
      db.pragma("cipher = 'sqlcipher'")
      db.pragma('key = "x\\'' + workerData.key + '\\'"')
      parentPort.postMessage(db.pragma('quick_check(1)', { simple: true }) === 'ok' ? null : 'damaged')
      db.close()
    } catch (error) {
      parentPort.postMessage('damaged')
    }`
  const worker = new Worker(source, {
    eval: true,
    workerData: { path, key: Buffer.from(key).toString('hex'), from: import.meta.url },
  })
  worker.unref()
  const done = new Promise<'damaged' | null>((resolve) => {
    worker.once('message', (verdict: 'damaged' | null) => resolve(verdict))
    worker.once('error', () => resolve(null))
    worker.once('exit', () => resolve(null))
  })
  return { done, stop: () => worker.terminate() }
}
