import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WON_NOW } from '#shared/modules/deals/deals.forecast.rules.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

const DAY = 86_400_000
const CANARY = '金丝雀'
let test: TestCore
let sales: CoreClient
let manager: CoreClient
let other: CoreClient
const deals: Record<string, { id: string; version: number }> = {}

async function seatOf(login: string): Promise<CoreClient> {
  const client = test.core.localClient({ device: login })
  await client.session.logIn({ login, password: PASSWORD })
  return client
}

/** Moves the clock; seats that were idle so long are locked, so everybody logs in anew. */
async function standAt(moment: number): Promise<void> {
  test.clock.set(moment)
  sales = await seatOf('sales')
  manager = await seatOf('sales_manager')
  other = await seatOf('sales_other')
}

beforeAll(async () => {
  test = await createTestCore()
  await standAt(TEST_NOW - 14 * DAY)
  const customerId = await makeCustomer(sales)
  const elsewhere = await makeCustomer(other, `${CANARY}机械有限公司`)
  const make = async (client: CoreClient, name: string, over: object) => {
    deals[name] = await client.deals.create({
      name,
      customerId: client === other ? elsewhere : customerId,
      amount: 10_000,
      expectedDay: '2026-06-20',
      ...over,
    } as never)
  }
  // Two weeks ago two deals; last week one more; this week they move.
  await make(sales, '甲', {})
  await make(sales, '乙', { amount: 50_000, expectedDay: '2026-05-10' })
  await standAt(TEST_NOW - 7 * DAY)
  await make(sales, '丙', {
    amount: 33_333,
    expectedDay: '2026-12-31',
    splits: [
      { userId: test.ids.sales, share: 3333 },
      { userId: test.ids.sales_manager, share: 3333 },
      { userId: test.ids.sales_other, share: 3334 },
    ],
  })
  await make(other, `${CANARY}商机`, { amount: 777_777 })
  await standAt(TEST_NOW)
  const known = { needs: '两台', decisionMaker: '刘', quotationSkip: '协议价', noCompetitors: true }
  deals['甲'] = await sales.deals.move({
    ...plain('甲'),
    stage: 'proposal',
    facts: { ...known, amount: 12_000 },
  } as never)
  deals['乙'] = await sales.deals.win({
    ...plain('乙'),
    day: '2026-05-18',
    amount: 48_000,
    note: '',
    facts: known,
  } as never)
})
afterAll(() => test.close())

const plain = (name: string) => ({ id: deals[name]?.id ?? '', version: deals[name]?.version ?? 0 })
const thisWeek = { from: '2026-05-18', to: '2026-05-24' } as never

describe('the forecast', () => {
  it('weighs and shares what is open, and counts no share of another team', async () => {
    const forecast = await sales.deals.forecast({ months: 3 })
    expect(forecast.buckets).toEqual(['overdue', '2026-05', '2026-06', '2026-07', 'later'])
    expect(forecast.cells).toEqual([
      { bucket: '2026-06', userId: test.ids.sales, count: 1, amount: 12_000, weighted: 6000 },
      { bucket: 'later', userId: test.ids.sales, count: 1, amount: 11_110, weighted: 1111 },
    ])
    expect(forecast.won).toEqual([{ userId: test.ids.sales, count: 1, amount: 48_000 }])
    expect(forecast.people).toEqual([{ id: test.ids.sales, name: '张三' }])
    expect(forecast.targets).toHaveLength(3)
    const team = await manager.deals.forecast({ months: 3 })
    expect(team.cells.filter((cell) => cell.bucket === 'later').map((cell) => cell.amount)).toEqual([11_110, 11_110])
    const whole = await (await seatOf('owner')).deals.forecast({ months: 3 })
    const later = whole.cells.filter((cell) => cell.bucket === 'later')
    expect(later.reduce((sum, cell) => sum + cell.amount, 0)).toBe(33_333)
    expect((await (await seatOf('finance')).deals.forecast({ months: 3 })).targets).toBeNull()
  })

  it('opens every number into the deals behind it', async () => {
    const forecast = await manager.deals.forecast({ months: 3 })
    for (const cell of forecast.cells) {
      const rows = await manager.deals.forecastRows({ months: 3, bucket: cell.bucket, userId: cell.userId })
      expect(rows).toHaveLength(cell.count)
      expect(rows.reduce((sum, row) => sum + row.part, 0)).toBe(cell.weighted)
    }
    for (const won of forecast.won) {
      const rows = await manager.deals.forecastRows({ months: 3, bucket: WON_NOW, userId: won.userId })
      expect(rows).toHaveLength(won.count)
      expect(rows.reduce((sum, row) => sum + row.part, 0)).toBe(won.amount)
    }
    expect(forecast.won.length).toBeGreaterThan(0)
    const all = await manager.deals.forecastRows({ months: 3, bucket: 'total', userId: null })
    expect(all.reduce((sum, row) => sum + row.part, 0)).toBe(
      forecast.cells.reduce((sum, cell) => sum + cell.weighted, 0),
    )
    expect(JSON.stringify(all)).not.toContain(CANARY)
  })
})

