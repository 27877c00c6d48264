import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeAtomic } from './write-atomic.ts'

const fileSchema = z.record(z.string(), z.strictObject({ failures: z.number().int(), notBefore: z.number() }))

const FREE = 5
const MAX_WAIT_S = 900

/**
 * Wrong attempts per account, kept across restarts: five are free, then 1, 2, 4 … 900 seconds. It slows a person at
 * the keyboard; against a stolen file argon2id does the work.
 */
export class Attempts {
  readonly #path: string
  #known: z.infer<typeof fileSchema> | null = null

  constructor(path: string) {
    this.#path = path
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
    all[account] = { failures, notBefore: waitS === 0 ? 0 : now + waitS * 1000 }
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
