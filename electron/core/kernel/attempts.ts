import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeAtomic } from './write-atomic.ts'

const fileSchema = z.record(z.string(), z.strictObject({ failures: z.number().int(), notBefore: z.number() }))

const FREE = 5
const MAX_WAIT_S = 900
/** Beyond this many accounts, those that were quiet for a day are forgotten: made-up names must not fill the disk. */
const MAX_KNOWN = 1000
const QUIET_MS = 24 * 3_600_000

/**
 * Wrong attempts per account, kept across restarts: five are free, then 1, 2, 4 … 900 seconds. It slows a person at
 * the keyboard; against a stolen file argon2id does the work.
 */
export class Attempts {
  readonly #path: string
  readonly #turns = new Map<string, Promise<unknown>>()
  #known: z.infer<typeof fileSchema> | null = null

  constructor(path: string) {
    this.#path = path
  }

  /** Runs attempts on one account one after the other, so that a hundred at once are counted like a hundred in turn. */
  async inTurn<T>(account: string, attempt: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(account) ?? Promise.resolve()).then(attempt, attempt)
    this.#turns.set(account, turn)
    try {
      return await turn
    } finally {
      if (this.#turns.get(account) === turn) this.#turns.delete(account)
    }
  }

  /** UTC ms before which no attempt is looked at, or null. */
  async waitUntil(account: string, now: number): Promise<number | null> {
    const entry = (await this.#load())[account]
    if (!entry || entry.notBefore <= now) return null
    // A clock that jumped back must not lock anybody out for longer than the longest wait.
    return Math.min(entry.notBefore, now + MAX_WAIT_S * 1000)
  }

  async failed(account: string, now: number): Promise<number | null> {
    const all = await this.#load()
    const failures = (all[account]?.failures ?? 0) + 1
    const waitS = failures < FREE ? 0 : Math.min(2 ** (failures - FREE), MAX_WAIT_S)
    // Also the free ones carry their time, so that the quiet can be told from the busy.
    all[account] = { failures, notBefore: now + waitS * 1000 }
    if (Object.keys(all).length > MAX_KNOWN) {
      for (const [name, entry] of Object.entries(all)) if (entry.notBefore < now - QUIET_MS) delete all[name]
    }
    await this.#save(all)
    return waitS === 0 ? null : now + waitS * 1000
  }

  async forget(account: string): Promise<void> {
    const all = await this.#load()
    if (!(account in all)) return
    delete all[account]
    await this.#save(all)
  }

  async #load() {
    if (this.#known) return this.#known
    try {
      this.#known = fileSchema.parse(JSON.parse(await readFile(this.#path, 'utf8')))
    } catch {
      this.#known = {}
    }
    return this.#known
  }

  async #save(all: z.infer<typeof fileSchema>): Promise<void> {
    this.#known = all
    await writeAtomic(this.#path, JSON.stringify(all))
  }
}
