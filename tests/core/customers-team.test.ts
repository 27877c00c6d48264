import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerFields } from '#shared/modules/customers/customers.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let other: CoreClient
let manager: CoreClient
let id: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  other = await t.as('sales_other')
  manager = await t.as('sales_manager')
  id = await makeCustomer(sales, '协作金丝雀有限公司')
})
afterAll(() => t.close())

const listed = async (api: CoreClient, text?: string) =>
  (
    await api.customers.list({
      limit: 50,
      sort: { key: 'name', dir: 'asc' },
      filters: {},
      ...(text === undefined ? {} : { text }),
    })
  ).rows.map((row) => row.id)
const help = (api: CoreClient, userId: string, access: 'read' | 'write' | null) =>
  api.customers.team.set({ customerId: id as never, userId: userId as never, access })
/** What the file's form would send. */
async function formOf(api: CoreClient) {
  const view = await api.customers.get({ id })
  const fields = Object.keys(customerFields.shape).map((key) => [key, view[key as keyof typeof view]])
  return { ...Object.fromEntries(fields), id, version: view.version }
}

describe('somebody who helps', () => {
  it('sees nothing before he is asked to', async () => {
    expect(await listed(other)).toEqual([])
    expect((await refusalOf(other.customers.get({ id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(other.customers.team.of({ customerId: id as never }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(help(other, t.ids.sales_other, 'write'))).code).toBe('NOT_FOUND')
  })

  it('finds and reads the file everywhere, and changes nothing', async () => {
    expect(await help(sales, t.ids.sales_other, 'read')).toEqual([
      expect.objectContaining({ userId: t.ids.sales_other, access: 'read' }),
    ])
    expect(await listed(other)).toEqual([id])
    expect(await listed(other, 'jinsique')).toEqual([id])
    expect(await other.customers.summary({ filters: {} })).toEqual({ count: 1 })
    expect((await other.search.query({ text: '协作金丝雀' })).map((hit) => hit.id)).toContain(id)
    expect(await other.customers.get({ id })).toMatchObject({ access: 'read', ownerId: t.ids.sales })
    expect(
      await other.customers.duplicates({ name: '协作金丝雀有限公司', uscc: '', phone: '', email: '', exceptId: null }),
    ).toMatchObject([{ visible: true, id }])
    const form = await formOf(other)
    expect((await refusalOf(other.customers.update({ ...form, needs: '改' } as never))).code).toBe('FORBIDDEN')
    expect((await refusalOf(help(other, t.ids.sales_manager, 'read'))).code).toBe('FORBIDDEN')
  })

  it('records visits there, and reads those of others; trade stays with the owner', async () => {
    const mine = await sales.visits.create({
      customerId: id,
      day: '2026-05-11',
      purpose: 'negotiate',
      result: '交期已谈',
    } as never)
    const his = await other.visits.create({
      customerId: id,
      day: '2026-05-12',
      purpose: 'service',
      result: '技术交流',
    } as never)
    const story = async (api: CoreClient, filters: object) =>
      (await api.visits.list({ limit: 50, sort: { key: 'day', dir: 'asc' }, filters: filters as never })).rows.map(
        (row) => row.id,
      )
    expect(await story(other, { customerId: id })).toEqual([mine.id, his.id])
    expect(await story(sales, { customerId: id })).toEqual([mine.id, his.id])
    expect(await story(other, {})).toEqual([his.id])
    expect((await other.visits.get({ id: mine.id as never })).result).toBe('交期已谈')
    expect((await refusalOf(other.visits.remove({ id: mine.id, version: 0 } as never))).code).toBe('NOT_FOUND')
    expect((await refusalOf(signContract(other, id))).code).toBe('NOT_FOUND')
    await signContract(sales, id)
    const contracts = await other.contracts.list({
      limit: 50,
      sort: { key: 'updatedAt', dir: 'desc' },
      filters: { customerId: id as never },
    })
    expect(contracts.rows).toEqual([])
  })

  it('changes the file where he may write, but neither whose it is nor who helps', async () => {
    await help(manager, t.ids.sales_other, 'write')
    const form = await formOf(other)
    await other.customers.update({ ...form, needs: '轴承' } as never)
    expect(await sales.customers.get({ id })).toMatchObject({ needs: '轴承', ownerId: t.ids.sales })
    const grab = other.customers.update({ ...(await formOf(other)), ownerId: t.ids.sales_other } as never)
    expect((await refusalOf(grab)).code).toBe('VALIDATION')
    const { version } = await other.customers.get({ id })
    expect((await refusalOf(other.pool.release({ id: id as never, version, note: 'x' }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(help(other, t.ids.sales_other, null))).code).toBe('FORBIDDEN')
  })

  it('is somebody active other than the owner', async () => {
    expect((await refusalOf(help(sales, t.ids.sales, 'write'))).code).toBe('CUSTOMER_MEMBER')
    expect((await refusalOf(help(sales, id, 'write'))).code).toBe('CUSTOMER_MEMBER')
  })

  it('sees nothing any more once he does not help, or nobody looks after the customer', async () => {
    await help(sales, t.ids.sales_other, null)
    expect(await listed(other)).toEqual([])
    const free = await makeCustomer(sales, '协作又一家有限公司')
    await sales.customers.team.set({ customerId: free as never, userId: t.ids.sales_other as never, access: 'write' })
    expect(await listed(other)).toEqual([free])
    const { version } = await sales.customers.get({ id: free })
    await sales.pool.release({ id: free as never, version, note: '暂无需求' })
    expect(await listed(other)).toEqual([])
    expect((await refusalOf(other.customers.get({ id: free }))).code).toBe('NOT_FOUND')
    await sales.customers.list({ limit: 5, sort: { key: 'name', dir: 'asc' }, filters: { removed: true } })
  })
})
