import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCore, type Core } from '#core/start-core.ts'
import {
  asidePath,
  asideStamp,
  finishRestore,
  removeOldAside,
  stagedPath,
  stageRestore,
  swapIn,
} from '#core/store/restore.ts'
import { makeBackup } from '#core/store/backup.ts'
import {
  CHEAP_PASSWORDS,
  createTestCore,
  PASSWORD,
  refusalOf,
  RESOURCES,
  type TestCore,
} from '#tests/helpers/test-core.ts'
import { createTestStore, rowKeys, STORE_NOW, writeRow } from '#tests/helpers/test-store.ts'
import { fixedClock } from '#core/kernel/clock.ts'

const root = mkdtempSync(join(tmpdir(), 'yewutai-drill-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('a backup', () => {
  it('taken while people write is whole and loses nothing that was answered before it', async () => {
    const test = await createTestStore()
    writeFileSync(join(test.dir, 'keys.json'), '{}')
    let stop = false
    let written = 0
    const storm = (async () => {
      while (!stop) await writeRow(test.store, `row ${String(written++).padStart(6, '0')}`, 'x'.repeat(500))
    })()
    mkdirSync(join(test.dir, 'backups'))
    // What a crash left of an earlier attempt.
    writeFileSync(join(test.dir, 'backups', '.yewutai-20260101-000000-abcd.tmp'), 'half')
    writeFileSync(join(test.dir, 'backups', 'yewutai-20260101-000000-abcd.keys.json.0a1b2c3d.tmp'), 'half')
    const counts: number[] = []
    try {
      for (let i = 0; i < 5; i += 1) {
        const before = written - 1
        const manifest = await makeBackup(test.store, {
          dir: join(test.dir, 'backups'),
          keysPath: join(test.dir, 'keys.json'),
          now: STORE_NOW + i * 1000,
          appVersion: '0',
          reason: 'manual',
        })
        expect(manifest.rows['settings']).toBeGreaterThanOrEqual(before)
        expect(manifest.rows['settings']).toBe(manifest.rows['audit_log'])
        counts.push(manifest.rows['settings'] ?? 0)
      }
    } finally {
      stop = true
      await storm
    }
    expect(counts.toSorted((a, b) => a - b)).toEqual(counts)
    for (const file of readdirSync(join(test.dir, 'backups'))) expect(file).not.toMatch(/tmp$/)
    await test.close()
  })

  it('for which there is no room leaves nothing behind and says so', async () => {
    const test = await createTestStore()
    const dir = join(test.dir, 'backups')
    writeFileSync(dir, 'a file where the folder should be')
    const failed = makeBackup(test.store, { dir, keysPath: '', now: 0, appVersion: '0', reason: 'manual' })
    await expect(failed).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await rowKeys(test.store)).toEqual([])
    await test.close()
  })

  it('that is given up leaves nothing behind', async () => {
    const test = await createTestStore()
    const dir = join(test.dir, 'backups')
    const giveUp = new AbortController()
    const making = makeBackup(test.store, {
      dir,
      keysPath: '',
      now: 0,
      appVersion: '0',
      reason: 'quit',
      signal: giveUp.signal,
    })
    giveUp.abort()
    await expect(making).rejects.toThrow()
    expect(readdirSync(dir)).toEqual([])
    await test.close()
  })
})

