import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobView } from '#shared/modules/jobs/jobs.contract.ts'
import { createBackupKeeper } from '#core/modules/backups/backups.keeper.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

let test: TestCore
const second = mkdtempSync(join(tmpdir(), 'yewutai-second-'))
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(async () => {
  await test.close()
  rmSync(second, { recursive: true, force: true })
})

const settled = (job: { jobId: string }): Promise<JobView> => test.core.deps.jobs.settled(job.jobId)

async function backUp(): Promise<string> {
  const owner = await test.as('owner')
  const job = await settled(await owner.backups.create({}))
  expect(job).toMatchObject({ state: 'done', error: null })
  return (job.result as { name: string }).name
}

describe('backups', () => {
  it('are seen and made only by those who may; everybody sees whether there is one', async () => {
    const sales = await test.as('sales')
    expect(await sales.backups.status({})).toEqual({ state: 'none', lastAt: null, changed: true, second: 'unset' })
    for (const call of [sales.backups.list({}), sales.backups.create({})]) {
      expect((await refusalOf(call)).code).toBe('FORBIDDEN')
    }
    expect((await refusalOf(test.anonymous().backups.status({}))).code).toBe('UNAUTHENTICATED')
  })

  it('are listed with what is in them, and marked where something is missing', async () => {
    const name = await backUp()
    const owner = await test.as('owner')
    const { rows } = await owner.backups.list({})
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ name, folder: 'data', reason: 'manual', intact: true, createdAt: TEST_NOW })
    expect(rows[0]?.counts['users']).toBe(8)
    expect(await owner.backups.status({})).toMatchObject({ state: 'fresh', lastAt: TEST_NOW, changed: false })
    const keys = join(test.core.vault.backupDir, `${name}.keys.json`)
    const kept = readFileSync(keys)
    rmSync(keys)
    expect((await owner.backups.list({})).rows[0]?.intact).toBe(false)
    writeFileSync(keys, kept)
  })

  it('are told to every window once they lie there', async () => {
    const owner = await test.as('owner')
    const stop = new AbortController()
    const events = await (await test.as('sales')).changes.watch({}, { signal: stop.signal })
    const told = (async () => {
      for await (const event of events) {
        if (event.module === 'backups') return (await owner.backups.list({})).rows.map((row) => row.name)
      }
      return []
    })()
    const name = await backUp()
    expect(await told).toContain(name)
    stop.abort()
  })

  it('are checked as they lie there; a damaged one is named and cannot be restored', async () => {
    const name = await backUp()
    const owner = await test.as('owner')
    expect(await settled(await owner.backups.verify({ folder: 'data', name }))).toMatchObject({ state: 'done' })
    const path = join(test.core.vault.backupDir, `${name}.ywtbak`)
    const bytes = readFileSync(path)
    bytes[5000] = (bytes[5000] ?? 0) ^ 4
    writeFileSync(path, bytes)
    const job = await settled(await owner.backups.verify({ folder: 'data', name }))
    expect(job).toMatchObject({ state: 'failed', error: { code: 'BACKUP_DAMAGED', data: { name } } })
    expect((await refusalOf(owner.backups.restore({ folder: 'data', name }))).code).toBe('BACKUP_DAMAGED')
    expect(await owner.people.list({ limit: 5, sort: { key: 'name', dir: 'asc' }, filters: {} })).toBeTruthy()
  })

  it('go to the second folder too, which may be missing without harm', async () => {
    const owner = await test.as('owner')
    const { version } = await owner.office.preferences.read({})
    const inside = refusalOf(owner.backups.setFolder({ path: join(test.dataDir, 'x'), version }))
    expect((await inside).code).toBe('VALIDATION')
    const saved = await owner.backups.setFolder({ path: second, version })
    const name = await backUp()
    expect(readdirSync(second).sort()).toEqual([`${name}.json`, `${name}.keys.json`, `${name}.ywtbak`])
    const { rows } = await owner.backups.list({})
    expect(
      rows
        .filter((r) => r.name === name)
        .map((r) => r.folder)
        .sort(),
    ).toEqual(['data', 'second'])
    rmSync(second, { recursive: true })
    writeFileSync(second, 'not a folder any more')
    await backUp()
    expect((await owner.backups.status({})).second).toBe('failed')
    rmSync(second)
    await owner.backups.setFolder({ path: '', version: saved.version })
  })

  it('bring back what was, keep what is aside, end every session, and leave their mark in the log', async () => {
    const owner = await test.as('owner')
    const finance = test.anonymous()
    await finance.session.logIn({ login: 'finance', password: PASSWORD })
    await owner.people.createDepartment({ name: '备份之前' })
    const name = await backUp()
    await owner.people.createDepartment({ name: '备份之后' })
    test.clock.set(TEST_NOW + 60 * 60_000 + 1)
    expect((await refusalOf(owner.backups.restore({ folder: 'data', name }))).code).toBe('UNAUTHENTICATED')
    test.clock.set(TEST_NOW + 6 * 60_000)
    const admin = test.anonymous()
    await admin.session.logIn({ login: 'owner', password: PASSWORD })
    test.clock.set(TEST_NOW + 12 * 60_000)
    expect((await refusalOf(admin.backups.restore({ folder: 'data', name }))).code).toBe('STEP_UP_REQUIRED')
    await admin.session.stepUp({ password: PASSWORD })
    await admin.backups.restore({ folder: 'data', name })
    expect((await refusalOf(admin.backups.list({}))).code).toBe('UNAUTHENTICATED')
    expect((await refusalOf(finance.people.briefs({}))).code).toBe('UNAUTHENTICATED')
    await admin.session.logIn({ login: 'owner', password: PASSWORD })
    const names = (await admin.people.departments({})).map((d) => d.name)
    expect(names).toContain('备份之前')
    expect(names).not.toContain('备份之后')
    const aside = readdirSync(test.dataDir).filter((file) => /^yewutai\.ywt\.before-restore-[-0-9TZ]+$/.test(file))
    expect(aside).toHaveLength(1)
    const log = await admin.audit.list({ limit: 20, sort: { key: 'seq', dir: 'desc' }, filters: { action: 'backups' } })
    expect(log.rows[0]).toMatchObject({ action: 'backups.restored', entityId: name, userName: '林总' })
    expect(await admin.audit.head({})).toMatchObject({ ok: true, fault: null })
    const reasons = (await admin.backups.list({})).rows.map((r) => r.reason)
    expect(reasons).toContain('restore')
    expect(existsSync(test.core.vault.dataPath)).toBe(true)
  })
})