describe('the movement of a week', () => {
  it('leads from last week to this one', async () => {
    const moved = await sales.deals.movement(thisWeek)
    expect(moved.start).toEqual({ count: 3, amount: 93_333 })
    expect(moved.end).toEqual({ count: 2, amount: 45_333 })
    expect(moved.kinds).toMatchObject({
      opened: { count: 0 },
      up: { count: 1, amount: 2000 },
      down: { count: 1, amount: 2000 },
      won: { count: 1, amount: 48_000 },
      advanced: { count: 1, amount: 12_000 },
    })
    const before = await sales.deals.movement({ from: '2026-05-11', to: '2026-05-17' } as never)
    expect([before.start.amount, before.kinds.opened.amount, before.end.amount]).toEqual([60_000, 33_333, 93_333])
    expect((await refusalOf(sales.deals.movement({ from: '2026-05-18', to: '2026-05-11' } as never))).code).toBe(
      'VALIDATION',
    )
  })

  it('opens every number into the deals behind it, those that were removed too', async () => {
    await manager.deals.remove(plain('丙'))
    const moved = await sales.deals.movement(thisWeek)
    expect(moved.kinds.removed).toEqual({ count: 1, amount: 33_333 })
    for (const kind of ['start', 'end', ...Object.keys(moved.kinds)] as const) {
      const rows = await sales.deals.movementRows({ ...(thisWeek as object), kind } as never)
      const told = kind === 'start' || kind === 'end' ? moved[kind] : moved.kinds[kind as 'won']
      expect([kind, rows.length, rows.reduce((sum, row) => sum + row.part, 0)]).toEqual([kind, told.count, told.amount])
    }
    expect(await sales.deals.movementRows({ ...(thisWeek as object), kind: 'removed' } as never)).toMatchObject([
      { name: '丙', stage: 'removed' },
    ])
  })
})

describe('what was lost', () => {
  it('is told by reason and by who got it', async () => {
    const loss = { ...plain('甲'), day: '2026-05-18', reason: 'price', competitor: '川力泵业', note: '高 8%' }
    deals['甲'] = await sales.deals.lose(loss as never)
    expect(await manager.deals.losses(thisWeek)).toEqual({
      won: { count: 1, amount: 48_000 },
      lost: { count: 1, amount: 12_000 },
      reasons: [{ reason: 'price', count: 1, amount: 12_000 }],
      competitors: [{ name: '川力泵业', count: 1, amount: 12_000 }],
    })
    expect((await other.deals.losses(thisWeek)).lost.count).toBe(0)
  })
})

describe('the list as a file', () => {
  it('holds what the caller may read, and leaves a row in the log', async () => {
    const asked = { format: 'csv', filters: {}, sort: { key: 'name', dir: 'asc' } } as const
    expect((await refusalOf(sales.deals.exportRows(asked))).code).toBe('FORBIDDEN')
    const job = await test.core.deps.jobs.settled((await manager.deals.exportRows(asked)).jobId)
    expect(job).toMatchObject({ state: 'done', error: null })
    const { bytes } = test.core.deps.files.readTemporary(test.ids.sales_manager, job.files[0]?.fileId ?? '')
    const text = Buffer.from(bytes).toString()
    expect(text).toContain('480.00')
    expect(text).not.toContain(CANARY)
  })
})

describe('a market note of a deal', () => {
  it('names the deal to those who may read it, and to nobody else', async () => {
    const deal = await sales.deals.create({
      name: `${CANARY}项目`,
      customerId: await makeCustomer(sales, '贵阳云岭轴承有限公司'),
      expectedDay: '2026-09-01',
    } as never)
    const note = {
      day: '2026-05-18',
      competitor: '川力泵业',
      source: 'tender',
      content: '报价低 8%',
      addressedId: test.ids.sales_manager,
      dealId: deal.id,
    }
    const { id } = await sales.market.create(note as never)
    expect(await manager.market.get({ id })).toMatchObject({
      dealId: deal.id,
      dealName: `${deal.number} ${CANARY}项目`,
    })
    const asked = { limit: 10, sort: { key: 'day', dir: 'asc' }, filters: { dealId: deal.id } } as never
    expect((await sales.market.list(asked)).rows.map((row) => row.id)).toEqual([id])
    expect(await other.market.get({ id })).toMatchObject({ dealId: null, dealName: '' })
    expect((await refusalOf(other.market.list(asked))).code).toBe('NOT_FOUND')
    expect((await refusalOf(other.market.create(note as never))).code).toBe('NOT_FOUND')
  })
})