describe('a restore that a crash interrupts', () => {
  const live = (dir: string) => ({ dataPath: join(dir, 'data.ywt'), keysPath: join(dir, 'keys.json') })
  const contents = (dir: string) => ({
    data: existsSync(live(dir).dataPath) ? readFileSync(live(dir).dataPath, 'utf8') : null,
    keys: existsSync(live(dir).keysPath) ? readFileSync(live(dir).keysPath, 'utf8') : null,
  })

  it('ends as old or as new at the next start, after whichever step it came', async () => {
    const from = mkdtempSync(join(root, 'from-'))
    writeFileSync(join(from, 'data'), 'new data')
    writeFileSync(join(from, 'keys'), 'new keys')
    const prepare = async () => {
      const dir = mkdtempSync(join(root, 'live-'))
      writeFileSync(live(dir).dataPath, 'old data')
      writeFileSync(live(dir).keysPath, 'old keys')
      await stageRestore(live(dir), { data: join(from, 'data'), keys: join(from, 'keys') })
      return dir
    }
    const whole = await prepare()
    await swapIn(live(whole), 'now')
    expect(contents(whole)).toEqual({ data: 'new data', keys: 'new keys' })
    expect(readFileSync(join(whole, 'data.ywt.before-restore-now'), 'utf8')).toBe('old data')

    // The steps of the swap, one after the other; the crash comes after the first n of them.
    const steps: ((dir: string) => void)[] = [
      (dir) => cpMove(live(dir).dataPath, `${live(dir).dataPath}.before-restore-now`),
      (dir) => cpMove(live(dir).keysPath, `${live(dir).keysPath}.before-restore-now`),
      (dir) => cpMove(stagedPath(live(dir).keysPath), live(dir).keysPath),
      (dir) => cpMove(stagedPath(live(dir).dataPath), live(dir).dataPath),
    ]
    for (let crash = 0; crash <= steps.length; crash += 1) {
      const dir = await prepare()
      for (const step of steps.slice(0, crash)) step(dir)
      await finishRestore(live(dir), 'later')
      const expected = crash === 0 ? { data: 'old data', keys: 'old keys' } : { data: 'new data', keys: 'new keys' }
      expect(contents(dir), `after ${crash} steps`).toEqual(expected)
      expect(await finishRestore(live(dir), 'later')).toBe(false)
    }
    const early = await prepare()
    rmSync(stagedPath(live(early).dataPath))
    await finishRestore(live(early), 'later')
    expect(contents(early)).toEqual({ data: 'old data', keys: 'old keys' })
  })
})

describe('what restores put aside', () => {
  const DAY = 24 * 3_600_000
  const now = Date.parse('2026-05-18T02:00:00.000Z')
  const live = (dir: string) => ({ dataPath: join(dir, 'data.ywt'), keysPath: join(dir, 'keys.json') })
  const put = (dir: string, daysAgo: number, endings = ['', '.head']) => {
    const stamp = asideStamp(now - daysAgo * DAY)
    const files = [
      ...endings.map((ending) => `${asidePath(live(dir).dataPath, stamp)}${ending}`),
      asidePath(live(dir).keysPath, stamp),
    ]
    for (const file of files) writeFileSync(file, 'aside')
    return files
  }

  it('goes after 30 days; the newest stays however old, and so does what has another name', async () => {
    const dir = mkdtempSync(join(root, 'aside-'))
    const kept = [join(dir, 'data.ywt'), join(dir, 'keys.json')]
    kept.push(join(dir, 'data.ywt.before-restore-mine'), `${asidePath(live(dir).dataPath, asideStamp(0))}.txt`)
    for (const file of kept) writeFileSync(file, 'mine')
    const old = [...put(dir, 31), ...put(dir, 400, ['', '-wal', '-shm', '.head'])]
    const newer = [...put(dir, 29), ...put(dir, 1)]
    await removeOldAside(live(dir), now)
    expect(old.filter((file) => existsSync(file))).toEqual([])
    expect([...kept, ...newer].filter((file) => !existsSync(file))).toEqual([])

    const newest = put(dir, 1)
    await removeOldAside(live(dir), now + 300 * DAY)
    expect(
      readdirSync(dir)
        .map((file) => join(dir, file))
        .sort(),
    ).toEqual([...kept, ...newest].sort())
  })

  it('stays whole while a restore is unfinished', async () => {
    const dir = mkdtempSync(join(root, 'aside-'))
    const files = [...put(dir, 100), ...put(dir, 50), ...put(dir, 40)]
    for (const staged of [stagedPath(live(dir).dataPath), stagedPath(live(dir).keysPath)]) {
      writeFileSync(staged, 'half')
      expect(await removeOldAside(live(dir), now)).toEqual([])
      expect(files.every((file) => existsSync(file))).toBe(true)
      rmSync(staged)
    }
    expect((await removeOldAside(live(dir), now)).length).toBe(6)
  })

  it('is looked through when the file opens', async () => {
    const own = await createTestCore()
    const paths = { dataPath: join(own.dataDir, 'yewutai.ywt'), keysPath: join(own.dataDir, 'keys.json') }
    const at = (days: number) => asidePath(paths.dataPath, asideStamp(own.clock.now() - days * DAY))
    for (const days of [90, 60, 45]) writeFileSync(at(days), 'aside')
    await own.restart()
    expect(existsSync(at(90))).toBe(true)
    await own.as('owner')
    expect([90, 60, 45].map((days) => existsSync(at(days)))).toEqual([false, false, true])
    await own.close()
  })
})

function cpMove(from: string, to: string): void {
  copyFileSync(from, to)
  rmSync(from)
}

