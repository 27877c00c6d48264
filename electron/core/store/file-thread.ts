import { Worker } from 'node:worker_threads'
import type BetterSqlite3 from 'better-sqlite3-multiple-ciphers'

/** What is read from a data file or backup beside its rows. */
export interface FileFacts {
  readonly schemaVersion: number
  readonly rows: Readonly<Record<string, number>>
  readonly auditSeq: number
  readonly auditMac: string
}

export type FileTask =
  /** Every page of the file: 'ok', or what is wrong. */
  | { readonly kind: 'check'; readonly path: string; readonly keyHex: string }
  /** Every page, every index, rows and audit head, and the hash of the file. */
  | { readonly kind: 'verify'; readonly path: string; readonly keyHex: string }
  /** A whole copy under the same key as `target`, on disk for good, then verified by reading it again. */
  | { readonly kind: 'copy'; readonly path: string; readonly keyHex: string; readonly target: string }

export interface FileAnswer {
  readonly verdict: string
  /** SQLite's code of the error that ended the task, or ''. */
  readonly code: string
  readonly facts: FileFacts | null
  readonly sha256: string
  readonly size: number
}

/**
 * Runs one task over a whole file on a thread of its own, with a connection of its own, so that no window waits for a
 * check or a backup. `stop` ends the thread; `done` then says `stopped`.
 */
export function runFileTask(task: FileTask): { done: Promise<FileAnswer>; stop(): Promise<unknown> } {
  const source = `
    const { createRequire } = require('node:module')
    const { workerData, parentPort } = require('node:worker_threads')
    ;(${fileThread.toString()})(createRequire(workerData.from), workerData.task, (m) => parentPort.postMessage(m))`
  const worker = new Worker(source, { eval: true, workerData: { task, from: import.meta.url } })
  worker.unref()
  const failed = (verdict: string): FileAnswer => ({ verdict, code: '', facts: null, sha256: '', size: 0 })
  const done = new Promise<FileAnswer>((resolve) => {
    worker.once('message', resolve)
    worker.once('error', (error) => resolve(failed(String(error))))
    worker.once('exit', () => resolve(failed('stopped')))
  })
  return { done, stop: () => worker.terminate() }
}

/**
 * The body of the thread. Only its text goes over, so it may use nothing from outside itself; in the bundle there is
 * then no second file to find.
 */
function fileThread(need: NodeJS.Require, task: FileTask, post: (answer: FileAnswer) => void): void {
  const Driver = need('better-sqlite3-multiple-ciphers') as typeof BetterSqlite3
  const fs = need('node:fs') as typeof import('node:fs')
  const crypto = need('node:crypto') as typeof import('node:crypto')

  const open = (path: string) => {
    const db = new Driver(path, { readonly: true, fileMustExist: true })
    db.pragma("cipher = 'sqlcipher'")
    db.pragma('key = "x\'' + task.keyHex + '\'"')
    db.pragma('temp_store = 2')
    db.pragma('cell_size_check = 1')
    db.pragma('busy_timeout = 5000')
    return db
  }
  const sync = (path: string) => {
    const file = fs.openSync(path, 'r+')
    fs.fsyncSync(file)
    fs.closeSync(file)
  }
  const hash = (path: string) => {
    const digest = crypto.createHash('sha256')
    const file = fs.openSync(path, 'r')
    const block = Buffer.alloc(1 << 20)
    for (let read = fs.readSync(file, block); read > 0; read = fs.readSync(file, block)) {
      digest.update(block.subarray(0, read))
    }
    fs.closeSync(file)
    return digest.digest('hex')
  }
  const factsOf = (db: BetterSqlite3.Database): FileFacts => {
    const names = db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
      .all() as { name: string }[]
    const rows: Record<string, number> = {}
    for (const { name } of names) {
      const counted = db.prepare('SELECT count(*) AS n FROM "' + name.replaceAll('"', '""') + '"').get()
      rows[name] = (counted as { n: number }).n
    }
    const head = db.prepare('SELECT seq, mac FROM audit_log ORDER BY seq DESC LIMIT 1').get() as
      | { seq: number; mac: string }
      | undefined
    const schemaVersion = Number(db.pragma('user_version', { simple: true }))
    return { schemaVersion, rows, auditSeq: head?.seq ?? 0, auditMac: head?.mac ?? '' }
  }

  try {
    if (task.kind === 'copy') {
      const source = open(task.path)
      source.prepare('VACUUM INTO ?').run(task.target)
      source.close()
      sync(task.target)
    }
    const path = task.kind === 'copy' ? task.target : task.path
    const db = open(path)
    const verdict = String(db.pragma(task.kind === 'check' ? 'quick_check(1)' : 'integrity_check(1)', { simple: true }))
    const whole = task.kind !== 'check' && verdict === 'ok'
    const facts = whole ? factsOf(db) : null
    db.close()
    post({ verdict, code: '', facts, sha256: whole ? hash(path) : '', size: fs.statSync(path).size })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    post({ verdict: String(error), code, facts: null, sha256: '', size: 0 })
  }
}
