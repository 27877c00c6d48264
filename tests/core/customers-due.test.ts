import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CustomerInput } from '#shared/modules/customers/customers.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { contractExistsForCustomer } from '#core/modules/contracts/contracts.api.ts'
import { remindOfDueFiles } from '#core/modules/customers/customers.due.ts'
import { dealKeepsCustomer } from '#core/modules/deals/deals.api.ts'
import type { CoreClient } from '#core/start-core.ts'
import { signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

const DAY_MS = 86_400_000
const PEOPLE = ['sales', 'sales_other', 'sales_manager', 'owner'] as const
let t: TestCore
let sales: CoreClient
let other: CoreClient
let manager: CoreClient
let owner: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  other = await t.as('sales_other')
  manager = await t.as('sales_manager')
  owner = await t.as('owner')
})
afterAll(() => t.close())

let serial = 0
async function rejected(api: CoreClient, over: object = {}): Promise<string> {
  const fields = {
    name: `到期${++serial}号有限公司`,
    source: 'web',
    stage: 'rejected',
    rejectReason: 'noNeed',
    ...over,
  }
  return (await api.customers.create(fields as CustomerInput)).id
}
/** An idle seat is locked: everybody sits down again. */
async function onDay(days: number): Promise<void> {
  t.clock.set(TEST_NOW + days * DAY_MS)
  for (const person of PEOPLE) await (await t.as(person)).session.logIn({ login: person, password: PASSWORD })
}
const preview = async (api: CoreClient, ids: readonly string[] | null = null) =>
  api.customers.due.preview({ ids: ids as never })
const remove = (api: CoreClient, ids: readonly string[]) => api.customers.due.remove({ ids: ids as never })
const told = async (api: CoreClient) =>
  (await api.tasks.list({ limit: 50, sort: { key: 'createdAt', dir: 'asc' }, filters: {} } as never)).rows.filter(
    (task) => task.source?.module === 'dueFiles',
  )
const USES = [
  { why: 'contract', holds: contractExistsForCustomer },
  { why: 'deal', holds: dealKeepsCustomer },
] as const
const remind = () => remindOfDueFiles(t.core.deps, USES)
const mine = async (api: CoreClient, id: string) => (await told(api)).filter((task) => task.source?.id === id)

