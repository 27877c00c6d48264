import { createHmac } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import type { AuditAnchor } from '#core/kernel/audit.ts'
import { sameText } from '#core/kernel/crypto-box.ts'

/** Padded to one length, so that each write lies exactly over the one before. */
const LENGTH = 192

export function headPath(dataPath: string): string {
  return `${dataPath}.head`
}

/**
 * Remembers beside the data file how far it had come: the last audit row, written after each commit. A file that has
 * come less far has lost something: its log (`-wal`) was damaged, removed or exchanged, or an older copy was put in
 * its place; SQLite itself would go on without a word. After a power cut this may lag behind, but never lead.
 */
export class HeadFile {
  readonly #path: string
  readonly #key: Uint8Array
  #file: number | null = null

  constructor(dataPath: string, auditKey: Uint8Array) {
    this.#path = headPath(dataPath)
    this.#key = auditKey
  }

  /** Null where nothing trustworthy is remembered. */
  read(): AuditAnchor | null {
    try {
      const [seq, mac, seal] = readFileSync(this.#path, 'utf8').trim().split(' ')
      if (seq === undefined || mac === undefined || seal === undefined) return null
      if (!sameText(seal, this.#seal(seq, mac))) return null
      return { seq: Number(seq), mac }
    } catch {
      return null
    }
  }

  /** Not synced: after a crash of the program the system still has it; only a power cut may lose it. */
  write(head: AuditAnchor): void {
    const seq = String(head.seq)
    const text = `${seq} ${head.mac} ${this.#seal(seq, head.mac)}`.padEnd(LENGTH - 1) + '\n'
    try {
      this.#file ??= openSync(this.#path, existsSync(this.#path) ? 'r+' : 'w', 0o600)
      writeSync(this.#file, text, 0)
    } catch {
      // What is committed is safe without it; it only helps to notice a loss later.
    }
  }

  close(): void {
    if (this.#file === null) return
    fsyncSync(this.#file)
    closeSync(this.#file)
    this.#file = null
  }

  forget(): void {
    rmSync(this.#path, { force: true })
  }

  #seal(seq: string, mac: string): string {
    return createHmac('sha256', this.#key).update(`head\0${seq}\0${mac}`).digest('hex')
  }
}
