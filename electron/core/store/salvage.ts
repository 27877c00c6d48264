import { setImmediate as breathe } from 'node:timers/promises'
import { rm } from 'node:fs/promises'
import { ChangeFeed } from '#core/kernel/change-feed.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { sqliteCode } from './connection.ts'
import { openDatabase, type Database } from './driver.ts'
import { StoreFault } from './faults.ts'
import { headPath } from './head-file.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'
import { faultOf, openStore } from './open.ts'

const BATCH = 200
/** So many rows are tried one by one inside a hole before the steps grow. */
const SINGLE_STEPS = 300

export interface SalvageReport {
  /** Rows brought over, by table. */
  readonly rows: Readonly<Record<string, number>>
  /** Places that could not be read. */
  readonly holes: number
  /** Rows left out because what they belong to was not read. */
  readonly orphans: number
}

/**
 * Copies every row that can still be read from a damaged file into a new one under the same key, table by table, by
 * rowid. The damaged file is only read. Throws StoreFault where not even its first page opens.
 */
export async function salvage(options: {
  path: string
  target: string
  key: Uint8Array
  clock: Clock
  migrations?: readonly Migration[]
}): Promise<SalvageReport> {
  const migrations = options.migrations ?? MIGRATIONS
  const source = new Source(options.path, options.key)
  try {
    const version = source.version()
    if (version < 1 || version > migrations.length) throw new StoreFault('newer', { fileVersion: String(version) })
    for (const ending of ['', '-wal', '-shm']) await rm(options.target + ending, { force: true })
    const { key, clock, target: path } = options
    const made = await openStore({
      path,
      key,
      clock,
      feed: new ChangeFeed(),
      create: true,
      migrations: migrations.slice(0, version),
    })
    try {
      return await copyTables(source, made.raw)
    } finally {
      await made.close()
      await rm(headPath(options.target), { force: true })
    }
  } finally {
    source.close()
  }
}

async function copyTables(source: Source, target: Database): Promise<SalvageReport> {
  target.pragma('foreign_keys = 0')
  // Triggers keep the rules for new rows; these are old ones.
  const triggers = target.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as Named[]
  for (const { name } of triggers) target.exec(`DROP TRIGGER ${quote(name)}`)
  const tables = (target.pragma('table_list') as { name: string; type: string; wr: number; schema: string }[]).filter(
    (t) => t.schema === 'main' && t.type === 'table' && !t.name.startsWith('sqlite_'),
  )
  const rows: Record<string, number> = {}
  let holes = 0
  for (const { name, wr } of tables) {
    const columns = (target.pragma(`table_info(${quote(name)})`) as Named[]).map((c) => quote(c.name))
    const insert = target.prepare(
      `INSERT OR REPLACE INTO ${quote(name)} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    const write = target.transaction((batch: unknown[][]) => {
      for (const row of batch) insert.run(row)
    })
    let copied = 0
    const take = (batch: unknown[][]) => {
      write(batch)
      copied += batch.length
    }
    holes += wr === 1 ? await scan(source, name, columns, take) : await walk(source, name, columns, take)
    rows[name] = copied
  }
  const orphans = dropOrphans(target)
  for (const { sql } of triggers) target.exec(sql)
  target.pragma('foreign_keys = 1')
  return { rows, holes, orphans }
}

interface Named {
  readonly name: string
  readonly sql: string
}

/** By rowid; steps over what cannot be read. Returns the number of holes. */
async function walk(
  source: Source,
  table: string,
  columns: string[],
  take: (rows: unknown[][]) => void,
): Promise<number> {
  const top = source.highest(table)
  const text = `SELECT rowid, ${columns.join(', ')} FROM ${quote(table)} WHERE rowid > ? ORDER BY rowid LIMIT ?`
  let at = -1
  let limit = BATCH
  let failures = 0
  let holes = 0
  while (top === null ? failures < 60 + SINGLE_STEPS : at < top) {
    const batch = source.read(text, [at, limit])
    if (batch !== null) {
      take(batch.map((row) => row.slice(1)))
      if (batch.length < limit) break
      at = Number(batch.at(-1)?.[0] ?? at)
      limit = BATCH
      failures = 0
    } else if (limit > 1) {
      limit = 1
    } else {
      if (failures === 0) holes += 1
      failures += 1
      at += failures <= SINGLE_STEPS ? 1 : 2 ** Math.min(failures - SINGLE_STEPS, 40)
    }
    await breathe()
  }
  return holes
}

/** From the beginning to the first row that cannot be read, for a table without rowids. */
async function scan(
  source: Source,
  table: string,
  columns: string[],
  take: (rows: unknown[][]) => void,
): Promise<number> {
  for (let at = 0; ; at += BATCH) {
    const batch = source.read(`SELECT ${columns.join(', ')} FROM ${quote(table)} LIMIT ? OFFSET ?`, [BATCH, at])
    if (batch === null) return 1
    take(batch)
    if (batch.length < BATCH) return 0
    await breathe()
  }
}

function dropOrphans(target: Database): number {
  let dropped = 0
  for (;;) {
    const broken = target.pragma('foreign_key_check') as { table: string; rowid: number | null }[]
    const known = broken.filter((row) => row.rowid !== null)
    if (known.length === 0) return dropped
    for (const { table, rowid } of known) {
      dropped += target.prepare(`DELETE FROM ${quote(table)} WHERE rowid = ?`).run(rowid).changes
    }
  }
}

/** The damaged file. A failed read poisons a connection, so each one is followed by a new connection. */
class Source {
  readonly #path: string
  readonly #key: Uint8Array
  #db: Database

  constructor(path: string, key: Uint8Array) {
    this.#path = path
    this.#key = key
    this.#db = this.#open()
  }

  version(): number {
    return Number(this.#db.pragma('user_version', { simple: true }))
  }

  /** Null where the end of the table cannot be read. */
  highest(table: string): number | null {
    const rows = this.read(`SELECT max(rowid) FROM ${quote(table)}`, [])
    return rows === null ? null : Number(rows[0]?.[0] ?? -1)
  }

  read(text: string, parameters: readonly unknown[]): unknown[][] | null {
    try {
      return this.#db
        .prepare<unknown[]>(text)
        .raw()
        .all(...parameters) as unknown[][]
    } catch (error) {
      if (!sqliteCode(error).startsWith('SQLITE_')) throw error
      this.close()
      this.#db = this.#open()
      return null
    }
  }

  close(): void {
    this.#db.close()
  }

  #open(): Database {
    try {
      return openDatabase(this.#path, this.#key, { readonly: true })
    } catch (error) {
      throw faultOf(error)
    }
  }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
