import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay, asMonth } from '#shared/kernel/dates.ts'
import { USUAL_CURVE } from '#shared/modules/performance/performance.curves.rules.ts'
import { contractTargets } from '#core/modules/performance/performance.api.ts'
import { makeScope } from '#core/kernel/scope.ts'
import type { CoreClient } from '#core/start-core.ts'
import { readTable } from '#workers/read-table.ts'
import { moveTo as sitDownOn } from '#tests/helpers/appraisal.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let manager: CoreClient
let hr: CoreClient
let owner: CoreClient
let customerId: string

const MAY = asMonth('2026-05')
const APRIL = asMonth('2026-04')

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  manager = await t.as('sales_manager')
  hr = await t.as('hr')
  owner = await t.as('owner')
  customerId = await makeCustomer(sales)
  await signContract(sales, customerId, { signDay: '2026-05-11' })
  const complete = { result: '试装正常', needs: '交期', noNextReason: '等客户回音' }
  for (const day of ['2026-05-12', '2026-05-13']) {
    await sales.visits.create({ customerId, day: asDay(day), purpose: 'callBack', ...complete } as never)
  }
})
afterAll(() => t.close())

const moveTo = (day: string) => sitDownOn(t, day, Object.entries({ sales, sales_manager: manager, hr, owner }))

const item = (indicator: string, weight: number, over: object = {}) => ({
  indicator,
  weight,
  target: 10,
  curve: USUAL_CURVE,
  param: null,
  ...over,
})
const body = (over: object = {}) => ({
  name: '业务员方案',
  roles: ['sales'],
  teamIds: [],
  items: [item('visits', 6_000, { target: 4 }), item('trainingHours', 4_000, { target: 800 })],
  grades: [
    { name: '优秀', from: 9_000, coefficient: 12_000 },
    { name: '合格', from: 0, coefficient: 10_000 },
  ],
  ...over,
})
const save = (over: object = {}, api = hr) =>
  api.performance.schemes.save({ id: null, version: null, fromMonth: MAY, body: body(), ...over } as never)
const sheetOf = async (api = owner, month = MAY, userId = t.ids.sales) =>
  (await api.performance.sheet({ month })).people.find((person) => person.userId === userId)!
const entry = (over: object = {}, api = manager) =>
  api.performance.saveEntry({
    month: MAY,
    userId: t.ids.sales,
    indicator: 'trainingHours',
    value: 400,
    note: '产品培训两次',
    evidence: '签到表 5-12',
    ...over,
  } as never)

describe('without a scheme', () => {
  it('everybody is appraised by the firm’s standard indicators, and told by which day the month is locked', async () => {
    const { people, lockBy } = await owner.performance.sheet({ month: MAY })
    // 10 June 2026 is a Wednesday.
    expect(lockBy).toBe('2026-06-10')
    for (const person of people) {
      expect(person).toMatchObject({ schemeName: '', grade: null, vetoed: false })
      expect(person.indicators.map((one) => one.indicator)).toEqual([
        'contractAmount',
        'collected',
        'collectionRate',
        'newCustomers',
        'visits',
      ])
    }
    const mine = await sheetOf()
    expect(mine.indicators.map((one) => one.actual)).toEqual([6_455_008, 0, 0, 1, 2])
  })
})

