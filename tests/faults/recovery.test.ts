import { createHash, randomBytes } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from '#core/kernel/clock.ts'
import { ChangeFeed } from '#core/kernel/change-feed.ts'
import { openDatabase } from '#core/store/driver.ts'
import type { FaultKind } from '#core/store/faults.ts'
import { openStore, type OpenStoreOptions } from '#core/store/open.ts'
import { createTestStore, rowKeys, STORE_NOW, writeRow, type TestStore } from '#tests/helpers/test-store.ts'

const root = mkdtempSync(join(tmpdir(), 'yewutai-recovery-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const DATA = 'yewutai.ywt'
let test: TestStore
/** The folder of a file that was closed well, of the same file earlier, and of it as a crash leaves it. */
let sound = ''
let earlier = ''
let crashed = ''

beforeAll(async () => {
  test = await createTestStore()
  for (let i = 0; i < 20; i += 1) await writeRow(test.store, `row ${i}`, 'x'.repeat(1000))
  await test.reopen()
  earlier = join(root, 'earlier')
  cpSync(test.dir, earlier, { recursive: true })
  for (let i = 20; i < 40; i += 1) await writeRow(test.store, `row ${i}`, 'x'.repeat(1000))
  crashed = mkdtempSync(join(root, 'crashed-'))
  for (const ending of ['', '-wal', '.head']) copyFileSync(test.path + ending, join(crashed, DATA + ending))
  await test.store.close()
  sound = join(root, 'sound')
  cpSync(test.dir, sound, { recursive: true })
})
afterAll(() => test.close())

let dir = ''
let path = ''
beforeEach(() => {
  dir = mkdtempSync(join(root, 'case-'))
  path = join(dir, DATA)
})

const open = (options: Partial<OpenStoreOptions> = {}) =>
  openStore({ path, key: test.key, clock: fixedClock(STORE_NOW), feed: new ChangeFeed(), ...options })

const take = (from: string) => cpSync(from, dir, { recursive: true })
const fingerprint = () => (existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'none')

/** Plain SQLite of another program, made by Node's own SQLite where there is one, else by its header. */
function foreignFile(): void {
  try {
    const sqlite = createRequire(import.meta.url)('node:sqlite') as typeof import('node:sqlite')
    const db = new sqlite.DatabaseSync(path)
    db.exec('CREATE TABLE other (a); INSERT INTO other VALUES (1)')
    db.close()
  } catch {
    writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8176)]))
  }
}

const CASES: readonly [what: string, FaultKind, make: () => void | Promise<void>][] = [
  ['is not there', 'missing', () => undefined],
  ['is empty', 'empty', () => writeFileSync(path, '')],
  ['is another program’s SQLite file', 'foreign', foreignFile],
  ['is half a page', 'truncated', () => (take(sound), truncateSync(path, 2000))],
  ['ends within a page', 'truncated', () => (take(sound), truncateSync(path, readFileSync(path).length - 100))],
  ['lacks its last pages', 'damaged', () => (take(sound), truncateSync(path, readFileSync(path).length - 2 * 4096))],
  ['is one page long', 'damaged', () => (take(sound), truncateSync(path, 4096))],
  ['is random bytes', 'wrong-key', () => writeFileSync(path, randomBytes(64 * 1024))],
  ['is a text', 'truncated', () => writeFileSync(path, 'This is not a data file. '.repeat(500))],
  ['is encrypted with another key', 'wrong-key', () => otherKey()],
  ['is ours by key, not by name', 'foreign', () => ourKeyOtherProgram()],
  ['was written by a newer version', 'newer', () => (take(sound), setVersion(99))],
  ['has a page of zeros in the middle', 'damaged', () => (take(sound), blank(5))],
  ['has a page of another place', 'damaged', () => (take(sound), copyPage(6, 7))],
  ['lost its log', 'rolled-back', () => (take(crashed), rmSync(`${path}-wal`))],
  ['has an empty log', 'rolled-back', () => (take(crashed), truncateSync(`${path}-wal`, 0))],
  ['has the log of another file', 'damaged', () => (take(crashed), swapLog())],
  ['is an older copy', 'rolled-back', () => (take(sound), copyFileSync(join(earlier, DATA), path))],
]

