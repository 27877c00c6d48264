import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeScope } from '#core/kernel/scope.ts'
import {
  dealHolder,
  countOpenDealsOf,
  dealBriefs,
  dealKeepsCustomer,
  dealInScope,
  dealsOfCustomer,
  dealToChange,
  linkContract,
  moveDealsOfCustomer,
} from '#core/modules/deals/deals.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { CoreClient } from '#core/start-core.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let test: TestCore
let sales: CoreClient
let from: string
let to: string
let deal: { id: string; version: number }
beforeAll(async () => {
  test = await createTestCore()
  sales = await test.as('sales')
  from = await makeCustomer(sales, '成都兴川机械制造有限公司')
  to = await makeCustomer(sales, '贵阳云岭轴承有限公司')
  const splits = [
    { userId: test.ids.sales, share: 7000 },
    { userId: test.ids.sales_manager, share: 3000 },
  ]
  deal = await sales.deals.create({
    name: '齿轮箱大修',
    customerId: from,
    amount: 100,
    expectedDay: '2026-07-01',
    splits,
  } as never)
})
afterAll(() => test.close())

const read = () => test.core.deps.store.read
const write = <T>(work: (uow: UnitOfWork) => Promise<T>) =>
  test.core.deps.store.write({ userId: test.ids.owner, roles: [], device: 'test' }, async (uow) => {
    const answer = await work(uow)
    await uow.audit({ action: 'customers.update', entity: 'customer', entityId: from })
    return answer
  })
const only = (person: keyof TestCore['ids']) => makeScope.users([test.ids[person]])

describe('what other modules know of deals', () => {
  it('is read by owner and sharers, changed by the owner alone, and not there for others', async () => {
    const expected = {
      id: deal.id,
      name: '齿轮箱大修',
      customerId: from,
      ownerId: test.ids.sales,
      stage: 'open',
      amount: 100,
    }
    expect(await dealInScope(read(), only('sales'), deal.id)).toMatchObject(expected)
    expect(await dealInScope(read(), only('sales_manager'), deal.id)).toMatchObject(expected)
    expect(await dealToChange(read(), only('sales'), deal.id)).toMatchObject(expected)
    expect((await refusalOf(dealToChange(read(), only('sales_manager'), deal.id))).code).toBe('FORBIDDEN')
    expect((await refusalOf(dealInScope(read(), only('sales_other'), deal.id))).code).toBe('NOT_FOUND')
    expect((await dealBriefs(read(), only('sales'), [deal.id])).get(deal.id)?.name).toBe('齿轮箱大修')
    expect((await dealBriefs(read(), only('sales_other'), [deal.id])).size).toBe(0)
    expect((await dealsOfCustomer(read(), only('sales_manager'), from)).map((row) => row.id)).toEqual([deal.id])
  })

  it('protects a customer, moves with him, and comes back', async () => {
    const owner = await test.as('owner')
    expect((await refusalOf(owner.customers.remove({ id: from, version: 0 }))).code).toBe('CUSTOMER_IN_USE')
    expect(await countOpenDealsOf(read(), [from, to])).toBe(1)
    const ids = await write((uow) => dealHolder.move(uow, from, to))
    expect(ids).toEqual([deal.id])
    expect([await dealKeepsCustomer(read(), from), await dealKeepsCustomer(read(), to)]).toEqual([false, true])
    await write((uow) => dealHolder.giveBack(uow, ids, to, from))
    expect(await dealKeepsCustomer(read(), from)).toBe(true)
  })

  it('names the contract that came of it', async () => {
    const contract = await sales.contracts.create(sampleFields(from))
    await write((uow) => linkContract(uow, deal.id, contract.id))
    expect((await sales.deals.get({ id: deal.id })).contractId).toBe(contract.id)
  })

  it('goes over to another with his part of the credit', async () => {
    expect(await write((uow) => moveDealsOfCustomer(uow, [from, to], test.ids.sales_manager))).toBe(1)
    expect(await write((uow) => moveDealsOfCustomer(uow, [from], test.ids.sales_manager))).toBe(0)
    const manager = await test.as('sales_manager')
    const { ownerId, splits } = await manager.deals.get({ id: deal.id })
    expect([ownerId, splits.map(({ userId, share }) => [userId, share])]).toEqual([
      test.ids.sales_manager,
      [[test.ids.sales_manager, 10_000]],
    ])
    expect((await refusalOf(sales.deals.get({ id: deal.id }))).code).toBe('NOT_FOUND')
  })
})
