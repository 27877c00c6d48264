import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

const page = { limit: 50, sort: { key: 'deliveryDay', dir: 'asc' } } as const
const orderOf = async (contractId: string, api = sales) => {
  const row = await api.orders.ofContract({ contractId: contractId as never })
  return api.orders.get({ id: row!.id as never })
}
const signed = (signDay = '2026-05-04') => signContract(sales, customerId, { signDay })
const tasksOf = async (person: 'sales' | 'finance' | 'reviewer', orderId: string) =>
  (
    await (
      await t.as(person)
    ).tasks.list({
      limit: 200,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { ownerId: t.ids[person] as never },
    })
  ).rows.filter((task) => task.source?.module === 'orders' && task.source.id === orderId)
const deliver = (order: { id: string; version: number }, parts: [string, number][], day = '2026-05-10', api = sales) =>
  api.orders.deliver({
    id: order.id as never,
    version: order.version,
    day: asDay(day),
    note: '送货单 18',
    parts: parts.map(([lineId, quantity]) => ({ lineId: lineId as never, quantity })),
  })

describe('signing', () => {
  it('makes the order with its lines, and asks the departments concerned', async () => {
    const contract = await signed()
    const order = await orderOf(contract.id)
    expect(order).toMatchObject({ stage: 'open', contractNumber: contract.number, deliveryDay: '2026-06-30', late: 0 })
    expect(order.number).toMatch(/^DD/)
    expect(order.lines.map((line) => [line.name, line.quantity, line.delivered])).toEqual([
      ['深沟球轴承', 1_000_000, 0],
      ['骨架油封', 400_000, 0],
    ])
    const asked = [
      ...(await tasksOf('sales', order.id)),
      ...(await tasksOf('finance', order.id)),
      ...(await tasksOf('reviewer', order.id)),
    ]
    expect(asked.map((task) => task.title.split('：')[0])).toEqual(['安排交付', '准备开票、跟进首期款', '归档合同正本'])
    expect(asked[0]).toMatchObject({ dueDay: '2026-06-30', customerId })
  })

  it('of long ago sets nothing in motion', async () => {
    const contract = await signed('2026-01-05')
    expect(await tasksOf('sales', (await orderOf(contract.id)).id)).toEqual([])
  })
})

