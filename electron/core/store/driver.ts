import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3-multiple-ciphers'

export type Database = BetterSqlite3.Database

const MIN_NODE = 22
const MIN_SQLITE = [3, 51, 3] as const
const PLAIN_HEADER = 'SQLite format 3\0'

/**
 * The native driver needs Node-API 10; on an older Node it ends the process without a word. Say it in words first.
 */
export function assertRuntime(versions: NodeJS.ProcessVersions = process.versions): void {
  const major = Number(versions.node.split('.')[0])
  if (versions['electron'] === undefined && major < MIN_NODE) {
    throw new Error(
      `Node ${versions.node} cannot load the encrypted data file's driver. ` +
        'Start through npm (npm start, npm test), which brings Node 24, or install Node 24.',
    )
  }
}

let constructor: typeof BetterSqlite3 | null = null

function driver(): typeof BetterSqlite3 {
  if (!constructor) {
    assertRuntime()
    constructor = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as typeof BetterSqlite3
  }
  return constructor
}

export interface OpenOptions {
  readonly readonly?: boolean
  /** Only where a new file is wanted; otherwise a missing file stays missing. */
  readonly create?: boolean
  /** KiB of page cache. */
  readonly cacheKiB?: number
  /** How long to wait for another connection's lock, ms. */
  readonly busyMs?: number
}

const BUSY_MS = 5000

/**
 * Opens an encrypted file with a raw 32-byte key; every page carries a MAC, so silent damage cannot pass.
 * SQLITE_NOTADB means a wrong key, a foreign file, or damage in the first page.
 */
export function openDatabase(path: string, key: Uint8Array, options: OpenOptions = {}): Database {
  const db = new (driver())(path, {
    readonly: options.readonly ?? false,
    fileMustExist: !options.create,
    timeout: options.busyMs ?? BUSY_MS,
  })
  try {
    db.pragma("cipher = 'sqlcipher'")
    db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
    // Reading the first page proves the key.
    db.prepare('SELECT count(*) FROM sqlite_master').get()
    configure(db, options)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const PRAGMAS: Readonly<Record<string, string | number>> = {
  journal_mode: 'wal',
  synchronous: 2,
  fullfsync: 1,
  checkpoint_fullfsync: 1,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  recursive_triggers: 1,
  busy_timeout: BUSY_MS,
  mmap_size: 0,
  temp_store: 2,
}

function configure(db: Database, options: OpenOptions): void {
  for (const [name, value] of Object.entries(PRAGMAS)) {
    if (options.readonly && name === 'journal_mode') continue
    if (options.busyMs !== undefined && name === 'busy_timeout') continue
    db.pragma(`${name} = ${value}`)
  }
  db.pragma(`cache_size = -${options.cacheKiB ?? 32_768}`)
  const version = (db.prepare('SELECT sqlite_version() AS v').get() as { v: string }).v
  if (!atLeast(version.split('.').map(Number), MIN_SQLITE)) throw new Error(`SQLite ${version} is too old to be safe`)
}

function atLeast(version: readonly number[], minimum: readonly number[]): boolean {
  for (const [i, wanted] of minimum.entries()) {
    const part = version[i] ?? 0
    if (part !== wanted) return part > wanted
  }
  return true
}

/**
 * Which settings do not hold on this connection. Call it after a write: the binding quietly lowers `synchronous` with
 * the first transaction in WAL mode, and only then shows it.
 */
export function wrongPragmas(db: Database): string[] {
  return Object.entries(PRAGMAS)
    .filter(([name, wanted]) => db.pragma(name, { simple: true }) !== wanted)
    .map(([name]) => name)
}

/** True where the file begins like an unencrypted SQLite file: then encryption has failed and nothing may go on. */
export function hasPlainHeader(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(16)
    const read = readSync(file, head, 0, 16, 0)
    return read === 16 && head.toString('latin1') === PLAIN_HEADER
  } finally {
    closeSync(file)
  }
}