describe('a scheme', () => {
  it('is made by who may, and counts from its month on for whom it is made', async () => {
    for (const api of [sales, manager]) expect((await refusalOf(save({}, api))).code).toBe('FORBIDDEN')
    const made = await save()
    expect(await sheetOf()).toMatchObject({
      schemeName: '业务员方案',
      indicators: [
        { indicator: 'visits', actual: 2, target: 4, rate: 5_000, score: 3_000, applicable: true },
        { indicator: 'trainingHours', applicable: false, score: 0 },
      ],
      total: 5_000,
      grade: '合格',
      coefficient: 10_000,
    })
    expect((await sheetOf(owner, APRIL)).schemeName).toBe('')
    expect((await sheetOf(owner, MAY, t.ids.sales_manager)).schemeName).toBe('')
    expect(made).toMatchObject({ version: 0 })
  })

  it('has a name of its own, is changed as it was last seen, and never for a month that is over', async () => {
    expect((await refusalOf(save({ body: body({ name: ' 业务员方案' }) }))).code).toBe('PERFORMANCE_SCHEME_NAME')
    expect((await refusalOf(save({ fromMonth: APRIL, body: body({ name: '旧账' }) }))).code).toBe(
      'PERFORMANCE_SCHEME_PAST',
    )
    const { rows } = await sales.performance.schemes.list({})
    expect(rows).toHaveLength(1)
    const { id, version } = rows[0]!
    expect((await refusalOf(save({ id, version: version + 1 }))).code).toBe('STALE')
    const saved = await save({ id, version, body: body({ grades: [] }) })
    expect((await sheetOf()).grade).toBeNull()
    await save({ id, version: saved.version })
    const kept = (await hr.performance.schemes.list({})).rows[0]!
    expect(kept.editions.map((one) => [one.no, one.fromMonth, one.used])).toEqual([[1, '2026-05', false]])
  })

  it('that has begun is followed by another edition; months keep the one that counted in them', async () => {
    await moveTo('2026-06-02')
    const JUNE = asMonth('2026-06')
    const [row] = (await hr.performance.schemes.list({})).rows
    const next = body({ items: [item('visits', 10_000, { target: 8 })] })
    const refused = save({ id: row!.id, version: row!.version, body: next })
    expect((await refusalOf(refused)).code).toBe('PERFORMANCE_SCHEME_PAST')
    await save({ id: row!.id, version: row!.version, fromMonth: JUNE, body: next })
    expect((await sheetOf(owner, JUNE)).indicators.map((one) => one.weight)).toEqual([10_000])
    expect((await sheetOf()).indicators.map((one) => one.weight)).toEqual([6_000, 4_000])
    const [later, first] = (await hr.performance.schemes.list({})).rows[0]!.editions
    expect([later, first].map((one) => [one!.no, one!.used])).toEqual([
      [2, false],
      [1, true],
    ])
    await moveTo('2026-05-18')
  })

  it('is tried on a month before it counts, and leaves nothing behind', async () => {
    const trial = body({ name: '试算', items: [item('contractAmount', 10_000, { target: 6_455_008 })] })
    const found = await hr.performance.schemes.preview({ month: MAY, body: trial } as never)
    expect(found.rows.find((row) => row.userId === t.ids.sales)).toMatchObject({
      now: 5_000,
      then: 10_000,
      grade: '优秀',
    })
    expect(found.rows.map((row) => row.userId)).not.toContain(t.ids.sales_manager)
    expect((await hr.performance.schemes.list({})).rows).toHaveLength(1)
  })

  it('ends with a month and may go on, as long as that month is not over for good', async () => {
    const [row] = (await hr.performance.schemes.list({})).rows
    const end = (lastMonth: string | null, version: number) =>
      hr.performance.schemes.end({ id: row!.id, version, lastMonth } as never)
    expect((await refusalOf(end('2026-03', row!.version))).code).toBe('PERFORMANCE_SCHEME_PAST')
    const ended = await end('2026-04', row!.version)
    expect((await sheetOf()).schemeName).toBe('')
    await end(null, ended.version)
    expect((await sheetOf()).schemeName).toBe('业务员方案')
  })
})

