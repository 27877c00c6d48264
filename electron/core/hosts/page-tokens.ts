import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Clock } from '#core/kernel/clock.ts'
import { writeAtomic } from '#core/kernel/write-atomic.ts'

const fileSchema = z.array(z.strictObject({ hash: z.string().length(43), at: z.number() }))

/** So long a page may outlive the host that let it in; a session is over long before. */
const LIFE_MS = 12 * 3_600_000
const MAX_KEPT = 200

/** Which pages may open a socket. Being let in is no log-in: every session asks for a password besides. */
export interface PageTokens {
  /** A new token: 256 random bits. */
  issue(): Promise<string>
  has(token: string): boolean
}

/**
 * The tokens of open pages. With a file they hold beyond the end of the host, so that a page finds its way back after
 * a crash; only their hashes are written, which open nothing for whoever reads them.
 */
export async function openPageTokens(path: string | null, clock: Pick<Clock, 'now'>): Promise<PageTokens> {
  const known = new Map<string, number>()
  if (path !== null) {
    const oldest = clock.now() - LIFE_MS
    for (const { hash, at } of await read(path)) if (at > oldest && at <= clock.now()) known.set(hash, at)
  }
  return {
    async issue() {
      const token = randomBytes(32).toString('base64url')
      known.set(hashOf(token), clock.now())
      if (path !== null) {
        const kept = [...known].slice(-MAX_KEPT).map(([hash, at]) => ({ hash, at }))
        // A page whose token could not be written is let in all the same, as long as this host runs.
        await writeAtomic(path, JSON.stringify(kept)).catch(() => undefined)
      }
      return token
    },
    has: (token) => known.has(hashOf(token)),
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

async function read(path: string): Promise<z.infer<typeof fileSchema>> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    // None yet, or not whole: its pages ask for a new link.
    return []
  }
}
