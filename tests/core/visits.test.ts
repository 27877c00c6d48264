import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeScope } from '#core/kernel/scope.ts'
import { completeVisits, countVisits } from '#core/modules/visits/visits.api.ts'
import type { CoreClient } from '#core/start-core.ts'
import { readTable } from '#workers/read-table.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let manager: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  manager = await t.as('sales_manager')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

const visit = (change: object = {}) =>
  ({ customerId, day: '2026-05-12', purpose: 'callBack', result: '试装正常', ...change }) as Parameters<
    CoreClient['visits']['create']
  >[0]
const listed = async (api: CoreClient, filters = {}, text?: string) =>
  (await api.visits.list({ limit: 50, sort: { key: 'day', dir: 'desc' }, filters, ...(text ? { text } : {}) })).rows

describe('a visit', () => {
  it('is recorded for oneself, changed from its version, and removed', async () => {
    const made = await sales.visits.create(visit({ nextStep: '寄样' }))
    expect(await sales.visits.get({ id: made.id })).toMatchObject({
      userName: '张三',
      customerName: '成都兴川机械制造有限公司',
      channel: 'visit',
      nextStep: '寄样',
    })
    const saved = await sales.visits.update({ ...made, ...visit({ result: '已下单' }) })
    expect((await refusalOf(sales.visits.update({ ...made, ...visit() }))).code).toBe('STALE')
    await sales.visits.remove(saved)
    expect((await refusalOf(sales.visits.get({ id: made.id }))).code).toBe('NOT_FOUND')
  })

  it('makes a task of its next step where a day is named, follows its changes, and drops it when it goes', async () => {
    const open = async () =>
      (
        await sales.tasks.list({
          limit: 50,
          sort: { key: 'dueDay', dir: 'asc' },
          filters: { state: 'open', customerId },
        })
      ).rows.map(({ title, dueDay, ownerName }) => ({ title, dueDay, ownerName }))
    const made = await sales.visits.create(visit({ nextStep: '寄样', nextDay: '2026-05-20' }))
    expect(await open()).toEqual([{ title: '寄样', dueDay: '2026-05-20', ownerName: '张三' }])
    const same = await sales.visits.update({
      ...made,
      ...visit({ nextStep: '寄样', nextDay: '2026-05-20', result: '改' }),
    })
    expect(await open()).toHaveLength(1)
    const moved = await sales.visits.update({ ...same, ...visit({ nextStep: '报价', nextDay: '2026-05-22' }) })
    expect(await open()).toEqual([{ title: '报价', dueDay: '2026-05-22', ownerName: '张三' }])
    await sales.visits.remove(moved)
    expect(await open()).toEqual([])
    for (const bad of [{ nextDay: '2026-05-20' }, { nextStep: '寄样', nextDay: '2026-05-11' }]) {
      expect((await refusalOf(sales.visits.create(visit(bad)))).code).toBe('VALIDATION')
    }
  })

  it('is not of a later day, and needs a result', async () => {
    expect((await refusalOf(sales.visits.create(visit({ day: '2026-05-19' })))).code).toBe('VISIT_DAY')
    for (const bad of [
      { result: ' ' },
      { day: '2026-02-30' },
      { purpose: 'golf' },
      { customerId: 'x' },
      { result: 'a\u200Bb' },
    ]) {
      expect((await refusalOf(sales.visits.create(visit(bad)))).code).toBe('VALIDATION')
    }
    expect(await listed(sales)).toEqual([])
  })

  it('is recorded only for people and customers within the scope', async () => {
    const stranger = await refusalOf(sales.visits.create(visit({ userId: t.ids.sales_manager })))
    expect(stranger).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: ['userId'] }] } })
    const other = await t.as('sales_other')
    expect((await refusalOf(other.visits.create(visit()))).code).toBe('NOT_FOUND')
    const led = await manager.visits.create(visit({ userId: t.ids.sales }))
    expect((await sales.visits.get({ id: led.id })).userId).toBe(t.ids.sales)
    expect((await refusalOf(other.visits.get({ id: led.id }))).code).toBe('NOT_FOUND')
    await manager.visits.remove(led)
  })
})

describe('visits', () => {
  it('are listed, filtered, counted for the month sheet and exported', async () => {
    const complete = { needs: '交期', noNextReason: '等客户回音' }
    await sales.visits.create(visit({ day: '2026-04-30', ...complete }))
    await sales.visits.create(visit({ day: '2026-05-01', ...complete }))
    await sales.visits.create(visit({ day: '2026-05-18', purpose: 'collect', ...complete }))
    // Half a report counts for nobody.
    const half = await sales.visits.create(visit({ day: '2026-05-17', needs: '交期', nextStep: '寄样' }))
    expect((await sales.visits.view({ id: half.id })).missing).toEqual(['nextStep'])
    await sales.visits.create(visit({ day: '2026-05-18', channel: 'phone' }))
    expect((await listed(sales, { from: '2026-05-01', to: '2026-05-31' })).map((row) => row.day)).toEqual([
      '2026-05-18',
      '2026-05-18',
      '2026-05-17',
      '2026-05-01',
    ])
    await sales.visits.remove(half)
    expect(await listed(sales, { purpose: 'collect' })).toHaveLength(1)
    expect(await listed(sales, { channel: 'phone', customerId })).toHaveLength(1)
    expect(await listed(sales, {}, 'xingchuan')).toHaveLength(4)
    expect(await sales.visits.summary({ filters: { userId: t.ids.sales } })).toEqual({
      count: 4,
      planned: 0,
      late: 2,
      overdue: 0,
    })
    expect(await listed(await t.as('sales_other'))).toEqual([])
    expect(await listed(await t.as('hr'))).toHaveLength(4)

    const { read } = t.core.deps.store
    const counted = await countVisits(read, makeScope.all(), '2026-05-01', '2026-05-31')
    expect(counted.get(t.ids.sales)).toBe(2)
    expect(await completeVisits(read, makeScope.users([t.ids.sales]), '2026-05-01', '2026-05-31')).toHaveLength(2)
    expect((await countVisits(read, makeScope.users([t.ids.sales_other]), '2026-05-01', '2026-05-31')).size).toBe(0)

    const asked = { format: 'xlsx', filters: {}, sort: { key: 'day', dir: 'asc' } } as const
    expect((await refusalOf(sales.visits.exportRows(asked))).code).toBe('FORBIDDEN')
    const { jobId } = await manager.visits.exportRows(asked)
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.sales_manager, job.files[0]?.fileId ?? '')
    const { sheets } = await readTable(bytes, 'x.xlsx')
    expect(sheets[0]?.rows.map((row) => row[0])).toEqual([
      '日期',
      '2026-04-30',
      '2026-05-01',
      '2026-05-18',
      '2026-05-18',
    ])
  })
})