describe('targets', () => {
  it('are agreed for the indicators of the scheme, and count instead of the scheme’s own', async () => {
    const lines = await manager.performance.targets({ month: MAY })
    const mine = lines.find((line) => line.userId === t.ids.sales)!
    expect(mine).toMatchObject({
      own: false,
      schemeName: '业务员方案',
      row: {
        items: [
          { indicator: 'visits', weight: 6_000, target: 4 },
          { indicator: 'trainingHours', weight: 4_000, target: 800 },
        ],
      },
    })
    const rows = [
      {
        userId: t.ids.sales,
        items: [
          { indicator: 'visits', weight: 5_000, target: 2 },
          { indicator: 'trainingHours', weight: 5_000, target: 800 },
        ],
      },
    ]
    await manager.performance.saveTargets({ month: MAY, rows } as never)
    expect((await sheetOf()).indicators[0]).toMatchObject({ target: 2, weight: 5_000, rate: 10_000 })
    const uneven = [{ ...rows[0]!, items: [{ indicator: 'visits', weight: 9_999, target: 2 }] }]
    expect((await refusalOf(manager.performance.saveTargets({ month: MAY, rows: uneven } as never))).code).toBe(
      'VALIDATION',
    )
    const strangers = [{ ...rows[0]!, userId: t.ids.sales_other }]
    expect((await refusalOf(manager.performance.saveTargets({ month: MAY, rows: strangers } as never))).code).toBe(
      'NOT_FOUND',
    )
  })

  it('of contracts are told to the forecast only for who is measured by them', async () => {
    const found = await contractTargets(t.core.deps.store.read, makeScope.all(), ['2026-04', '2026-05'])
    const of = (month: string) => found.filter((row) => row.month === month).map((row) => row.userId)
    expect(of('2026-04')).toContain(t.ids.sales)
    expect(of('2026-05')).not.toContain(t.ids.sales)
    expect(of('2026-05')).toContain(t.ids.sales_manager)
  })
})

