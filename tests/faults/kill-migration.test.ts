import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '#core/store/driver.ts'
import { MIGRATIONS } from '#core/store/migrations/index.ts'
import { createTestStore, writeRow, type TestStore } from '#tests/helpers/test-store.ts'

const CHILD = new URL('./migrate-and-stop.ts', import.meta.url).pathname
const root = mkdtempSync(join(tmpdir(), 'yewutai-kill-migration-'))
let test: TestStore | null = null
afterAll(async () => {
  await test?.close()
  rmSync(root, { recursive: true, force: true })
})

const run = (dir: string, key: Uint8Array, stopAt: number) =>
  spawnSync(process.execPath, [CHILD, join(dir, 'yewutai.ywt'), Buffer.from(key).toString('hex'), String(stopAt)], {
    encoding: 'utf8',
  })

/** The rows of the old file; a migration may add settings of its own. */
const written = (db: ReturnType<typeof openDatabase>) =>
  db.prepare(`SELECT count(*) FROM settings WHERE key LIKE 'row %'`).pluck().get()

describe('a program killed while it migrates', () => {
  it('after any statement leaves the old file whole, and the next start brings it to the new version', async () => {
    test = await createTestStore({ migrations: MIGRATIONS.slice(0, 1) })
    for (let i = 0; i < 20; i += 1) await writeRow(test.store, `row ${i}`, i)
    await test.store.close()
    const copy = () => {
      const dir = mkdtempSync(join(root, 'case-'))
      cpSync(test?.dir ?? '', dir, { recursive: true })
      return dir
    }
    const whole = run(copy(), test.key, 0)
    const total = Number(whole.stdout)
    expect(total, whole.stderr).toBeGreaterThan(5)
    // Each start costs a tenth of a second: at most some forty places, spread over all statements.
    const every = Math.max(1, Math.ceil(total / 40))
    for (let stopAt = 1; stopAt <= total; stopAt += every) {
      const dir = copy()
      expect(run(dir, test.key, stopAt).signal).toBe('SIGKILL')
      const db = openDatabase(join(dir, 'yewutai.ywt'), test.key, { readonly: true })
      expect(db.pragma('user_version', { simple: true })).toBe(1)
      expect(written(db)).toBe(20)
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      db.close()
      if (stopAt % (every * 8) === 1) {
        expect(run(dir, test.key, 0).status).toBe(0)
        const after = openDatabase(join(dir, 'yewutai.ywt'), test.key, { readonly: true })
        expect(after.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
        expect(written(after)).toBe(20)
        after.close()
      }
      rmSync(dir, { recursive: true })
    }
  })
})
