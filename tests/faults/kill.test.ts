import { spawn } from 'node:child_process'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '#core/store/audit-log.ts'
import { openDatabase } from '#core/store/driver.ts'
import { createTestStore, type TestStore } from '#tests/helpers/test-store.ts'

const KILLS = 100
const STORM = new URL('./write-storm.ts', import.meta.url).pathname

/** Runs the storm from `first` and kills it `delay` ms after its first answer, or right away. Returns what it answered. */
function stormUntilKilled(test: TestStore, first: number, delay: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [STORM, test.path, Buffer.from(test.key).toString('hex'), String(first)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    let armed = false
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (armed) return
      armed = true
      setTimeout(() => child.kill('SIGKILL'), delay)
    })
    child.once('close', (code) => {
      if (code !== null) reject(new Error(`the storm ended by itself with ${code}`))
      // A line cut by the kill was not an answer.
      else
        resolve(
          text
            .slice(0, text.lastIndexOf('\n') + 1)
            .split('\n')
            .filter(Boolean)
            .map(Number),
        )
    })
  })
}

describe('a program killed while it writes', () => {
  let test: TestStore | null = null
  afterAll(() => test?.close())

  it(`${KILLS} times loses no answered write, keeps no half one, and opens every time`, async () => {
    test = await createTestStore()
    await test.store.close()
    let next = 0
    let answered = 0
    const started = performance.now()
    for (let kill = 0; kill < KILLS; kill += 1) {
      const acked = await stormUntilKilled(test, next, Math.random() * 40)
      answered += acked.length
      const last = acked.at(-1) ?? next - 1
      if (kill % 4 === 0) {
        const store = await test.reopen()
        await store.close()
      }
      const db = openDatabase(test.path, test.key, { readonly: true })
      const rows = db
        .prepare(
          'SELECT version AS n, count(*) AS parts FROM settings WHERE version >= ? GROUP BY version ORDER BY version',
        )
        .all(next) as { n: number; parts: number }[]
      expect(rows.every((row) => row.parts === 3)).toBe(true)
      const present = rows.map((row) => row.n)
      // Everything that was answered, and at most the one that was under way.
      expect(present.slice(0, last - next + 1)).toEqual(Array.from({ length: last - next + 1 }, (_, i) => next + i))
      expect(present.length).toBeLessThanOrEqual(last - next + 2)
      next = (present.at(-1) ?? next - 1) + 1
      const audit = db.prepare('SELECT count(*) AS n, max(seq) AS top FROM audit_log').get()
      expect(audit).toEqual({ n: next, top: next === 0 ? null : next })
      db.close()
    }
    const store = await test.reopen()
    expect(store.raw.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(await verifyAudit(store.read, test.key)).toMatchObject({ ok: true, rows: next })
    const sequence = await store.read.selectFrom('sequences').selectAll().execute()
    expect(sequence).toEqual([{ name: 'storm', value: next }])
    const seconds = Math.round((performance.now() - started) / 1000)
    console.log(`${KILLS} kills, ${answered} answered writes, 0 lost, 0 partial, ${seconds} s`)
    expect(answered).toBeGreaterThan(KILLS)
  })
})
