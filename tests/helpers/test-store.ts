import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChangeFeed } from '#core/kernel/change-feed.ts'
import { fixedClock } from '#core/kernel/clock.ts'
import { openStore, type OpenStore, type OpenStoreOptions } from '#core/store/open.ts'
import type { Actor } from '#core/store/store.ts'

export const STORE_NOW = Date.parse('2026-05-18T02:00:00Z')
export const ACTOR: Actor = { userId: 'u-1', roles: ['owner'], device: 'test', entry: 'test.write' }

/** A real encrypted data file in a folder of its own, without users, sessions or windows. */
export interface TestStore {
  readonly dir: string
  readonly path: string
  readonly key: Uint8Array
  readonly clock: ReturnType<typeof fixedClock>
  readonly feed: ChangeFeed
  readonly store: OpenStore
  /** Closes and opens the file again. */
  reopen(options?: Partial<OpenStoreOptions>): Promise<OpenStore>
  close(): Promise<void>
}

export async function createTestStore(options: Partial<OpenStoreOptions> = {}): Promise<TestStore> {
  const dir = mkdtempSync(join(tmpdir(), 'yewutai-store-'))
  const path = join(dir, 'yewutai.ywt')
  const key = new Uint8Array(randomBytes(32))
  const clock = fixedClock(STORE_NOW)
  const feed = new ChangeFeed()
  const base = { path, key, clock, feed }
  let store = await openStore({ ...base, create: true, ...options })
  return {
    dir,
    path,
    key,
    clock,
    feed,
    get store() {
      return store
    },
    async reopen(more = {}) {
      await store.close()
      store = await openStore({ ...base, ...more })
      return store
    },
    async close() {
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Writes one row, audited: the smallest command there is. */
export function writeRow(store: OpenStore, key: string, value: unknown, actor: Actor = ACTOR): Promise<string> {
  return store.write(actor, async (uow) => {
    await uow.db
      .insertInto('settings')
      .values({ key, value: JSON.stringify(value), version: 0 })
      .execute()
    await uow.audit({ action: 'customers.update', entity: 'customer', entityId: key, after: { value } })
    uow.changed('test', key)
    return key
  })
}

export async function rowKeys(store: OpenStore): Promise<string[]> {
  const rows = await store.read.selectFrom('settings').select('key').orderBy('key').execute()
  return rows.map((row) => row.key)
}
