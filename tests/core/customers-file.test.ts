import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CustomerInput } from '#shared/modules/customers/customers.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let owner: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  owner = await t.as('owner')
})
afterAll(() => t.close())

let serial = 0
const file = (over: object = {}) => ({ name: `档案${++serial}号`, source: 'web', ...over }) as CustomerInput
const names = async (filters: object, api = sales) =>
  (await api.customers.list({ limit: 50, sort: { key: 'name', dir: 'asc' }, filters })).rows.map((row) => row.name)

describe('a rejected lead', () => {
  it('needs a reason, gets its day of deletion, and loses both when it is taken up again', async () => {
    const refused = await refusalOf(sales.customers.create(file({ stage: 'rejected' })))
    expect(refused).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: ['rejectReason'] }] } })
    const made = await sales.customers.create(
      file({ stage: 'rejected', rejectReason: 'noMoney', rejectNote: '明年再看' }),
    )
    const view = await sales.customers.get({ id: made.id })
    expect(view).toMatchObject({ stage: 'rejected', rejectReason: 'noMoney', deleteDay: '2026-11-14' })
    expect(await names({ toDelete: true })).toEqual([])

    t.clock.set(TEST_NOW + 181 * 86_400_000)
    await sales.session.logIn({ login: 'sales', password: PASSWORD })
    expect(await names({ toDelete: true })).toEqual([view.name])
    t.clock.set(TEST_NOW)
    await sales.session.logIn({ login: 'sales', password: PASSWORD })

    const again = file({ name: view.name, stage: 'screening', rejectReason: 'noMoney' })
    await sales.customers.update({ ...again, ...made } as never)
    expect(await sales.customers.get({ id: made.id })).toMatchObject({
      stage: 'screening',
      rejectReason: '',
      deleteDay: null,
    })
  })
})

describe('the birthday of a contact', () => {
  const born = (over: object = {}) =>
    file({ contacts: [{ name: '周经理', primary: true, birthday: '1985-03-02' }], ...over })
  const allow = async (birthdays: boolean) => {
    const { value, version } = await owner.customers.screening.read({})
    await owner.customers.screening.save({ value: { ...value, birthdays }, version })
  }

  it('is refused beside its field as long as the firm keeps none', async () => {
    const at = { code: 'VALIDATION', data: { issues: [{ path: ['contacts', 0, 'birthday'] }] } }
    expect(await refusalOf(sales.customers.create(born()))).toMatchObject(at)
    const made = await sales.customers.create(file())
    expect(await refusalOf(sales.customers.update({ ...born(), ...made } as never))).toMatchObject(at)
  })

  it('is kept where that is allowed, and erased from every file when it no longer is', async () => {
    await allow(true)
    const made = await sales.customers.create(born())
    const birthday = async () => (await sales.customers.get({ id: made.id })).contacts[0]?.birthday
    expect(await birthday()).toBe('1985-03-02')
    await allow(false)
    expect(await birthday()).toBeNull()
    await allow(true)
    expect(await birthday()).toBeNull()
    await allow(false)
  })
})

describe('tags, addresses, score', () => {
  it('are kept, shown and filtered by', async () => {
    const made = await sales.customers.create(
      file({
        tags: ['重点', '出口', '重点'],
        addresses: [{ kind: 'delivery', address: '江北区 1 号', contact: '库房' }],
        needs: '轴承',
      }),
    )
    const view = await sales.customers.get({ id: made.id })
    expect(view.tags).toEqual(['出口', '重点'])
    expect(view.addresses).toEqual([{ kind: 'delivery', address: '江北区 1 号', contact: '库房', phone: '' }])
    expect(view.score).toBe(35)
    expect(view.scoreReasons.filter((one) => one.met).map((one) => one.key)).toEqual(['kind', 'needs'])
    expect(view.missing).toContain('uscc')
    expect(await names({ tag: '重点' })).toEqual([view.name])
    expect(await names({ tag: '无' })).toEqual([])
    expect(await sales.customers.tags({})).toEqual(['出口', '重点'])
    expect(await (await t.as('sales_other')).customers.tags({})).toEqual([])
  })

  it('are judged by rules that the owner of the firm sets', async () => {
    const { value, version } = await owner.customers.screening.read({})
    const rules = { ...value, criteria: [{ key: 'reachable' as const, points: 1, wanted: [] }] }
    expect((await refusalOf(sales.customers.screening.save({ value: rules, version }))).code).toBe('FORBIDDEN')
    await owner.customers.screening.save({ value: rules, version })
    const made = await sales.customers.create(file({ phone: '023-68886666' }))
    expect((await sales.customers.get({ id: made.id })).score).toBe(100)
  })
})

