import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreClient } from '#core/start-core.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let test: TestCore
let sales: CoreClient
const ids: Record<string, string> = {}
beforeAll(async () => {
  test = await createTestCore()
  sales = await test.as('sales')
  for (const [name, grade] of [
    ['甲级老客户', 'A'],
    ['乙级老客户', 'B'],
    ['丁级老客户', 'D'],
    ['还没成交的', 'A'],
  ] as const) {
    const stage = name === '还没成交的' ? 'prospect' : 'customer'
    ids[name] = (await sales.customers.create({ name, grade, stage, source: 'web' } as never)).id
  }
  const visit = { channel: 'phone', purpose: 'callBack', result: '一切正常', nextStep: '' }
  await sales.visits.create({ ...visit, customerId: ids['甲级老客户'], day: '2026-04-01' } as never)
  await sales.visits.create({ ...visit, customerId: ids['甲级老客户'], day: '2026-03-01' } as never)
})
afterAll(() => test.close())

const list = (client: CoreClient, filters: object = {}) =>
  client.callBacks.list({ limit: 50, sort: { key: 'due', dir: 'asc' }, filters: filters as never })

describe('call-backs', () => {
  it('count from the latest contact, or from the day the file was made, by the cycle of the grade', async () => {
    const { rows } = await list(sales)
    // The first of May is a holiday, and so are the days after it.
    expect(rows.map(({ name, lastDay, dueDay, daysLate }) => ({ name, lastDay, dueDay, daysLate }))).toEqual([
      { name: '甲级老客户', lastDay: '2026-04-01', dueDay: '2026-05-06', daysLate: 12 },
      { name: '乙级老客户', lastDay: null, dueDay: '2026-07-17', daysLate: 0 },
    ])
  })

  it('are filtered and counted as the list shows them', async () => {
    expect((await list(sales, { due: 'overdue' })).rows.map((row) => row.name)).toEqual(['甲级老客户'])
    expect((await list(sales, { grade: 'B' })).rows).toHaveLength(1)
    expect((await list(sales, { due: 'soon' })).rows).toHaveLength(0)
    expect(await sales.callBacks.summary({ filters: {} })).toEqual({ count: 2, overdue: 1 })
  })

  it('are over once somebody has called', async () => {
    const call = {
      customerId: ids['甲级老客户'],
      day: '2026-05-18',
      channel: 'phone',
      purpose: 'callBack',
      result: '已回访',
    }
    await sales.visits.create({ ...call, nextStep: '' } as never)
    expect((await sales.callBacks.summary({ filters: { due: 'overdue' } })).count).toBe(0)
  })

  it('follow the cycles that the firm sets', async () => {
    const owner = await test.as('owner')
    const { version } = await owner.office.callBacks.read({})
    await owner.office.callBacks.save({ value: { A: 0, B: 0, C: 0, D: 0 }, version })
    expect((await list(owner)).rows).toEqual([])
    await owner.office.callBacks.save({ value: { A: 30, B: 60, C: 90, D: 7 }, version: version + 1 })
    expect((await list(owner)).rows.map((row) => row.name)).toContain('丁级老客户')
    expect((await refusalOf(sales.office.callBacks.save({ value: { A: 1, B: 1, C: 1, D: 1 }, version }))).code).toBe(
      'FORBIDDEN',
    )
  })

  it('of another are nobody else’s: not in lists, counts or exports', async () => {
    const other = await test.as('sales_other')
    expect((await list(other)).rows).toEqual([])
    expect(await other.callBacks.summary({ filters: {} })).toEqual({ count: 0, overdue: 0 })
    const sort = { key: 'due' as const, dir: 'asc' as const }
    expect((await refusalOf(other.callBacks.exportRows({ format: 'csv', filters: {}, sort }))).code).toBe('FORBIDDEN')
    const owner = await test.as('owner')
    const { jobId } = await owner.callBacks.exportRows({ format: 'csv', filters: {}, sort })
    const job = await test.core.deps.jobs.settled(jobId)
    const csv = test.core.deps.files.readTemporary(test.ids.owner, job.files[0]?.fileId ?? '').bytes
    expect(Buffer.from(csv).toString()).toContain('乙级老客户')
  })
})
