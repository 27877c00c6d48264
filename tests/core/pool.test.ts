import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_POOL_POLICY, type PoolPolicy } from '#shared/modules/pool/pool.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { keepPool } from '#core/modules/pool/pool.keeper.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

const DAY_MS = 86_400_000
let t: TestCore
let sales: CoreClient
let other: CoreClient
let manager: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  other = await t.as('sales_other')
  manager = await t.as('sales_manager')
})
afterAll(() => t.close())

let serial = 0
const make = (api: CoreClient) => makeCustomer(api, `公海${++serial}号有限公司`)
const inPool = async (api: CoreClient, text?: string) =>
  (
    await api.pool.list({
      limit: 50,
      sort: { key: 'since', dir: 'desc' },
      filters: {},
      ...(text === undefined ? {} : { text }),
    })
  ).rows
const versionOf = async (api: CoreClient, id: string) => (await api.customers.get({ id })).version
const release = async (api: CoreClient, id: string) =>
  api.pool.release({ id: id as never, version: await versionOf(api, id), note: '暂无需求' })
const rule = async (over: Partial<PoolPolicy>) => {
  const owner = await t.as('owner')
  const { version } = await owner.pool.policy.read({})
  await owner.pool.policy.save({ value: { ...DEFAULT_POOL_POLICY, ...over }, version })
}
/** Sits down again after days have passed: an idle seat is locked. */
async function later(days: number): Promise<void> {
  t.clock.set(TEST_NOW + days * DAY_MS)
  for (const [person, seat] of [
    ['sales', sales],
    ['sales_other', other],
    ['sales_manager', manager],
    ['owner', await t.as('owner')],
  ] as const) {
    await seat.session.logIn({ login: person, password: PASSWORD })
  }
}

describe('by hand', () => {
  it('a customer is released, seen by all without contact, and claimed by the first', async () => {
    const { id } = await sales.customers.create({
      name: '公海金丝雀有限公司',
      source: 'web',
      phone: '023-61239876',
      contacts: [{ name: '鹂先生', mobile: '13900001111' }],
    } as never)
    await release(sales, id)
    expect((await refusalOf(sales.customers.get({ id }))).code).toBe('NOT_FOUND')
    const [row] = await inPool(other, 'jinsique')
    expect(row).toMatchObject({
      id,
      name: '公海金丝雀有限公司',
      reason: 'released',
      formerOwnerName: '张三',
      waitUntil: null,
    })
    expect(JSON.stringify(await inPool(other))).not.toMatch(/61239876|鹂先生|13900001111/)
    expect(await inPool(other, '9876')).toEqual([])
    expect(await inPool(other, '鹂')).toEqual([])

    await other.pool.claim({ id: id as never })
    expect(await other.customers.get({ id })).toMatchObject({ ownerId: t.ids.sales_other, phone: '023-61239876' })
    expect((await refusalOf(sales.pool.claim({ id: id as never }))).code).toBe('POOL_TAKEN')
    expect(await inPool(sales)).toEqual([])
  })

  it('who lost it waits; limits are kept; a manager may give it', async () => {
    const [first, second] = [await make(sales), await make(sales)]
    await release(sales, first)
    await release(sales, second)
    expect((await inPool(sales))[0]?.waitUntil).toBe('2026-06-17')
    expect(await refusalOf(sales.pool.claim({ id: first as never }))).toMatchObject({
      code: 'POOL_COOL_DOWN',
      data: { until: '2026-06-17' },
    })
    await rule({ dayLimit: 1 })
    // One was claimed above.
    expect((await refusalOf(other.pool.claim({ id: first as never }))).code).toBe('POOL_DAY_LIMIT')
    await rule({ holdLimit: 1 })
    expect(await refusalOf(other.pool.claim({ id: first as never }))).toMatchObject({
      code: 'POOL_HOLD_LIMIT',
      data: { limit: 1 },
    })
    expect(await other.pool.summary({ filters: {} })).toMatchObject({
      count: 2,
      held: 1,
      holdLimit: 1,
      today: 1,
      dayLimit: null,
    })
    await rule({})
    const foreign = manager.pool.assign({ id: first as never, ownerId: t.ids.sales_other as never })
    expect((await refusalOf(foreign)).code).toBe('CUSTOMER_OWNER')
    await manager.pool.assign({ id: first as never, ownerId: t.ids.sales as never })
    expect(await sales.customers.get({ id: first })).toMatchObject({ ownerId: t.ids.sales })
    expect(
      (await refusalOf(other.pool.assign({ id: second as never, ownerId: t.ids.sales_other as never }))).code,
    ).toBe('FORBIDDEN')
    expect((await refusalOf(manager.pool.policy.save({ value: DEFAULT_POOL_POLICY, version: 0 }))).code).toBe(
      'FORBIDDEN',
    )
  })

  it('not of another, not with business under way', async () => {
    const id = await make(sales)
    const foreign = other.pool.release({ id: id as never, version: 0, note: 'x' })
    expect((await refusalOf(foreign)).code).toBe('NOT_FOUND')
    await signContract(sales, id)
    expect((await refusalOf(release(sales, id))).code).toBe('POOL_PROTECTED')
  })
})

describe('by time', () => {
  it('its owner is told, then it falls; contact keeps it, and business protects it', async () => {
    await rule({ idleDays: { A: 0, B: 0, C: 60, D: 0 } })
    const [idle, met, bound] = [await make(sales), await make(sales), await make(sales)]
    await signContract(sales, bound)
    expect(await keepPool(t.core.deps)).toBe(0)

    await later(54)
    expect(await keepPool(t.core.deps)).toBeGreaterThanOrEqual(2)
    expect(await keepPool(t.core.deps)).toBe(0)
    const asked = { limit: 200, sort: { key: 'dueDay', dir: 'asc' }, filters: { kind: 'followUp' } }
    const told = await sales.tasks.list(asked as never)
    const about = (id: string) => told.rows.filter((task) => task.customerId === id).map((task) => task.dueDay)
    expect([about(idle), about(bound)]).toEqual([['2026-07-18'], []])

    await sales.visits.create({
      customerId: met,
      day: '2026-07-11',
      purpose: 'callBack',
      result: '仍有需求',
      channel: 'phone',
    } as never)
    await later(61)
    await keepPool(t.core.deps)
    const fallen = (await inPool(other)).map((row) => row.id)
    expect(fallen).toContain(idle)
    expect(fallen).not.toContain(met)
    expect(fallen).not.toContain(bound)
    expect((await inPool(other)).find((row) => row.id === idle)).toMatchObject({
      reason: 'idle',
      sinceDay: '2026-07-18',
    })
    // Whoever takes it is safe for the days of protection.
    await other.pool.claim({ id: idle as never })
    await rule({ idleDays: { A: 1, B: 1, C: 1, D: 1 }, noticeDays: 1 })
    await later(80)
    await keepPool(t.core.deps)
    await later(82)
    await keepPool(t.core.deps)
    expect(await other.customers.get({ id: idle })).toMatchObject({ ownerId: t.ids.sales_other })
  })
})
