import { createHash, randomInt } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '#core/kernel/clock.ts'
import { ChangeFeed } from '#core/kernel/change-feed.ts'
import { Keyring } from '#core/kernel/keyring.ts'
import { makeBackup, verifyBackup } from '#core/store/backup.ts'
import type { Database } from '#core/store/driver.ts'
import { openStore } from '#core/store/open.ts'
import { createTestStore, STORE_NOW, writeRow, type TestStore } from '#tests/helpers/test-store.ts'

const CHEAP = { memoryKiB: 64, timeCost: 1 }
const FLIPS = { closed: 100, crashed: 80, head: 20, keys: 40, backup: 60 }

const root = mkdtempSync(join(tmpdir(), 'yewutai-flip-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Every row of every table, in the order in which the table keeps them. */
function contentHash(db: Database): string {
  const hash = createHash('sha256')
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[]
  for (const table of tables) {
    hash.update(table)
    for (const row of db
      .prepare('SELECT * FROM "' + table + '" NOT INDEXED')
      .raw()
      .iterate())
      hash.update(JSON.stringify(row))
  }
  return hash.digest('hex')
}

function flip(path: string): string {
  const bytes = readFileSync(path)
  const bit = randomInt(bytes.length * 8)
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  writeFileSync(path, bytes)
  return `bit ${bit} of ${path.split('/').at(-1)} (${bytes.length} bytes)`
}

describe('one flipped bit', () => {
  let test: TestStore
  let closed = ''
  let crashed = ''
  let whole = ''
  let recoveryCode = ''
  const backups = join(root, 'backups')
  let name = ''

  beforeAll(async () => {
    test = await createTestStore()
    const ring = Keyring.create(join(test.dir, 'keys.json'), CHEAP, { locale: 'zh-CN', firmName: '某公司' })
    await ring.setPassword('zhang', 'right password', test.key)
    recoveryCode = await ring.setRecovery(test.key)
    for (let i = 0; i < 60; i += 1) await writeRow(test.store, `row ${i}`, 'x'.repeat((i * 97) % 2500))
    await test.reopen()
    test.store.raw.pragma('wal_autocheckpoint = 0')
    for (let i = 60; i < 90; i += 1) await writeRow(test.store, `row ${i}`, 'y'.repeat((i * 97) % 2500))
    crashed = join(root, 'crashed')
    mkdirSync(crashed)
    for (const ending of ['', '-wal', '.head']) copyFileSync(test.path + ending, join(crashed, `yewutai.ywt${ending}`))
    whole = contentHash(test.store.raw)
    name = (
      await makeBackup(test.store, {
        dir: backups,
        keysPath: join(test.dir, 'keys.json'),
        now: STORE_NOW,
        appVersion: '0.0.0',
        reason: 'manual',
      })
    ).name
    await test.store.close()
    closed = join(root, 'closed')
    cpSync(test.dir, closed, { recursive: true })
  })
  afterAll(() => test.close())

  /** Opens a copy of a folder with one bit changed; null where that was refused, else what was read. */
  async function openFlipped(from: string, file: string): Promise<{ what: string; hash: string | null }> {
    const dir = mkdtempSync(join(root, 'case-'))
    cpSync(from, dir, { recursive: true })
    const what = flip(join(dir, file))
    const path = join(dir, 'yewutai.ywt')
    try {
      const clock = fixedClock(STORE_NOW)
      const store = await openStore({ path, key: test.key, clock, feed: new ChangeFeed() })
      try {
        return { what, hash: contentHash(store.raw) }
      } finally {
        await store.close()
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return { what, hash: null }
    } finally {
      rmSync(dir, { recursive: true })
    }
  }

  async function expectNeverSilent(count: number, from: string, file: (i: number) => string): Promise<number> {
    let refused = 0
    for (let i = 0; i < count; i += 1) {
      const { what, hash } = await openFlipped(from, file(i))
      if (hash === null) refused += 1
      else expect(hash, `wrong data without an error: ${what}`).toBe(whole)
    }
    return refused
  }

  it(`in the data file is refused ${FLIPS.closed} of ${FLIPS.closed} times`, async () => {
    expect(await expectNeverSilent(FLIPS.closed, closed, () => 'yewutai.ywt')).toBe(FLIPS.closed)
  })

  it('in the data file or its log after a crash is refused, or nothing is missing', async () => {
    const refused = await expectNeverSilent(FLIPS.crashed, crashed, (i) =>
      i % 4 === 0 ? 'yewutai.ywt' : 'yewutai.ywt-wal',
    )
    expect(refused).toBeGreaterThan(FLIPS.crashed / 2)
  })

  it('in what remembers the end of the log changes nothing', async () => {
    expect(await expectNeverSilent(FLIPS.head, closed, () => 'yewutai.ywt.head')).toBe(0)
  })

  it('in the key file is seen, and the copy is used', async () => {
    for (let i = 0; i < FLIPS.keys; i += 1) {
      const dir = mkdtempSync(join(root, 'keys-'))
      const path = join(dir, 'keys.json')
      copyFileSync(join(closed, 'keys.json'), path)
      const what = flip(path)
      await expect(Keyring.load(path, CHEAP), what).rejects.toThrow()
      copyFileSync(join(closed, 'keys.copy.json'), join(dir, 'keys.copy.json'))
      const ring = await Keyring.load(path, CHEAP)
      expect(await ring.openWithRecovery(recoveryCode)).toEqual(test.key)
      expect(ring.hints.firmName).toBe('某公司')
    }
  })

  it('that makes another letter of a check sum is damage like any other', async () => {
    const dir = mkdtempSync(join(root, 'backup-'))
    cpSync(backups, dir, { recursive: true })
    const path = join(dir, `${name}.json`)
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { mac: string }
    // As long as before in letters, longer in bytes.
    writeFileSync(path, JSON.stringify({ ...manifest, mac: `\u00e9${manifest.mac.slice(1)}` }))
    await expect(verifyBackup(dir, name, test.key)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
    rmSync(dir, { recursive: true })
  })

  it('in a backup is found by its check, whichever of its files it is in', async () => {
    for (let i = 0; i < FLIPS.backup; i += 1) {
      const dir = mkdtempSync(join(root, 'backup-'))
      cpSync(backups, dir, { recursive: true })
      const ending = ['.ywtbak', '.ywtbak', '.json', '.keys.json'][i % 4] ?? ''
      const what = flip(join(dir, `${name}${ending}`))
      if (ending === '.keys.json') {
        await expect(Keyring.load(join(dir, `${name}${ending}`), CHEAP), what).rejects.toThrow()
      } else {
        await expect(verifyBackup(dir, name, test.key), what).rejects.toMatchObject({
          code: expect.stringMatching(/^(BACKUP_DAMAGED|NOT_FOUND)$/) as string,
        })
      }
      rmSync(dir, { recursive: true })
    }
    expect((await verifyBackup(backups, name, test.key)).name).toBe(name)
    expect(existsSync(join(backups, `${name}.ywtbak`))).toBe(true)
  })
})