describe('the drill: a backup opens on another computer', () => {
  let test: TestCore
  let backupName = ''
  beforeAll(async () => {
    test = await createTestCore()
    const owner = await test.as('owner')
    await owner.people.createDepartment({ name: '留在备份里' })
    const { jobId } = await owner.backups.create({})
    const job = await test.core.deps.jobs.settled(jobId)
    expect(job.state).toBe('done')
    backupName = (job.result as { name: string }).name
  })
  afterAll(() => test.close())

  async function elsewhere(): Promise<{ core: Core; dir: string; stick: string }> {
    const dir = mkdtempSync(join(root, 'other-pc-'))
    const stick = mkdtempSync(join(root, 'stick-'))
    cpSync(test.core.vault.backupDir, stick, { recursive: true })
    const core = await startCore({
      dataDir: dir,
      resourcesDir: RESOURCES,
      host: 'local',
      appVersion: '0.0.0-test',
      clock: fixedClock(STORE_NOW),
      passwordCost: CHEAP_PASSWORDS,
      workers: 1,
    })
    return { core, dir, stick }
  }

  it('with the recovery code alone, twenty times out of twenty', async () => {
    for (let i = 0; i < 20; i += 1) {
      const { core, dir, stick } = await elsewhere()
      const seat = core.localClient()
      expect((await seat.session.status({})).state).toBe('first-run')
      const { rows } = await seat.backups.recoveryList({ dir: stick })
      expect(rows.map((r) => [r.name, r.intact])).toEqual([[backupName, true]])
      await seat.backups.recoveryRestore({ dir: stick, name: backupName, secret: { recoveryCode: test.recoveryCode } })
      expect((await seat.session.status({})).state).toBe('open')
      await seat.session.logIn({ login: 'owner', password: PASSWORD })
      expect((await seat.people.departments({})).map((d) => d.name)).toContain('留在备份里')
      await core.close()
      rmSync(dir, { recursive: true })
    }
  })

  it('with a password of its time; a wrong code is refused at once and slows down', async () => {
    const { core, stick } = await elsewhere()
    const seat = core.localClient()
    const restore = (secret: { recoveryCode: string } | { login: string; password: string }) =>
      seat.backups.recoveryRestore({ dir: stick, name: backupName, secret })
    const started = performance.now()
    expect(await refusalOf(restore({ recoveryCode: 'AAAA-BBBB-CCCC-DDDD' }))).toEqual({
      code: 'SESSION_REFUSED',
      data: { retryAt: null },
    })
    expect(performance.now() - started).toBeLessThan(2000)
    for (let i = 0; i < 4; i += 1) await refusalOf(restore({ recoveryCode: `AAAA-BBBB-CCCC-${i}` }))
    expect((await refusalOf(restore({ recoveryCode: test.recoveryCode }))).data).toEqual({ retryAt: STORE_NOW + 1000 })
    await restore({ login: 'owner', password: PASSWORD })
    expect((await seat.session.status({})).state).toBe('open')
    expect((await refusalOf(restore({ login: 'owner', password: PASSWORD }))).code).toBe('BACKUP_NOT_NOW')
    await core.close()
  })

  it('also after the password was changed and the recovery code renewed', async () => {
    const admin = test.anonymous()
    await admin.session.logIn({ login: 'owner', password: PASSWORD })
    await admin.session.changePassword({ current: PASSWORD, next: 'quite another phrase 7' })
    await admin.session.renewRecovery({})
    const { core, stick } = await elsewhere()
    const seat = core.localClient()
    await seat.backups.recoveryRestore({ dir: stick, name: backupName, secret: { recoveryCode: test.recoveryCode } })
    await seat.session.logIn({ login: 'owner', password: PASSWORD })
    await core.close()
    await admin.session.changePassword({ current: 'quite another phrase 7', next: PASSWORD })
  })

  it('holds nothing that can be read without a key', () => {
    const dir = test.core.vault.backupDir
    mkdirSync(join(root, 'strings'), { recursive: true })
    for (const file of readdirSync(dir)) {
      const bytes = readFileSync(join(dir, file))
      expect(bytes.includes(Buffer.from('留在备份里')), file).toBe(false)
      expect(bytes.includes('SQLite format 3'), file).toBe(false)
      expect(bytes.includes(PASSWORD), file).toBe(false)
    }
    if (process.platform === 'linux') {
      // Random bytes do not shrink: what is encrypted stays as long as it is.
      const data = join(dir, `${backupName}.ywtbak`)
      const packed = execFileSync('gzip', ['-c', data], { maxBuffer: 1 << 28 })
      expect(packed.length).toBeGreaterThan(readFileSync(data).length * 0.98)
    }
  })
})