describe('a delivery', () => {
  it('in parts: what is left goes down, the last day dates the contract and its instalments', async () => {
    const contract = await signed()
    const first = await orderOf(contract.id)
    const [bearing, seal] = first.lines
    await deliver(first, [[bearing!.id, 400_000]], '2026-05-08')
    const partly = await orderOf(contract.id)
    expect(partly.stage).toBe('partly')
    expect((await sales.contracts.get({ id: contract.id as never })).events).toEqual([])
    await deliver(
      partly,
      [
        [bearing!.id, 600_000],
        [seal!.id, 400_000],
      ],
      '2026-05-12',
    )
    const all = await orderOf(contract.id)
    expect([all.stage, all.deliveries.length]).toEqual(['delivered', 3])
    const view = await sales.contracts.get({ id: contract.id as never })
    expect(view.events.map((event) => [event.kind, event.day])).toEqual([['delivery', '2026-05-12']])
  })

  it('beyond what is left, ahead of time, before signing or of a foreign line is refused, and nothing is written', async () => {
    const contract = await signed()
    const order = await orderOf(contract.id)
    const other = await orderOf((await signed()).id)
    const [line, second] = order.lines
    const tries = [
      [
        deliver(order, [
          [second!.id, 1],
          [line!.id, 1_000_001],
        ]),
        'ORDER_TOO_MUCH',
      ],
      [deliver(order, [[line!.id, 1]], '2026-05-19'), 'ORDER_DAY'],
      [deliver(order, [[line!.id, 1]], '2026-05-03'), 'ORDER_DAY'],
      [deliver(order, [[other.lines[0]!.id, 1]]), 'NOT_FOUND'],
      [deliver({ ...order, version: 7 }, [[line!.id, 1]]), 'STALE'],
    ] as const
    for (const [tried, code] of tries) expect((await refusalOf(tried)).code).toBe(code)
    expect(await orderOf(contract.id)).toEqual(order)
  })

  it('that was entered in error is taken back with its reason; the contract is no longer delivered', async () => {
    const contract = await signed()
    const order = await orderOf(contract.id)
    await deliver(
      order,
      order.lines.map((line) => [line.id, line.quantity]),
    )
    const done = await orderOf(contract.id)
    const back = { id: done.id as never, version: done.version, deliveryId: done.deliveries[0]!.id as never }
    await sales.orders.reverse({ ...back, reason: '送错地址' })
    const again = await orderOf(contract.id)
    expect(again.stage).toBe('partly')
    expect(again.deliveries.filter((row) => row.reversed).map((row) => row.reversed?.reason)).toEqual(['送错地址'])
    expect((await sales.contracts.get({ id: contract.id as never })).events).toEqual([])
    const second = sales.orders.reverse({ ...back, version: again.version, reason: '再来一次' })
    expect((await refusalOf(second)).code).toBe('NOT_FOUND')
  })

  it('is not taken back once acceptance rests on it', async () => {
    const contract = await signed()
    const order = await orderOf(contract.id)
    await deliver(
      order,
      order.lines.map((line) => [line.id, line.quantity]),
    )
    const { version } = await sales.contracts.get({ id: contract.id as never })
    const accepted = { kind: 'acceptance' as const, day: asDay('2026-05-15'), note: '' }
    await sales.contracts.recordEvent({ id: contract.id as never, version, ...accepted })
    const done = await orderOf(contract.id)
    const tried = sales.orders.reverse({
      id: done.id as never,
      version: done.version,
      deliveryId: done.deliveries[0]!.id as never,
      reason: '送错地址',
    })
    expect((await refusalOf(tried)).code).toBe('ORDER_ACCEPTED')
    expect(await orderOf(contract.id)).toEqual(done)
  })
})

describe('the list', () => {
  it('belongs to whoever has the contract, and counts what is late', async () => {
    const contract = await signContract(sales, customerId, {
      signDay: '2026-04-20',
      change: (fields) => {
        fields.terms.deliveryDay = asDay('2026-05-11')
      },
    })
    const order = await orderOf(contract.id)
    expect(order.late).toBe(7)
    const late = await sales.orders.list({ ...page, filters: { late: true } })
    expect(late.rows.map((row) => row.id)).toEqual([order.id])
    expect(await sales.orders.summary({ filters: { late: true } })).toEqual({ count: 1, late: 1 })
    const stranger = await t.as('sales_other')
    expect((await stranger.orders.list({ ...page, filters: {} })).rows).toEqual([])
    expect((await refusalOf(stranger.orders.get({ id: order.id as never }))).code).toBe('NOT_FOUND')
    expect(await stranger.orders.ofContract({ contractId: contract.id as never })).toBeNull()
    const reader = await t.as('reviewer')
    expect((await refusalOf(deliver(order, [[order.lines[0]!.id, 1]], '2026-05-10', reader))).code).toBe('FORBIDDEN')
    expect((await reader.orders.list({ ...page, text: contract.number, filters: {} })).rows).toHaveLength(1)
  })

  it('is cancelled with its contract, and so is what was asked of the departments', async () => {
    const contract = await signed()
    const order = await orderOf(contract.id)
    const owner = await t.as('owner')
    const { version } = await owner.contracts.get({ id: contract.id as never })
    await owner.contracts.void({ id: contract.id as never, version, reason: '客户取消采购' })
    const cancelled = await orderOf(contract.id)
    expect(cancelled.stage).toBe('cancelled')
    expect((await refusalOf(deliver(cancelled, [[order.lines[0]!.id, 1]]))).code).toBe('ORDER_STATE')
    expect((await tasksOf('sales', order.id)).every((task) => task.state === 'dropped')).toBe(true)
  })
})
