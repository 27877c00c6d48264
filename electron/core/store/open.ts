import { existsSync, statSync } from 'node:fs'
import { auditKey } from '#core/kernel/audit.ts'
import type { ChangeFeed } from '#core/kernel/change-feed.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { Connection, sqliteCode } from './connection.ts'
import { sqliteKysely } from './dialects/sqlite.ts'
import { hasPlainHeader, openDatabase, wrongPragmas, type Database } from './driver.ts'
import { StoreFault } from './faults.ts'
import { runFileTask } from './file-thread.ts'
import { HeadFile } from './head-file.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'
import type { Reader, Store } from './store.ts'
import { createUnitOfWork } from './unit-of-work.ts'

/** 'YWT1' as a number: says that an SQLite file is ours. */
export const APPLICATION_ID = 0x59575431
const PAGE = 4096
/** Up to this size the whole file is checked before it is used; larger ones are checked meanwhile. */
const CHECK_AT_ONCE_BYTES = 64 * 1024 * 1024
/** A checkpoint while the program is in use waits no longer than this for a reader. */
const CHECKPOINT_WAIT_MS = 250
/** Answers of commands are kept this long; nobody repeats a command after it. */
const KEEP_COMMANDS_MS = 30 * 24 * 3_600_000

export interface OpenStore extends Store {
  readonly path: string
  readonly key: Uint8Array
  /** The writing connection, for tests and maintenance; never inside a unit of work. */
  readonly raw: Database
  /** Resolves when the check at the start is done; with what it found, null where all is well. */
  readonly checked: Promise<'damaged' | null>
  /** Brings what stands in the log into the file itself, after the unit of work at hand; false where a reader is in it. */
  checkpoint(): Promise<boolean>
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
  /** Goes on with a file that has come less far than it had; the audit log says so. */
  readonly acceptRollback?: boolean
  /** Called once, whenever the file is found damaged while it is in use. */
  readonly onDamage?: () => void
  /** Only tests migrate to something else than this program's version. */
  readonly migrations?: readonly Migration[]
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
  const { path, key, create = false } = options
  const migrations = options.migrations ?? MIGRATIONS
  const chainKey = auditKey(key)
  const head = new HeadFile(path, chainKey)
  if (create && existsSync(path)) throw new StoreFault('foreign')
  if (!create) {
    const fault = inspectFile(path)
    if (fault) throw fault
    check(path, key, migrations.length, options.acceptRollback ? null : head)
  }
  if (create || options.acceptRollback) head.forget()
  const watch = watchFile(options)
  const healing = { path, key, onReopened: watch.recheck, onLost: watch.lost }
  const writer = new Connection({ ...healing, create, cacheKiB: 8_192 })
  try {
    if (create) writer.db.pragma(`application_id = ${APPLICATION_ID}`)
    await migrate(writer, create ? undefined : options.beforeMigration, migrations)
    tidy(writer.db, options.clock.now())
    const wrong = wrongPragmas(writer.db)
    if (wrong.length > 0) throw new Error(`the data file's safety settings do not hold: ${wrong.join(', ')}`)
    if (hasPlainHeader(path)) throw new Error('the data file is not encrypted')
  } catch (error) {
    writer.close()
    throw error
  }
  const reader = new Connection({ ...healing, readonly: true, cacheKiB: 32_768 })
  const read = sqliteKysely(reader) as Reader
  const units = createUnitOfWork({
    kysely: sqliteKysely(writer),
    connection: writer,
    clock: options.clock,
    auditKey: chainKey,
    feed: options.feed,
    committed: (anchor) => head.write(anchor),
  })
  const checked = statSync(path).size > CHECK_AT_ONCE_BYTES ? watch.recheck() : Promise.resolve(null)
  let open = true

  return {
    path,
    key,
    get raw() {
      return writer.db
    },
    read,
    checked,
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
    checkpoint: () => units.between(() => open && checkpoint(writer.db)),
    async close() {
      if (!open) return
      open = false
      await watch.stop()
      await units.idle()
      reader.close()
      writer.db.pragma('wal_checkpoint(TRUNCATE)')
      writer.close()
      head.close()
    },
  }
}

/**
 * Empties the log. A backup reads for as long as it takes, and this thread does not wait for it: what it still needs
 * stays in the log, where it is as safe.
 */
function checkpoint(db: Database): boolean {
  const usual = Number(db.pragma('busy_timeout', { simple: true }))
  db.pragma(`busy_timeout = ${CHECKPOINT_WAIT_MS}`)
  try {
    const [answer] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }]
    return answer.busy === 0
  } finally {
    db.pragma(`busy_timeout = ${usual}`)
  }
}

/** Opens read-only first, so that a file that is not ours is never touched. */
function check(path: string, key: Uint8Array, knownVersion: number, head: HeadFile | null): void {
  let db: Database | null = null
  try {
    db = openDatabase(path, key, { readonly: true })
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw new StoreFault('foreign')
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > knownVersion) throw new StoreFault('newer', { fileVersion: String(version) })
    if (statSync(path).size <= CHECK_AT_ONCE_BYTES) {
      if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new StoreFault('damaged')
    }
    if (head && hasLost(db, head)) throw new StoreFault('rolled-back')
  } catch (error) {
    throw error instanceof StoreFault ? error : faultOf(error)
  } finally {
    db?.close()
  }
}

/** Whether the file no longer has the row that was its last one. */
function hasLost(db: Database, head: HeadFile): boolean {
  const reached = head.read()
  if (!reached) return false
  const row = db.prepare('SELECT mac FROM audit_log WHERE seq = ?').get(reached.seq) as { mac: string } | undefined
  return row?.mac !== reached.mac
}

/** Why a file does not open, by SQLite's code. */
export function faultOf(cause: unknown): StoreFault {
  const code = sqliteCode(cause)
  if (code === 'SQLITE_NOTADB') return new StoreFault('wrong-key', { cause })
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new StoreFault('busy', { cause })
  if (code.startsWith('SQLITE_CANTOPEN')) return new StoreFault('missing', { cause })
  return new StoreFault('damaged', { cause })
}

/** Forgets answers nobody can ask for any more; being a write, it also settles the connection's sync level. */
function tidy(db: Database, now: number): void {
  const run = db.transaction(() => {
    db.prepare('DELETE FROM commands WHERE at < ?').run(now - KEEP_COMMANDS_MS)
    db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true }))}`)
  })
  run.immediate()
}

/**
 * Looks at the file while it is in use: large ones after opening, any after a connection had to be opened again. Only
 * what a fresh connection finds is damage.
 */
function watchFile(options: OpenStoreOptions) {
  const keyHex = Buffer.from(options.key).toString('hex')
  const running = new Set<() => Promise<unknown>>()
  let told = false

  const damaged = () => {
    if (!told) options.onDamage?.()
    told = true
  }

  /** Only what is found three times, by three connections, is the file's fault. */
  async function recheck(): Promise<'damaged' | null> {
    for (let look = 1; look <= 3; look += 1) {
      const task = runFileTask({ kind: 'check', path: options.path, keyHex })
      running.add(task.stop)
      const { verdict, code } = await task.done
      running.delete(task.stop)
      const sound = verdict === 'ok' || verdict === 'stopped' || /^SQLITE_(BUSY|LOCKED|NOMEM|CANTOPEN)/.test(code)
      if (sound) return null
    }
    damaged()
    return 'damaged'
  }

  return {
    recheck,
    lost(error: unknown) {
      if (faultOf(error).kind !== 'busy') damaged()
    },
    async stop() {
      await Promise.all([...running].map((stop) => stop()))
    },
  }
}
