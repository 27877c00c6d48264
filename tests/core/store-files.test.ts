import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { writeAtomic, type WriteSystem } from '#core/kernel/write-atomic.ts'
import { isUnsafeFolder, isUnsafePlace, realPlace } from '#core/store/place.ts'
import { expiredBackups } from '#core/store/retention.ts'

const root = mkdtempSync(join(tmpdir(), 'yewutai-files-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('writing a file', () => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(join(root, 'w-'))
  })

  const system = (busyTimes: number): WriteSystem & { waited: number } => ({
    platform: 'win32',
    waited: 0,
    async rename(from, to) {
      if (busyTimes-- > 0) throw Object.assign(new Error('open elsewhere'), { code: 'EBUSY' })
      await rename(from, to)
    },
    async wait(ms) {
      this.waited += ms
    },
  })

  it('replaces whole and leaves nothing beside it', async () => {
    const path = join(dir, 'a.txt')
    await writeAtomic(path, 'one')
    await writeAtomic(path, Buffer.from('two'))
    expect(readFileSync(path, 'utf8')).toBe('two')
    expect(readdirSync(dir)).toEqual(['a.txt'])
  })

  it('waits up to two seconds for a file that Windows holds open', async () => {
    const path = join(dir, 'a.xlsx')
    const patient = system(5)
    await writeAtomic(path, 'new', patient)
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(patient.waited).toBeGreaterThan(1500)
    expect(patient.waited).toBeLessThanOrEqual(2000)
  })

  it('then says that the file is in use; the old one is untouched', async () => {
    const path = join(dir, 'a.xlsx')
    writeFileSync(path, 'old')
    await expect(writeAtomic(path, 'new', system(99))).rejects.toMatchObject({ code: 'FILES_IN_USE' })
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(dir)).toEqual(['a.xlsx'])
  })

  it('says why where the folder is not there', async () => {
    const failed = writeAtomic(join(dir, 'nowhere', 'a.txt'), 'x')
    await expect(failed).rejects.toMatchObject({ code: 'STORAGE', data: { reason: 'ENOENT' } })
  })

  it('is readable by its owner alone', async () => {
    const path = join(dir, 'keys.json')
    await writeAtomic(path, '{}')
    chmodSync(dir, 0o700)
    expect(existsSync(path)).toBe(true)
    if (process.platform !== 'win32') {
      const { statSync } = await import('node:fs')
      expect(statSync(path).mode & 0o077).toBe(0)
    }
  })
})

describe('the place of the data file', () => {
  it.each([
    ['\\\\server\\share\\yewutai', true],
    ['//server/share/yewutai', true],
    ['C:\\Users\\a\\OneDrive\\yewutai', true],
    ['C:\\Users\\a\\OneDrive - Contoso\\yewutai', true],
    ['/Users/a/Library/Mobile Documents/com~apple~CloudDocs/yewutai', true],
    ['/Users/a/Library/CloudStorage/Dropbox/yewutai', true],
    ['D:/坚果云/yewutai', true],
    ['D:\\百度网盘\\yewutai', true],
    ['C:\\Users\\a\\AppData\\Local\\Yewutai', false],
    ['/Users/a/Library/Application Support/Yewutai', false],
    ['/home/a/.local/share/yewutai', false],
    ['/home/a/onedrivers/yewutai', false],
  ])('%s: unsafe is %s', (path, unsafe) => {
    expect(isUnsafePlace(path)).toBe(unsafe)
  })

  it('is unsafe on NFS and SMB, safe on a disk', () => {
    expect([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0xef53].map((type) => isUnsafePlace('/data', type))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })

  it('is judged behind links too, also where the folder is not made yet', () => {
    const base = realpathSync.native(mkdtempSync(join(root, 'place-')))
    const synced = join(base, 'OneDrive - Contoso', 'firm')
    const plain = join(base, 'plain')
    mkdirSync(synced, { recursive: true })
    mkdirSync(plain)
    // A junction on Windows, where a plain link needs rights that a user has not.
    symlinkSync(synced, join(base, 'innocent'), 'junction')
    symlinkSync(plain, join(base, 'elsewhere'), 'junction')
    symlinkSync(plain, join(synced, 'out'), 'junction')
    expect(realPlace(join(base, 'innocent', 'new', 'deep'))).toBe(join(synced, 'new', 'deep'))
    expect(realPlace(join(base, 'elsewhere'))).toBe(plain)
    expect(isUnsafeFolder(join(base, 'innocent'))).toBe(true)
    expect(isUnsafeFolder(join(base, 'innocent', 'new', 'deep'))).toBe(true)
    expect(isUnsafeFolder(join(base, 'elsewhere', 'new'))).toBe(false)
    // The name it was given counts as well: what synchronises the folder sees the link.
    expect(isUnsafeFolder(join(synced, 'out'))).toBe(true)
  })
})

describe('which backups stay', () => {
  const HOUR = 3_600_000
  const NOW = Date.parse('2026-05-18T10:30:00Z')

  it('keeps a bounded ladder over two years of hourly backups', () => {
    const all = Array.from({ length: 2 * 365 * 24 }, (_, i) => NOW - i * HOUR)
    const gone = new Set(expiredBackups(all, NOW))
    const kept = all.filter((at) => !gone.has(at))
    expect(kept.length).toBeLessThanOrEqual(24 + 14 + 8 + 12)
    expect(kept.slice(0, 24)).toEqual(all.slice(0, 24))
    expect(NOW - (kept.at(-1) ?? NOW)).toBeGreaterThan(300 * 24 * HOUR)
  })

  it('run every hour, arrives at the same ladder', () => {
    let kept: number[] = []
    for (let i = 90 * 24; i >= 0; i -= 1) {
      const now = NOW - i * HOUR
      kept.push(now)
      const gone = new Set(expiredBackups(kept, now))
      kept = kept.filter((at) => !gone.has(at))
    }
    const ages = kept.map((at) => (NOW - at) / HOUR)
    expect(ages.filter((age) => age < 24)).toHaveLength(24)
    expect(ages.filter((age) => age < 14 * 24).length).toBeGreaterThanOrEqual(24 + 12)
    expect(Math.max(...ages)).toBeGreaterThan(50 * 24)
  })

  it('lets nothing go of the last hour, nor of a few old ones', () => {
    const burst = Array.from({ length: 30 }, (_, i) => NOW - i * 60_000)
    expect(expiredBackups(burst, NOW)).toEqual([])
    expect(expiredBackups([NOW - 400 * 24 * HOUR], NOW)).toEqual([])
  })
})

describe('ids', () => {
  it('rise, do not repeat and are version 7', () => {
    const ids = Array.from({ length: 20_000 }, () => newId())
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
    for (const id of ids.slice(0, 100))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
