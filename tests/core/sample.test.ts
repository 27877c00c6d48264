import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { asMonth, shiftMonth } from '#shared/kernel/dates.ts'
import { figureOf } from '#shared/modules/performance/performance.rules.ts'
import { schemeBody } from '#shared/modules/performance/performance.schemes.schema.ts'
import { startCore, type Core, type CoreClient } from '#core/start-core.ts'
import { wholeScheme } from '#tests/helpers/appraisal.ts'

let core: Core
let dataDir: string
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'yewutai-test-'))
  core = await startCore({
    dataDir,
    resourcesDir: new URL('../../resources', import.meta.url).pathname,
    host: 'local',
    appVersion: '0.1.0',
    passwordCost: { memoryKiB: 1024, timeCost: 1 },
  })
})
afterEach(async () => {
  await core.close()
  rmSync(dataDir, { recursive: true })
})

it('fills the sample firm even for an administrator whose log-in name one of its people would have', async () => {
  const client = core.localClient({ device: 'test' })
  const { jobId } = await client.office.firstRun({
    locale: 'zh-CN',
    firm: {
      name: '重庆山城机械配件有限公司',
      uscc: '91350100M000100Y43',
      legalRepresentative: '周建国',
      address: '',
      phone: '',
      bankName: '',
      bankAccount: '',
      sealName: '',
    },
    administrator: { name: '李娜', login: 'LiNa', password: 'a phrase for the sample 2026' },
    backupDir: '',
    content: 'sample',
  })
  const job = await core.deps.jobs.settled(jobId ?? '')
  expect(job).toMatchObject({ state: 'done', error: null })
  const people = await client.people.list({ limit: 50, sort: { key: 'name', dir: 'asc' }, filters: {} })
  const logins = people.rows.map(({ login }) => login)
  expect(logins).toHaveLength(13)
  expect(logins).toEqual(expect.arrayContaining(['LiNa', 'lina2']))
  const tasks = await client.tasks.summary({ filters: { state: 'open' } })
  expect(Object.values(tasks).every((count) => count > 0)).toBe(true)
  // Every report of the sample counts, some came late, and there are plans, of which some wait for their report.
  const visits = async (filters: object) => (await client.visits.summary({ filters })).count
  expect(await visits({ report: 'incomplete' })).toBe(0)
  const states = [{ state: 'done' }, { state: 'planned' }, { state: 'cancelled' }, { late: true }, { overdue: true }]
  for (const filters of states) expect(await visits(filters)).toBeGreaterThan(0)
  // Customers that nobody looks after, each with the reason, and some with people who help.
  const pool = await client.pool.list({ limit: 50, sort: { key: 'since', dir: 'desc' }, filters: {} })
  expect(pool.rows).toHaveLength(5)
  expect(pool.rows.every((row) => row.note !== '' && row.formerOwnerName !== null)).toBe(true)
  // Quotations at every stage but the withdrawn one, and minutes, final and not.
  const stages = ['draft', 'awaiting', 'sent', 'accepted', 'rejected', 'expired'] as const
  for (const stage of stages) expect((await client.quotations.summary({ filters: { stage } })).count).toBeGreaterThan(0)
  expect((await client.quotations.summary({ filters: {} })).count).toBe(8)
  expect(await client.minutes.summary({ filters: {} })).toEqual({ count: 4, drafts: 1 })
  // What contracts bind to stands in every state; most of what was due is done.
  const owed = async (filters: object) => (await client.obligations.summary({ filters })).count
  for (const state of ['overdue', 'soon', 'open', 'waiting', 'done', 'dropped'] as const) {
    expect([state, await owed({ state })]).toEqual([state, expect.toSatisfy((count: number) => count > 0)])
  }
  // A bank statement that waits to be matched: most of it is sure.
  const { lines, excluded } = await client.bank.bulk({ filters: {} })
  expect(lines).toHaveLength(9)
  expect(excluded.map(({ stage, count }) => [stage, count])).toEqual([['unknown', 1]])
  expect(await owed({ kind: 'other' })).toBe(5)
  expect(await owed({ state: 'done' })).toBeGreaterThan((await owed({ state: 'overdue' })) * 3)
  const sort = { key: 'signDay', dir: 'desc' } as const
  const [contract] = (await client.contracts.list({ limit: 1, sort, filters: { stage: 'performing' } })).rows
  const files = await client.attachments.list({ to: 'contract', id: contract?.id ?? '' })
  expect(files.rows.map(({ kind }) => kind)).toEqual(['pdf'])
  // Three months of appraisal are locked with their bonus, the last one waits, and a scheme begins with the next.
  const now = asMonth(core.deps.clock.today().slice(0, 7))
  const locked = async (ago: number) => (await client.performance.sheet({ month: shiftMonth(now, -ago) })).locked
  expect(await Promise.all([4, 3, 2, 1].map(locked))).toEqual([true, true, true, false])
  const bonus = await client.performance.bonus.sheet({ month: shiftMonth(now, -2) })
  expect(bonus.rows.map((row) => row.bonus)).toEqual(bonus.rows.map((row) => row.base))
  const seller = people.rows.find(({ login }) => login === 'wanglei')?.id as never
  expect((await client.performance.history({ userId: seller })).months).toHaveLength(3)
  // Its paper shows in two pictures, each with its mask, how far each indicator was reached and what the months came to.
  const { jobId: printing } = await client.performance.signed({ month: shiftMonth(now, -2), userId: seller })
  const printed = (await core.deps.jobs.settled(printing)).files[0]?.fileId ?? ''
  const paper = await core.takeFile(
    (await client.files.ticket({ fileId: printed as never })).url.slice('/files/'.length),
  )
  expect(
    Buffer.from(paper?.bytes ?? [])
      .toString('latin1')
      .split('/Subtype /Image').length - 1,
  ).toBe(4)
  const [scheme] = (await client.performance.schemes.list({})).rows
  expect(scheme?.editions.map(({ fromMonth, used }) => [fromMonth, used])).toEqual([[shiftMonth(now, 1), false]])
  await checkLineage(core, client)
}, 240_000)

/** Every figure of the sample firm's last months, by every indicator there is, is what the rows that it opens come to. */
async function checkLineage({ vault, deps }: Core, client: CoreClient): Promise<void> {
  const { raw } = vault.store
  raw.prepare('INSERT INTO performance_schemes VALUES (?, 0, ?, ?, NULL, 0, 0)').run('all', '全部指标', '全部指标')
  raw
    .prepare('INSERT INTO performance_scheme_editions VALUES (?, 1, ?, ?, 0, NULL)')
    .run('all', '1900-01', JSON.stringify(schemeBody.parse(wholeScheme())))
  const now = asMonth(deps.clock.today().slice(0, 7))
  const seen = new Set<string>()
  for (const month of [now, shiftMonth(now, -1), shiftMonth(now, -2)]) {
    const { people } = await client.performance.sheet({ month })
    for (const { userId, indicators } of people) {
      for (const { indicator, actual, part, whole } of indicators) {
        const rows = await client.performance.sourceRows({ month, userId: userId as never, indicator })
        const found = figureOf(indicator, rows)
        expect([month, indicator, found.actual, found.part, found.whole]).toEqual([
          month,
          indicator,
          actual,
          part,
          whole,
        ])
        if (rows.length > 0) seen.add(indicator)
      }
    }
  }
  expect([...seen]).toEqual(
    expect.arrayContaining(['contractAmount', 'collected', 'collectionRate', 'overdueBalance', 'visits']),
  )
}