describe('a data file that', () => {
  it.each(CASES)('%s is «%s», and stays as it is', async (_what, kind, make) => {
    await make()
    const before = fingerprint()
    await expect(open()).rejects.toMatchObject({ name: 'StoreFault', kind })
    expect(fingerprint()).toBe(before)
    // A second look says the same; the first has changed nothing that matters.
    await expect(open()).rejects.toMatchObject({ kind })
    expect(fingerprint()).toBe(before)
    if (kind === 'missing') expect(readdirSync(dir)).toEqual([])
  })

  it('says which version wrote it', async () => {
    take(sound)
    setVersion(99)
    await expect(open()).rejects.toMatchObject({ fileVersion: '99' })
  })

  it('a crash left behind opens with everything', async () => {
    take(crashed)
    const store = await open()
    expect(await rowKeys(store)).toHaveLength(40)
    await store.close()
  })

  it('has come less far than it had opens only where that is accepted', async () => {
    take(crashed)
    rmSync(`${path}-wal`)
    const store = await open({ acceptRollback: true })
    expect(await rowKeys(store)).toHaveLength(20)
    await writeRow(store, 'goes on', 1)
    await store.close()
    const again = await open()
    expect(await rowKeys(again)).toHaveLength(21)
    await again.close()
  })
})

describe('a large data file', () => {
  const MB = 1024 * 1024

  async function makeLarge(): Promise<void> {
    take(sound)
    const store = await open()
    const insert = store.raw.prepare('INSERT INTO settings (key, value, version) VALUES (?, ?, 0)')
    const fill = store.raw.transaction(() => {
      for (let i = 0; i < 80; i += 1) insert.run(`large ${i}`, randomBytes(MB / 2).toString('hex'))
    })
    fill()
    await store.close()
  }

  it('opens within a second and is checked meanwhile; damage found then is told', { timeout: 60_000 }, async () => {
    await makeLarge()
    const started = performance.now()
    const store = await open()
    expect(performance.now() - started).toBeLessThan(1000)
    expect(await store.checked).toBeNull()
    await store.close()

    blank(9000)
    let told = 0
    const damaged = await open({ onDamage: () => (told += 1) })
    expect(await damaged.checked).toBe('damaged')
    expect(told).toBe(1)
    await damaged.close()
  })
})

function otherKey(): void {
  const db = openDatabase(path, new Uint8Array(randomBytes(32)), { create: true })
  db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)')
  db.close()
}

function ourKeyOtherProgram(): void {
  const db = openDatabase(path, test.key, { create: true })
  db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)')
  db.close()
}

function setVersion(version: number): void {
  const db = openDatabase(path, test.key)
  db.pragma(`user_version = ${version}`)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

function blank(page: number): void {
  const bytes = readFileSync(path)
  bytes.fill(0, page * 4096, (page + 1) * 4096)
  writeFileSync(path, bytes)
}

function copyPage(from: number, to: number): void {
  const bytes = readFileSync(path)
  bytes.copy(bytes, to * 4096, from * 4096, (from + 1) * 4096)
  writeFileSync(path, bytes)
}

/** The log of a second program life over the same file: right in itself, and not this one's. */
function swapLog(): void {
  const other = mkdtempSync(join(root, 'other-'))
  const otherPath = join(other, DATA)
  const key = new Uint8Array(randomBytes(32))
  const db = openDatabase(otherPath, key, { create: true })
  db.exec('CREATE TABLE t (a)')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.exec('INSERT INTO t VALUES (1)')
  copyFileSync(`${otherPath}-wal`, `${path}-wal`)
  db.close()
}