describe('fairs and campaigns', () => {
  const fair = (over: object = {}) =>
    ({
      name: `立嘉展 ${++serial}`,
      kind: 'exhibition',
      fromDay: '2026-05-20',
      toDay: '2026-05-23',
      cost: 3_000_000,
      ...over,
    }) as never

  it('are kept by whoever sets the rules, under one name each, and go only while nobody came of them', async () => {
    const made = await owner.campaigns.create(fair({ name: '西部制博会' }))
    expect((await refusalOf(sales.campaigns.create(fair()))).code).toBe('FORBIDDEN')
    expect((await refusalOf(owner.campaigns.create(fair({ name: '西部制博会' })))).code).toBe('CAMPAIGN_NAME')
    expect((await refusalOf(owner.campaigns.create(fair({ toDay: '2026-05-19' })))).code).toBe('VALIDATION')
    const customer = await sales.customers.create(file({ campaignId: made.id }))
    expect((await sales.customers.get({ id: customer.id })).campaignName).toBe('西部制博会')
    expect((await refusalOf(owner.campaigns.remove(made as never))).code).toBe('CAMPAIGN_IN_USE')
    const unused = await owner.campaigns.create(fair())
    await owner.campaigns.remove(unused as never)
    expect((await sales.campaigns.list({})).map((row) => row.name)).toEqual(['西部制博会'])
    const nowhere = sales.customers.create(file({ campaignId: unused.id }))
    expect(await refusalOf(nowhere)).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: ['campaignId'] }] } })
  })

  it('tell what came of them, and of each source, within the scope', async () => {
    const { id } = await owner.campaigns.create(fair())
    const from = { source: 'exhibition', campaignId: id }
    const won = await sales.customers.create(file({ ...from, stage: 'customer' }))
    await sales.customers.create(file({ ...from, stage: 'rejected', rejectReason: 'noNeed' }))
    await sales.customers.create(file(from))
    await (await t.as('sales_other')).customers.create(file(from))
    await signContract(sales, won.id)
    await signContract(sales, won.id)
    const period = { from: '2026-05-01', to: '2026-05-31' } as never
    const mine = await sales.campaigns.figures(period)
    const expected = { customers: 3, won: 1, rejected: 1, amount: 2 * 6_455_008 }
    expect(mine.campaigns.find((one) => one.id === id)).toMatchObject({ ...expected, cost: 3_000_000 })
    expect(mine.sources.find((one) => one.source === 'exhibition')).toMatchObject(expected)
    const all = await owner.campaigns.figures(period)
    expect(all.campaigns.find((one) => one.id === id)?.customers).toBe(4)
    const before = await sales.campaigns.figures({ from: '2026-04-01', to: '2026-04-30' } as never)
    expect(before.sources.every((one) => one.customers === 0)).toBe(true)
    // Each figure opens the rows it counts.
    expect(await names({ campaignId: id, createdFrom: '2026-05-01', createdTo: '2026-05-31' })).toHaveLength(3)
    expect(await names({ campaignId: id, stage: 'rejected' })).toHaveLength(1)
    expect(await names({ campaignId: id, signed: true })).toHaveLength(1)
  })
})
