import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreClient } from '#core/start-core.ts'
import { createTestCore, refusalOf, TEST_ROLES, type TestCore } from '#tests/helpers/test-core.ts'

let test: TestCore
let owner: CoreClient
beforeAll(async () => {
  test = await createTestCore()
  owner = await test.as('owner')
  for (let i = 0; i < 30; i += 1) await owner.people.createDepartment({ name: `部门 ${i}` })
})
afterAll(() => test.close())

const newest = { sort: { key: 'seq' as const, dir: 'desc' as const } }
const settled = (job: { jobId: string }) => test.core.deps.jobs.settled(job.jobId)

describe('the audit log as a list', () => {
  it('is for the owner and the administrator alone', async () => {
    for (const role of TEST_ROLES) {
      const client = await test.as(role)
      const call = client.audit.list({ limit: 1, ...newest, filters: {} })
      if (role === 'owner' || role === 'administrator') expect((await call).rows).toHaveLength(1)
      else expect((await refusalOf(call)).code).toBe('FORBIDDEN')
    }
  })

  it('shows who did what, with before and after', async () => {
    const { rows } = await owner.audit.list({ limit: 1, ...newest, filters: { action: 'people' } })
    expect(rows[0]).toMatchObject({ userName: '林总', device: 'owner', roles: ['administrator', 'owner'] })
    expect(JSON.stringify(rows[0]?.after)).toContain('部门 29')
    expect(rows[0]?.mac).toMatch(/^[0-9a-f]{12}$/)
  })

  it.each(['asc', 'desc'] as const)('is paged without leaving out or doubling a row, %s', async (dir) => {
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<CoreClient['audit']['list']>> = await owner.audit.list({
        cursor,
        limit: 7,
        sort: { key: 'seq', dir },
        filters: {},
      })
      seen.push(...page.rows.map((row) => row.seq))
      cursor = page.nextCursor
    } while (cursor !== null)
    const { count } = await owner.audit.summary({ filters: {} })
    expect(seen).toHaveLength(count)
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => (dir === 'asc' ? a - b : b - a)))
  })

  it('is filtered by person, module, action, record, day and text', async () => {
    const count = async (filters: Parameters<CoreClient['audit']['summary']>[0]['filters'], text?: string) =>
      (await owner.audit.summary({ filters, ...(text === undefined ? {} : { text }) })).count
    const all = await count({})
    expect(await count({ userId: test.ids.owner })).toBeLessThan(all)
    expect(await count({ action: 'session' })).toBeGreaterThan(0)
    expect(await count({ action: 'session.logIn' })).toBeLessThan(await count({ action: 'session' }))
    expect(await count({ action: 'sess' })).toBe(0)
    expect(await count({ dayFrom: '2026-05-18', dayTo: '2026-05-18' } as never)).toBe(all)
    expect(await count({ dayTo: '2026-05-17' } as never)).toBe(0)
    expect(await count({}, '部门 17')).toBe(1)
    expect(await count({}, '部门_17')).toBe(0)
    const [row] = (await owner.audit.list({ limit: 1, ...newest, filters: { action: 'people' } })).rows
    expect(await count({ entity: row?.entity, entityId: row?.entityId })).toBe(1)
  })

  it('refuses a filter that is none', async () => {
    const call = owner.audit.list({ limit: 1, ...newest, filters: { action: "x' OR 1=1 --" } })
    expect((await refusalOf(call)).code).toBe('VALIDATION')
    expect((await refusalOf(owner.audit.list({ cursor: 'x', limit: 1, ...newest, filters: {} }))).code).toBe(
      'VALIDATION',
    )
  })
})

describe('its check', () => {
  it('walks the whole chain, leaves a row itself, and is for those who may', async () => {
    const sales = await test.as('sales')
    expect((await refusalOf(sales.audit.verify({}))).code).toBe('FORBIDDEN')
    const job = await settled(await owner.audit.verify({}))
    expect(job).toMatchObject({ state: 'done', result: { ok: true, fault: null } })
    const { rows } = await owner.audit.list({ limit: 1, ...newest, filters: { action: 'audit' } })
    expect(rows[0]).toMatchObject({ action: 'audit.verify', after: { ok: true } })
    expect(await owner.audit.head({})).toMatchObject({ ok: true })
  })

  it('says from where on the log was cut off, by what a backup remembers', async () => {
    await settled(await owner.backups.create({}))
    const { raw } = test.core.vault.store
    const before = await owner.audit.head({})
    const last = raw.prepare('SELECT * FROM audit_log WHERE seq = ?').get(before.head.seq)
    expect(last).toBeTruthy()
    raw.exec('DROP TRIGGER audit_log_no_delete')
    raw.prepare('DELETE FROM audit_log WHERE seq > ?').run(before.head.seq - 3)
    raw.exec("DELETE FROM meta WHERE key = 'audit_head'")
    const job = await settled(await owner.audit.verify({}))
    expect(job.result).toMatchObject({ ok: false, fault: { seq: before.head.seq - 2, reason: 'cut-off' } })
  })
})

describe('its export', () => {
  it('gives the filtered rows as a file and leaves a row', async () => {
    const job = await settled(
      await owner.audit.exportRows({ filters: { action: 'people' }, text: '部门 1', format: 'csv' }),
    )
    expect(job).toMatchObject({ state: 'done', error: null })
    const file = job.files[0]
    expect(file?.name).toMatch(/\.csv$/)
    const { bytes } = test.core.deps.files.readTemporary(test.ids.owner, file?.fileId ?? '')
    const lines = new TextDecoder().decode(bytes).trim().split('\r\n')
    expect(lines).toHaveLength(1 + 11)
    const { rows } = await owner.audit.list({ limit: 1, ...newest, filters: { action: 'audit.export' } })
    expect(rows[0]?.after).toMatchObject({ count: 11, text: '部门 1' })
  })
})

describe('a sensitive list', () => {
  let other: TestCore
  beforeAll(async () => void (other = await createTestCore()))
  afterAll(() => other.close())

  it('leaves a row for each reading of ten minutes, however many pages it takes', async () => {
    const [hr, boss] = [await other.as('hr'), await other.as('owner')]
    const read = () => hr.people.list({ limit: 5, sort: { key: 'name', dir: 'asc' }, filters: {} })
    const noted = async () => (await boss.audit.summary({ filters: { action: 'people.list' } })).count
    expect(await noted()).toBe(0)
    await read()
    await read()
    expect(await noted()).toBe(1)
    for (const minutes of [6, 5]) {
      other.clock.set(other.clock.now() + minutes * 60_000)
      await read()
      await noted()
    }
    expect(await noted()).toBe(2)
  })

  it('leaves none where it was refused', async () => {
    const sales = await other.as('sales')
    expect((await refusalOf(sales.audit.list({ limit: 5, ...newest, filters: {} }))).code).toBe('FORBIDDEN')
    const { count } = await (
      await other.as('owner')
    ).audit.summary({ filters: { userId: other.ids.sales, action: 'audit.list' } })
    expect(count).toBe(0)
  })
})