describe('rejected files whose day has come', () => {
  let ids: { first: string; second: string; foreign: string; bound: string; dealt: string; lost: string }

  beforeAll(async () => {
    ids = {
      first: await rejected(sales),
      second: await rejected(sales),
      foreign: await rejected(other),
      bound: await rejected(sales),
      dealt: await rejected(sales),
      lost: await rejected(sales),
    }
    await signContract(sales, ids.bound)
    for (const customerId of [ids.dealt, ids.lost]) {
      const deal = await sales.deals.create({
        customerId,
        name: '报价中的轴承',
        amount: 100_00,
        expectedDay: '2026-06-30',
      } as never)
      if (customerId === ids.lost) {
        await sales.deals.lose({
          id: deal.id,
          version: deal.version,
          day: '2026-05-18',
          reason: 'price',
          competitor: '',
          note: '价高',
        } as never)
      }
    }
  })

  it('before their day there is nothing to delete and nothing to be told', async () => {
    expect(await owner.customers.due.count({})).toEqual({ count: 0 })
    expect(await preview(owner)).toEqual({ files: [], kept: [], more: 0 })
    expect(await remind()).toBe(0)
    const early = await remove(owner, [ids.first])
    expect(early).toMatchObject({ removed: 0, kept: [{ id: ids.first, why: 'notDue' }] })
  })

  it('tells each who may delete of those in his scope, once a day, and keeps the figure true', async () => {
    await onDay(180)
    expect(await remind()).toBe(2)
    expect(await remind()).toBe(0)
    const [ofManager] = await mine(manager, t.ids.sales_manager)
    expect(ofManager).toMatchObject({
      ownerId: t.ids.sales_manager,
      state: 'open',
      title: expect.stringContaining('3 '),
    })
    expect((await mine(owner, t.ids.owner))[0]?.title).toContain('4 ')
    expect(await told(sales)).toEqual([])

    // Finished without deleting: silent for the day, told again on the next.
    if (!ofManager) throw new Error('no task')
    await manager.tasks.done({ items: [{ id: ofManager.id as never, version: ofManager.version }], result: '' })
    expect(await remind()).toBe(0)
    await onDay(181)
    expect(await remind()).toBe(1)
    expect((await mine(manager, t.ids.sales_manager)).filter((task) => task.state === 'open')).toHaveLength(1)
  })

  it('shows what would go and what stays, of one’s own people only', async () => {
    const shown = await preview(manager)
    expect(shown.files.map((file) => file.id).toSorted()).toEqual([ids.first, ids.second, ids.lost].toSorted())
    expect(new Map(shown.kept.map((file) => [file.id, file.why]))).toEqual(
      new Map([
        [ids.bound, 'contract'],
        [ids.dealt, 'deal'],
      ]),
    )
    expect(await manager.customers.due.count({})).toEqual({ count: 3 })
    expect(JSON.stringify(await preview(manager, [ids.foreign, newId()]))).toBe('{"files":[],"kept":[],"more":0}')
    for (const call of [sales.customers.due.count({}), preview(sales), remove(sales, [ids.first])])
      expect((await refusalOf(call)).code).toBe('FORBIDDEN')
  })

  it('deletes only those, each with its audit row, and a second time nothing', async () => {
    const all = [ids.first, ids.first, ids.second, ids.foreign, ids.bound, ids.dealt]
    const done = await remove(manager, all)
    expect(done).toMatchObject({ removed: 2 })
    expect(done.kept.map((file) => file.why).toSorted()).toEqual(['contract', 'deal'])
    expect(await manager.customers.get({ id: ids.first })).toMatchObject({ removed: true })
    expect(await other.customers.get({ id: ids.foreign })).toMatchObject({ removed: false })
    expect(await remove(manager, all)).toMatchObject({ removed: 0 })
    const rows = await t.core.deps.store.read
      .selectFrom('audit_log')
      .select(['entity_id'])
      .where('action', '=', 'customers.remove')
      .execute()
    expect(rows.map((row) => row.entity_id).toSorted()).toEqual([ids.first, ids.second].toSorted())
  })

  it('one that was taken up again meanwhile stays; the task ends with the last', async () => {
    const view = await sales.customers.get({ id: ids.lost })
    const again = { name: view.name, source: 'web', stage: 'screening' }
    await sales.customers.update({ ...again, id: view.id, version: view.version } as never)
    expect(await remove(manager, [ids.lost])).toMatchObject({ removed: 0, kept: [{ id: ids.lost, why: 'notDue' }] })
    expect(await remind()).toBe(2)
    expect((await mine(manager, t.ids.sales_manager)).filter((task) => task.state === 'open')).toEqual([])
    expect((await mine(owner, t.ids.owner)).find((task) => task.state === 'open')?.title).toContain('1 ')
  })

  it('goes with a deal that was lost, which is not reopened as long as it is gone', async () => {
    const customerId = await rejected(sales)
    const made = await sales.deals.create({ customerId, name: '又一批', amount: 1, expectedDay: '2027-06-30' } as never)
    const lost = { id: made.id, version: made.version, day: '2026-11-10', reason: 'price', competitor: '', note: '' }
    const { version } = await sales.deals.lose({ ...lost, note: '价高' } as never)
    const view = await sales.customers.get({ id: customerId })
    await owner.customers.remove({ id: customerId, version: view.version })
    const again = { id: made.id, version, expectedDay: '2027-07-01', note: '客户又来询价' } as never
    expect((await refusalOf(sales.deals.reopen(again))).code).toBe('NOT_FOUND')
  })
})
