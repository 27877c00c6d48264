import type BetterSqlite3 from 'better-sqlite3-multiple-ciphers'
import { refuse } from '#shared/kernel/app-error.ts'
import { openDatabase, type Database, type OpenOptions } from './driver.ts'

type Statement = BetterSqlite3.Statement<unknown[]>

/** As much of a statement as Kysely uses. */
export interface GuardedStatement {
  readonly reader: boolean
  all(parameters: readonly unknown[]): unknown[]
  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint }
  iterate(parameters: readonly unknown[]): IterableIterator<unknown>
}

const MAX_STATEMENTS = 400
/** Lists of hundreds of values differ in length from call to call: kept, they would fill memory and never come back. */
const LONGEST_KEPT = 8_000
const FAULTS = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|BUSY|LOCKED|NOMEM)/
/** After one failed read of the log these stay with the connection for ever, though the file may be whole. */
const POISON = /^SQLITE_(IOERR|CORRUPT|NOTADB)/

/** A disk that is full or failing is a fault with a sentence; everything else passes through. */
export function storageFault(error: unknown): unknown {
  const code = sqliteCode(error)
  const match = FAULTS.exec(code)
  if (!match) return error
  const busy = match[1] === 'BUSY' || match[1] === 'LOCKED'
  return busy ? refuse('BUSY', {}, { cause: error }) : refuse('STORAGE', { reason: code }, { cause: error })
}

export function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

export interface ConnectionOptions extends OpenOptions {
  readonly path: string
  readonly key: Uint8Array
  /** Called once the connection was closed and opened again after a suspicious error; looks at the file. */
  readonly onReopened?: () => void
  /** Called where the file does not open again. */
  readonly onLost?: (error: unknown) => void
}

/**
 * One connection that heals itself: after an error that may be the connection's and not the file's it is closed and
 * opened again before anything more is asked of it; only a check of the reopened file may speak of damage.
 * Compiled statements are kept, since the same few hundred come back all day.
 */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #statements = new Map<string, { raw: Statement; guarded: GuardedStatement }>()
  #db: Database
  #suspect = false

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#db = openDatabase(options.path, options.key, options)
  }

  /** The connection of this moment; do not keep it. */
  get db(): Database {
    return this.#db
  }

  prepare(text: string): GuardedStatement {
    if (this.#suspect && !this.#db.inTransaction) this.#reopen()
    const known = this.#statements.get(text)
    if (known && !known.raw.busy) {
      // Maps keep the order of insertion; taking it out and in makes the first the longest unused.
      this.#statements.delete(text)
      this.#statements.set(text, known)
      return known.guarded
    }
    const made = this.#make(text)
    if (text.length > LONGEST_KEPT) return made.guarded
    if (this.#statements.size >= MAX_STATEMENTS) this.#statements.delete(this.#statements.keys().next().value ?? '')
    this.#statements.set(text, made)
    return made.guarded
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #make(text: string): { raw: Statement; guarded: GuardedStatement } {
    const raw = this.#guard(() => this.#db.prepare<unknown[]>(text))
    const db = this.#db
    const guarded: GuardedStatement = {
      reader: raw.reader,
      all: (parameters) => this.#guard(() => raw.all(parameters as unknown[])),
      run: (parameters) => {
        // SQLite has already rolled back after a full or failing disk; a second rollback would hide why.
        if (text === 'rollback' && !db.inTransaction) return { changes: 0, lastInsertRowid: 0 }
        return this.#guard(() => raw.run(parameters as unknown[]))
      },
      iterate: (parameters) => this.#guard(() => raw.iterate(parameters as unknown[])),
    }
    return { raw, guarded }
  }

  #guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (POISON.test(sqliteCode(error))) this.#suspect = true
      throw storageFault(error)
    }
  }

  #reopen(): void {
    this.#statements.clear()
    try {
      this.#db.close()
      this.#db = openDatabase(this.#options.path, this.#options.key, { ...this.#options, create: false })
    } catch (error) {
      this.#options.onLost?.(error)
      throw storageFault(error)
    }
    this.#suspect = false
    this.#options.onReopened?.()
  }
}