describe('the keeper', () => {
  it('finds work of more than a day without a backup late, and of less fresh', async () => {
    const fresh = await createTestCore()
    const keeper = createBackupKeeper(fresh.core.deps, fresh.core.vault, () => undefined)
    await keeper.run('schedule')
    expect(await keeper.status()).toMatchObject({ state: 'fresh', changed: false })
    fresh.clock.set(TEST_NOW + 25 * 3_600_000)
    expect(await keeper.status()).toMatchObject({ state: 'fresh', changed: false })
    const owner = fresh.anonymous()
    await owner.session.logIn({ login: 'owner', password: PASSWORD })
    expect(await keeper.status()).toMatchObject({ state: 'late', changed: true })
    await Promise.all([keeper.run('schedule'), keeper.run('manual')])
    expect(await keeper.status()).toMatchObject({ state: 'fresh', changed: false })
    await keeper.close()
    await fresh.close()
  })
})

describe('recovery before anybody can log in', () => {
  it('is refused while the file opens normally', async () => {
    const seat = test.anonymous()
    const secret = { recoveryCode: test.recoveryCode }
    for (const call of [
      seat.backups.recoveryList({}),
      seat.backups.recoveryAccept({ secret }),
      seat.backups.recoverySalvage({ secret }),
      seat.backups.recoverySupportCopy({}),
      seat.backups.recoveryRetry({}),
    ]) {
      expect((await refusalOf(call)).code).toBe('BACKUP_NOT_NOW')
    }
  })

  it('lists backups, copies for support, and restores a file that was emptied', async () => {
    const broken = await createTestCore()
    const owner = await broken.as('owner')
    await broken.core.deps.jobs.settled((await owner.backups.create({})).jobId)
    const { dataPath } = broken.core.vault
    await broken.core.close()
    writeFileSync(dataPath, '')
    const core = await broken.restart()
    const seat = core.localClient()
    expect(await seat.session.status({})).toMatchObject({ state: 'recovery', recovery: { kind: 'empty' } })
    const { rows } = await seat.backups.recoveryList({})
    expect((await seat.backups.recoverySupportCopy({})).files).toContain('about.json')
    const secret = { login: 'owner', password: PASSWORD }
    await seat.backups.recoveryRestore({ name: rows[0]?.name ?? '', secret })
    expect(await seat.session.status({})).toMatchObject({ state: 'open', recovery: null })
    await seat.session.logIn(secret)
    await broken.close()
  })

  it('puts back lost key files from a backup without going back in time', async () => {
    const broken = await createTestCore()
    const owner = await broken.as('owner')
    await broken.core.deps.jobs.settled((await owner.backups.create({})).jobId)
    await owner.people.createDepartment({ name: '备份之后' })
    await broken.core.close()
    for (const file of ['keys.json', 'keys.copy.json']) rmSync(join(broken.dataDir, file))
    const core = await broken.restart()
    const seat = core.localClient()
    expect((await seat.session.status({})).recovery?.kind).toBe('missing')
    const { rows } = await seat.backups.recoveryList({})
    await seat.backups.recoveryKeys({ name: rows[0]?.name ?? '', secret: { recoveryCode: broken.recoveryCode } })
    await seat.session.logIn({ login: 'owner', password: PASSWORD })
    expect((await seat.people.departments({})).map((d) => d.name)).toContain('备份之后')
    await broken.close()
  })

  it('goes on with an older copy only after somebody has said so', async () => {
    const broken = await createTestCore()
    const { dataPath } = broken.core.vault
    await broken.core.close()
    const old = join(broken.dataDir, 'old')
    copyFileSync(dataPath, old)
    await broken.restart()
    const owner = await broken.as('owner')
    await owner.people.createDepartment({ name: '会丢的' })
    await broken.core.close()
    copyFileSync(old, dataPath)
    const core = await broken.restart()
    const seat = core.localClient()
    const secret = { login: 'owner', password: PASSWORD }
    expect((await refusalOf(seat.session.logIn(secret))).code).toBe('LOCKED')
    expect((await seat.session.status({})).recovery?.kind).toBe('rolled-back')
    await seat.backups.recoveryAccept({ secret })
    await seat.session.logIn(secret)
    const log = await seat.audit.list({ limit: 5, sort: { key: 'seq', dir: 'desc' }, filters: { action: 'backups' } })
    expect(log.rows[0]?.action).toBe('backups.rollbackAccepted')
    await broken.close()
  })

  it('salvages a damaged file', async () => {
    const broken = await createTestCore()
    const owner = await broken.as('owner')
    for (let i = 0; i < 60; i += 1) await owner.people.createDepartment({ name: `部门 ${i}` })
    const { dataPath } = broken.core.vault
    await broken.core.close()
    const bytes = readFileSync(dataPath)
    bytes.fill(0, bytes.length - 3 * 4096, bytes.length - 2 * 4096)
    writeFileSync(dataPath, bytes)
    const core = await broken.restart()
    const seat = core.localClient()
    const secret = { login: 'owner', password: PASSWORD }
    expect((await refusalOf(seat.session.logIn(secret))).code).toBe('LOCKED')
    const report = await seat.backups.recoverySalvage({ secret })
    expect(report.rows['users']).toBeGreaterThan(0)
    expect((await seat.session.status({})).state).toBe('open')
    expect(readdirSync(broken.dataDir).some((file) => file.startsWith('yewutai.ywt.before-restore-'))).toBe(true)
    await broken.close()
  })
})