describe('a figure that no record gives', () => {
  it('is entered by a superior with a note, opens as its own row, and may be put right or taken back', async () => {
    expect((await refusalOf(entry({}, sales))).code).toBe('FORBIDDEN')
    const first = await entry()
    const rows = async () =>
      owner.performance.sourceRows({ month: MAY, userId: t.ids.sales, indicator: 'trainingHours' } as never)
    expect(await rows()).toMatchObject([
      { kind: 'entry', id: first.id, amount: 400, label: '产品培训两次 · 签到表 5-12' },
    ])
    expect((await sheetOf()).indicators[1]).toMatchObject({ actual: 400, rate: 5_000, applicable: true })
    const second = await entry({ value: 800 })
    expect(await rows()).toMatchObject([{ id: second.id, amount: 800 }])
    expect((await refusalOf(manager.performance.removeEntry({ id: first.id, reason: '重复' } as never))).code).toBe(
      'NOT_FOUND',
    )
    await manager.performance.removeEntry({ id: second.id, reason: '登记错人' } as never)
    expect(await rows()).toEqual([])
    await entry({ value: 800 })
  })

  it('is nobody’s own to enter, and no counted figure is entered at all', async () => {
    expect((await refusalOf(entry({ userId: t.ids.sales_manager }))).code).toBe('PERFORMANCE_OWN_FIGURE')
    expect((await refusalOf(entry({ indicator: 'visits' }))).code).toBe('PERFORMANCE_FROM_RECORDS')
    expect((await refusalOf(entry({ userId: t.ids.sales_other }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(entry({ userId: t.ids.finance }, hr))).code).toBe('NOT_FOUND')
    expect((await refusalOf(entry({ note: ' ' }))).code).toBe('VALIDATION')
  })
})

describe('a month', () => {
  it('shows a person himself, a leader his team, and the workbook the same figures', async () => {
    expect((await sales.performance.sheet({ month: MAY })).people.map((one) => one.userId)).toEqual([t.ids.sales])
    const other = await t.as('sales_other')
    const stranger = { month: MAY, userId: t.ids.sales, indicator: 'visits' } as never
    expect((await refusalOf(other.performance.sourceRows(stranger))).code).toBe('NOT_FOUND')
    const { jobId } = await owner.performance.workbook({ month: MAY })
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.owner, job.files[0]?.fileId ?? '')
    const { sheets } = await readTable(bytes, 'x.xlsx')
    const { people } = await owner.performance.sheet({ month: MAY })
    // The picture's caption and its room stand below the last person.
    const below = 3 + people.length
    const ranking = sheets[0]?.rows.slice(3, below) ?? []
    expect(sheets[0]?.rows[below + 1]?.[0]).toBe(`总分（共 ${people.length} 人）`)
    expect(ranking.map((row) => [row[1], row[7]])).toEqual(
      people.map((person) => [person.userName, String(person.total / 100)]),
    )
  })

  it('is locked once it is over, and then keeps figures, rows and rules whatever happens', async () => {
    expect((await refusalOf(hr.performance.lock({ month: MAY }))).code).toBe('PERFORMANCE_NOT_OVER')
    await moveTo('2026-06-09')
    const before = await owner.performance.sheet({ month: MAY })
    const rowsOf = async (indicator: string) =>
      owner.performance.sourceRows({ month: MAY, userId: t.ids.sales, indicator } as never)
    const visits = await rowsOf('visits')
    expect(visits).toHaveLength(2)
    await hr.performance.lock({ month: MAY })
    const complete = { result: '补登', needs: '交期', noNextReason: '等客户回音' }
    await sales.visits.create({ customerId, day: asDay('2026-05-14'), purpose: 'callBack', ...complete } as never)
    const after = await owner.performance.sheet({ month: MAY })
    expect(after).toEqual({ ...before, locked: true, lockedAt: t.clock.now() })
    expect(await rowsOf('visits')).toEqual(visits)
    for (const change of [entry(), hr.performance.lock({ month: MAY })]) {
      expect((await refusalOf(change)).code).toBe('PERFORMANCE_LOCKED')
    }
    const [line] = await manager.performance.targets({ month: MAY })
    const again = manager.performance.saveTargets({ month: MAY, rows: [line!.row] } as never)
    expect((await refusalOf(again)).code).toBe('PERFORMANCE_LOCKED')
  })
})

describe('a year', () => {
  const yearSheet = async (api = owner) => api.performance.year.sheet({ year: 2026 })
  const leaveOut = (over: object = {}, api = manager) =>
    api.performance.year.leaveOut({ month: MAY, userId: t.ids.sales, reason: '产假', ...over } as never)

  it('is the mean of its locked months, within one’s scope, and tells which months still wait', async () => {
    const { people, waiting } = await yearSheet()
    expect(waiting).toEqual(['2026-01', '2026-02', '2026-03', '2026-04'])
    const may = await owner.performance.sheet({ month: MAY })
    expect(people.map((one) => [one.userId, one.total])).toEqual(may.people.map((one) => [one.userId, one.total]))
    const mine = (await yearSheet(sales)).people
    expect(mine.map((one) => one.userId)).toEqual([t.ids.sales])
    expect(mine[0]?.rank).toBe(people.find((one) => one.userId === t.ids.sales)?.rank)
  })

  it('counts a month or not by decision of a superior, with a reason that stays', async () => {
    expect((await refusalOf(leaveOut({}, sales))).code).toBe('FORBIDDEN')
    expect((await refusalOf(leaveOut({ userId: t.ids.sales_manager }))).code).toBe('PERFORMANCE_OWN_FIGURE')
    expect((await refusalOf(leaveOut({ userId: t.ids.sales_other }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(leaveOut({ month: APRIL }))).code).toBe('PERFORMANCE_NOT_LOCKED')
    await leaveOut()
    const found = async () => (await yearSheet()).people.find((one) => one.userId === t.ids.sales)
    expect(await found()).toMatchObject({ total: null, rank: null })
    expect((await found())?.months[4]).toMatchObject({ state: 'leftOut', reason: '产假' })
    await leaveOut({ reason: '' })
    expect((await found())?.months[4]).toMatchObject({ state: 'counts', reason: '' })
    const { jobId } = await owner.performance.year.workbook({ year: 2026 })
    expect((await t.core.deps.jobs.settled(jobId)).state).toBe('done')
  })
})
