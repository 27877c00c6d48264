import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay, asMonth } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { readTable } from '#workers/read-table.ts'
import { moveTo as sitDownOn, schemeItem } from '#tests/helpers/appraisal.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'
import { randomSource } from '#tests/helpers/valid-input.ts'

const MAY = asMonth('2026-05')

let t: TestCore
let sales: CoreClient
let manager: CoreClient
let hr: CoreClient
let owner: CoreClient
let customerId: string

const visit = (day: string, api = sales) =>
  api.visits.create({
    customerId,
    day: asDay(day),
    purpose: 'callBack',
    result: '试装正常',
    needs: '交期',
    noNextReason: '等客户回音',
  } as never)

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  manager = await t.as('sales_manager')
  hr = await t.as('hr')
  owner = await t.as('owner')
  customerId = await makeCustomer(sales)
  await signContract(sales, customerId, { signDay: '2026-05-11' })
  const body = {
    name: '业务员方案',
    roles: ['sales'],
    teamIds: [],
    items: [schemeItem('visits', 6_000, 4), schemeItem('contractAmount', 4_000, 10_000_000)],
    grades: [
      { name: '优秀', from: 9_000, coefficient: 12_000 },
      { name: '合格', from: 0, coefficient: 10_000 },
    ],
  }
  await hr.performance.schemes.save({ id: null, version: null, fromMonth: MAY, body } as never)
  await visit('2026-05-12')
  await visit('2026-05-13')
})
afterAll(() => t.close())

const moveTo = (day: string) => sitDownOn(t, day, Object.entries({ sales, sales_manager: manager, hr, owner }))
const sheetOf = (api = owner) => api.performance.sheet({ month: MAY })
const mine = async (api = owner) => (await sheetOf(api)).people.find((person) => person.userId === t.ids.sales)!
const changes = (api = owner) => api.performance.correction.changes({ month: MAY })
const list = async (api = owner) => (await api.performance.correction.list({ month: MAY })).rows
const ask = (over: object = {}, api = manager) =>
  api.performance.correction.ask({
    month: MAY,
    userId: t.ids.sales,
    indicator: 'visits',
    value: 4,
    reason: '漏记两次拜访',
    evidence: '出差单 0518',
    ...over,
  } as never)
const decide = async (approvalId: string, kind: 'approve' | 'reject' | 'return' | 'withdraw', api = owner) => {
  const { version } = await api.approvals.get({ id: approvalId as never })
  const action = kind === 'return' ? { kind, to: null, comment: '补充凭据' } : { kind, comment: '已核' }
  return api.approvals.act({ id: approvalId, version, action } as never)
}

describe('a month', () => {
  it('that is open is not corrected: its records are', async () => {
    for (const call of [ask, changes]) {
      expect((await refusalOf(call() as Promise<unknown>)).code).toBe('PERFORMANCE_CORRECTION_OPEN')
    }
    expect(await owner.performance.correction.list({ month: MAY })).toEqual({ locked: false, rows: [] })
  })

  it('that is locked never changes when records change later, and says that they did', async () => {
    await moveTo('2026-06-09')
    await hr.performance.lock({ month: MAY })
    const locked = await sheetOf()
    expect(await changes()).toEqual([])
    const random = randomSource(20260609)
    let [visits, signed] = [2, (await mine()).indicators[1]!.actual]
    for (let round = 0; round < 12; round += 1) {
      if (random.next() < 0.7) {
        await visit(`2026-05-${String(14 + round).padStart(2, '0')}`)
        visits += 1
      } else {
        await signContract(sales, customerId, { signDay: '2026-05-20' })
        signed += 6_455_008
      }
      expect(await sheetOf()).toEqual(locked)
      const found = (await changes()).filter((one) => one.userId === t.ids.sales)
      const asHeld = locked.people.find((one) => one.userId === t.ids.sales)!.indicators
      expect(found.map((one) => [one.indicator, one.held, one.now])).toEqual(
        [
          ['visits', asHeld[0]!.actual, visits],
          ['contractAmount', asHeld[1]!.actual, signed],
        ].filter(([, held, now]) => held !== now),
      )
    }
    expect((await changes()).length).toBeGreaterThan(0)
  })

  it('tells a person of his own figures only', async () => {
    expect(new Set((await changes(sales)).map((one) => one.userId))).toEqual(new Set([t.ids.sales]))
    expect(await changes(await t.as('sales_other'))).toEqual([])
    expect((await refusalOf(changes(await t.as('finance')))).code).toBe('FORBIDDEN')
  })
})

