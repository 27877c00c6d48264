import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '#core/store/audit-log.ts'
import { createTestStore } from '#tests/helpers/test-store.ts'

const file = (name: string) => new URL(`./${name}`, import.meta.url).pathname
const root = mkdtempSync(join(tmpdir(), 'yewutai-io-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The library that makes calls fail, or null where it cannot be built. */
function buildShim(): string | null {
  if (process.platform !== 'linux') return null
  const target = join(root, 'shim.so')
  const built = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', target, file('io-error-shim.c'), '-ldl'])
  return built.status === 0 ? target : null
}
const shim = buildShim()
/** How many; a look through the whole file reads fewer pages than lie between two readings that fail. */
const WRITES = 400

describe('a disk that fails now and then', () => {
  beforeEach(({ skip }) => {
    if (shim === null) skip('needs Linux and a C compiler')
  })

  it.each([
    ['pwrite', 37],
    ['fsync', 23],
    ['pread', 3989],
  ])('every nth %s (%i) loses no answered write and is not taken for damage', async (call, every) => {
    const test = await createTestStore()
    await test.store.close()
    const child = spawnSync(
      process.execPath,
      [file('io-error-storm.ts'), test.path, Buffer.from(test.key).toString('hex'), String(WRITES)],
      { encoding: 'utf8', env: { ...process.env, LD_PRELOAD: shim ?? '', IO_FAIL: call, IO_EVERY: String(every) } },
    )
    const lines = child.stdout.trim().split('\n')
    expect(lines.at(-1), child.stderr).toBe('end')
    const answered = lines.filter((line) => line.startsWith('ok ')).map((line) => Number(line.slice(3)))
    const faults = lines.filter((line) => line === 'fault').length
    const unread = lines.filter((line) => line === 'unread').length
    console.log(`${call}: ${answered.length} answered, ${faults} refused, ${unread} readings refused`)
    expect(faults + unread).toBeGreaterThan(0)
    expect(lines).not.toContain('damage')

    const store = await test.reopen()
    const rows = await store.read
      .selectFrom('settings')
      .select(({ fn }) => ['version', fn.countAll<number>().as('parts')])
      .groupBy('version')
      .orderBy('version')
      .execute()
    expect(rows.every((row) => row.parts === 3)).toBe(true)
    const present = new Set(rows.map((row) => row.version))
    expect(answered.filter((n) => !present.has(n))).toEqual([])
    expect(present.size).toBeLessThanOrEqual(answered.length + faults)
    expect(store.raw.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(await verifyAudit(store.read, test.key)).toMatchObject({ ok: true, rows: present.size })
    await test.close()
  })
})
