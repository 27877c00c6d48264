import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '#core/store/audit-log.ts'
import { createTestStore, rowKeys, writeRow, type TestStore } from '#tests/helpers/test-store.ts'

const STORM = new URL('./write-storm.ts', import.meta.url).pathname
let test: TestStore | null = null
afterEach(async () => {
  await test?.close()
  test = null
})

describe('a disk that is full', () => {
  it('at any page loses no answered write, keeps no half one, and goes on when there is room', async () => {
    test = await createTestStore()
    const { store } = test
    let answered = 0
    for (let room = 0; room < 50; room += 1) {
      const pages = Number(store.raw.pragma('page_count', { simple: true }))
      store.raw.pragma(`max_page_count = ${pages + (room % 7)}`)
      let fault: unknown = null
      for (let i = 0; i < 40 && fault === null; i += 1) {
        const key = `row ${room}-${i}`
        fault = await writeRow(store, key, 'x'.repeat(1500)).then(
          () => null,
          (error: unknown) => error,
        )
        if (fault === null) answered += 1
      }
      expect(fault).toMatchObject({ code: 'STORAGE', data: { reason: 'SQLITE_FULL' } })
      expect(await rowKeys(store)).toHaveLength(answered)
      store.raw.pragma('max_page_count = 1073741823')
    }
    expect(await verifyAudit(store.read, test.key)).toMatchObject({ ok: true, rows: answered })
    expect(store.raw.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('in the middle of a file’s growth is a fault with a reason; every answered write is there', async ({ skip }) => {
    if (process.platform === 'win32') skip('the limit comes from a POSIX shell')
    test = await createTestStore()
    const { path, key } = test
    await test.store.close()
    let next = 0
    for (let round = 0; round < 12; round += 1) {
      // The shell's limit counts blocks of 512 bytes or 1 KiB; both end within the log's growth.
      const command = `ulimit -f ${300 + round * 137}; exec "$0" "$@"`
      const child = spawnSync(
        'sh',
        ['-c', command, process.execPath, STORM, path, Buffer.from(key).toString('hex'), String(next)],
        { encoding: 'utf8' },
      )
      const lines = child.stdout.trim().split('\n')
      const fault = lines.pop() ?? ''
      expect(fault, child.stderr).toMatch(/^fault SQLITE_(FULL|IOERR\w*) \d+$/)
      const last = Number(lines.at(-1) ?? next - 1)
      const store = await test.reopen()
      const keys = await rowKeys(store)
      expect(keys.length % 3).toBe(0)
      expect(keys.length / 3).toBeGreaterThanOrEqual(last + 1)
      expect(keys.length / 3).toBeLessThanOrEqual(last + 2)
      expect(await verifyAudit(store.read, key)).toMatchObject({ ok: true, rows: keys.length / 3 })
      next = keys.length / 3
      await store.close()
    }
    expect(next).toBeGreaterThan(12)
  })
})