describe('a correction', () => {
  it('is asked for by who sets targets, never for himself, and for another figure than there is', async () => {
    expect((await refusalOf(ask({}, sales))).code).toBe('FORBIDDEN')
    expect((await refusalOf(ask({ userId: t.ids.sales_manager }))).code).toBe('PERFORMANCE_OWN_FIGURE')
    expect((await refusalOf(ask({ userId: t.ids.sales_other }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(ask({ indicator: 'examResult', value: 90 }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(ask({ value: 2 }))).code).toBe('PERFORMANCE_CORRECTION_SAME')
    expect((await refusalOf(ask({ reason: ' ' }))).code).toBe('VALIDATION')
    expect((await refusalOf(ask({ value: -1 }))).code).toBe('VALIDATION')
    expect(await list()).toEqual([])
  })

  it('counts nothing until another has approved it; one that came back is asked for again', async () => {
    const before = await sheetOf()
    const asked = await ask()
    expect((await refusalOf(ask({ value: 3 }))).code).toBe('PERFORMANCE_CORRECTION_ASKED')
    expect((await refusalOf(decide(asked.approvalId, 'approve', manager))).code).toBe('APPROVAL_OWN')
    // Whose figure it is neither decides it nor takes it back.
    expect((await refusalOf(decide(asked.approvalId, 'approve', sales))).code).toBe('APPROVAL_OWN')
    expect((await refusalOf(decide(asked.approvalId, 'withdraw', sales))).code).toBe('APPROVAL_NOT_YOURS')
    await decide(asked.approvalId, 'return')
    expect(await list()).toMatchObject([{ id: asked.id, state: 'returned' }])
    expect(await ask({ evidence: '出差单 0518、0519' })).toEqual(asked)
    expect(await list()).toMatchObject([{ id: asked.id, state: 'asked', held: 2, value: 4 }])
    expect(await sheetOf()).toEqual(before)
    const { content } = await owner.approvals.get({ id: asked.approvalId as never })
    expect(content.find((line) => line.id === 'evidence')).toMatchObject({ change: 'changed' })
  })

  it('in force stands beside what was locked: score, total, rank and grade follow, the kept month does not', async () => {
    const kept = () =>
      t.core.deps.store.read.selectFrom('performance_months').select('snapshot').executeTakeFirstOrThrow()
    const [before, snapshot, [row]] = [await mine(), await kept(), await list()]
    const { approval } = await owner.performance.correction.get({ id: row!.id as never })
    await decide(approval!.id, 'approve')
    const after = await mine()
    expect(after.indicators[0]).toMatchObject({ actual: 4, score: 6_000 })
    expect(after.indicators[0]?.corrected).toMatchObject({
      lockedActual: 2,
      lockedScore: 3_000,
      decidedDay: '2026-06-09',
    })
    expect(after.total).toBe(before.total + 3_000)
    expect(after.asLocked).toMatchObject({ total: before.total, rank: before.rank })
    expect(after.indicators.slice(1)).toEqual(before.indicators.slice(1))
    expect(await kept()).toEqual(snapshot)
    // He himself sees by whom and why; nobody else's are shown to him.
    expect((await mine(sales)).indicators[0]?.corrected).toMatchObject({
      reason: '漏记两次拜访',
      evidence: '出差单 0518、0519',
    })
    expect(await list(sales)).toMatchObject([{ id: row!.id, state: 'done' }])
    const other = await t.as('sales_other')
    expect(await list(other)).toEqual([])
    expect((await refusalOf(other.performance.correction.get({ id: row!.id as never }))).code).toBe('NOT_FOUND')
  })

  it('counts in the year and stands in the workbook beside what was locked', async () => {
    const { total } = await mine()
    const year = await owner.performance.year.sheet({ year: 2026 })
    const months = year.people.find((person) => person.userId === t.ids.sales)!.months
    expect(months[4]).toMatchObject({ total, lockedTotal: total - 3_000 })
    const { jobId } = await owner.performance.workbook({ month: MAY })
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.owner, job.files[0]?.fileId ?? '')
    const { sheets } = await readTable(bytes, 'x.xlsx')
    const texts = sheets.flatMap((sheet) => sheet.rows.map((row) => row.join('|')))
    expect(texts.some((row) => row.includes('含 1 项更正'))).toBe(true)
    expect(texts.some((row) => row.startsWith('拜访次数|4|2|30|漏记两次拜访 · 出差单 0518、0519|申请'))).toBe(true)
  })

  it('is followed by a later one, and a refused one leaves what counts', async () => {
    const refused = await ask({ value: 1, reason: '试改' })
    await decide(refused.approvalId, 'reject')
    const later = await ask({ value: 3, reason: '重复登记一次' })
    await decide(later.approvalId, 'approve')
    expect((await mine()).indicators[0]).toMatchObject({ actual: 3, corrected: { lockedActual: 2 } })
    const states = new Map((await list()).map((row) => [row.value, row.state]))
    expect(states).toEqual(
      new Map([
        [4, 'replaced'],
        [1, 'refused'],
        [3, 'done'],
      ]),
    )
  })
})
