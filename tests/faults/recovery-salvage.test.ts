import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '#core/store/open.ts'
import { salvage } from '#core/store/salvage.ts'
import { saveCopyForSupport } from '#core/store/support-copy.ts'
import { createTestStore, rowKeys, writeRow, type TestStore } from '#tests/helpers/test-store.ts'

const root = mkdtempSync(join(tmpdir(), 'yewutai-salvage-'))
let test: TestStore
afterAll(async () => {
  await test.close()
  rmSync(root, { recursive: true, force: true })
})

describe('a damaged data file', () => {
  it('gives back every row that can still be read, in a file that opens', async () => {
    test = await createTestStore()
    const { path, key, clock } = test
    const empty = Number(test.store.raw.pragma('page_count', { simple: true }))
    for (let i = 0; i < 300; i += 1) await writeRow(test.store, `row ${String(i).padStart(3, '0')}`, 'x'.repeat(700))
    await test.store.close()
    const bytes = readFileSync(path)
    const pages = bytes.length / 4096
    // Every twelfth page of the second half, behind what an empty file has: where rows lie.
    const blanked: number[] = []
    for (let page = Math.max(empty, Math.floor(pages / 2)); page < pages; page += 12) {
      bytes.fill(0x5a, page * 4096, (page + 1) * 4096)
      blanked.push(page)
    }
    writeFileSync(path, bytes)
    await expect(openStore({ path, key, clock, feed: test.feed })).rejects.toMatchObject({ kind: 'damaged' })

    const target = join(root, 'salvaged.ywt')
    const report = await salvage({ path, target, key, clock })
    expect(report.holes).toBeGreaterThan(0)
    expect(readFileSync(path).equals(bytes)).toBe(true)
    const store = await openStore({ path: target, key, clock, feed: test.feed })
    const keys = await rowKeys(store)
    expect(keys.length).toBe(report.rows['settings'])
    // Each lost page held at most seven rows of a table.
    expect(keys.length).toBeGreaterThanOrEqual(300 - blanked.length * 7)
    expect((report.rows['audit_log'] ?? 0) + keys.length).toBeLessThan(600)
    expect(store.raw.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(() => store.raw.exec('DELETE FROM audit_log')).toThrow('only added to')
    await writeRow(store, 'goes on', 1)
    await store.close()
  })

  it('can be copied for support, with nothing readable in it', async () => {
    const copy = await saveCopyForSupport(
      { dataPath: test.path, keysPath: join(test.dir, 'keys.json') },
      { dir: test.dir, stamp: '2026-05-18', appVersion: '1.2.3' },
    )
    expect(copy.files).toEqual(expect.arrayContaining(['about.json', 'yewutai.ywt', 'yewutai.ywt.head']))
    expect(readFileSync(join(copy.dir, 'yewutai.ywt')).equals(readFileSync(test.path))).toBe(true)
    expect(JSON.parse(readFileSync(join(copy.dir, 'about.json'), 'utf8'))).toMatchObject({
      appVersion: '1.2.3',
      looksLike: 'encrypted',
    })
  })
})
