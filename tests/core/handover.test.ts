import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HANDOVER_PARTS, type HandoverPart } from '#shared/modules/handover/handover.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let manager: CoreClient
let owner: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  manager = await t.as('sales_manager')
  owner = await t.as('owner')
  customerId = await makeCustomer(sales, '重庆移交一号有限公司')
  await signContract(sales, customerId, { signDay: '2026-05-11' })
  await sales.deals.create({ customerId, name: '轴承年度框架', amount: 500_000_00, expectedDay: '2026-08-01' } as never)
  await sales.visits.plan({ customerId, day: '2026-06-01', purpose: 'negotiate' } as never)
  await sales.tasks.create({ title: '送样', dueDay: '2026-06-02', customerId } as never)
  // A task of another about the same customer is his, and stays so.
  await owner.tasks.create({ title: '过问进度', dueDay: '2026-06-02', customerId } as never)
})
afterAll(() => t.close())

const PARTS: HandoverPart[] = [...HANDOVER_PARTS]
const asked = (toUserId: string, over: object = {}) =>
  ({ what: { customerIds: [customerId] }, toUserId, parts: PARTS, ...over }) as never
/** Whose everything is: what a hand-over changes, and its undoing must give back. */
async function owners(): Promise<unknown> {
  const db = t.core.deps.store.read
  const { rows } = await sql`
    SELECT 'customer' AS kind, id, owner_id FROM customers UNION ALL
    SELECT 'contract', id, owner_id FROM contracts UNION ALL
    SELECT 'credit', contract_id, user_id FROM contract_credits UNION ALL
    SELECT 'instalment', id, owner_id FROM receivable_instalments UNION ALL
    SELECT 'obligation', id, owner_id || contract_owner_id FROM obligations UNION ALL
    SELECT 'deal', id, owner_id FROM deals UNION ALL
    SELECT 'split', deal_id || share, user_id FROM deal_splits UNION ALL
    SELECT 'task', id, owner_id FROM tasks UNION ALL
    SELECT 'visit', id, user_id FROM visits ORDER BY 1, 2`.execute(db)
  return rows
}
const signedOf = (userId: string) =>
  owner.performance.sourceRows({ month: '2026-05', userId, indicator: 'contractAmount' } as never)

const ALL = { limit: 10, sort: { key: 'at', dir: 'desc' }, filters: {} } as const
const listed = async (who: CoreClient, over: object = {}) =>
  (await who.handover.list({ ...ALL, ...over } as never)).rows

describe('a hand-over', () => {
  it('tells before what moves and what stays', async () => {
    const { sums, stays } = await owner.handover.preview(asked(t.ids.sales_other))
    expect(sums.map(({ kind, count }) => [kind, count])).toEqual([
      ['customer', 1],
      ['deal', 1],
      ['contract', 1],
      ['receivable', expect.any(Number)],
      ['obligation', 7],
      // His own, and what signing asked of him: to see to the delivery.
      ['task', 2],
      ['visit', 1],
    ])
    const contract = sums.find((sum) => sum.kind === 'contract')
    expect(sums.find((sum) => sum.kind === 'receivable')?.amount).toBe(contract?.amount)
    // The owner's own, what signing asked of finance and of those who file, and the three invoices that finance issues.
    expect(stays).toBe(6)
    const only = await owner.handover.preview(asked(t.ids.sales_other, { parts: ['task'] }))
    expect(only.sums.map((sum) => sum.kind)).toEqual(['customer', 'task'])
  })

  it('moves it at once, keeps the credit for what was signed, and is undone without a trace', async () => {
    const before = await owners()
    const signed = await signedOf(t.ids.sales)
    const { id } = await owner.handover.run(asked(t.ids.sales_other))
    const other = await t.as('sales_other')
    expect(await other.customers.get({ id: customerId })).toMatchObject({ access: 'full' })
    expect((await refusalOf(sales.customers.get({ id: customerId }))).code).toBe('NOT_FOUND')
    const contracts = await other.contracts.list({
      limit: 10,
      sort: { key: 'updatedAt', dir: 'desc' },
      filters: { customerId: customerId as never },
    })
    expect(contracts.rows).toHaveLength(1)
    expect((await other.receivables.summary({ filters: { customerId: customerId as never } })).outstanding).toBe(
      contracts.rows[0]?.amount,
    )
    const still = await signedOf(t.ids.sales)
    expect(signed.length).toBe(1)
    expect(still).toEqual(signed)
    expect(await signedOf(t.ids.sales_other)).toEqual([])
    expect(await listed(owner)).toMatchObject([{ id, fromNames: ['张三'], state: 'done', open: true }])
    expect(await owner.handover.summary({ filters: {} })).toEqual({ count: 1 })

    const { jobId } = await owner.handover.exportList({ id: id as never, format: 'csv' })
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.owner, job.files[0]?.fileId ?? '')
    const list = new TextDecoder().decode(bytes)
    for (const word of ['重庆移交一号有限公司', '轴承年度框架', '送样', '2026-06-01', '张三', '李四']) {
      expect(list).toContain(word)
    }
    expect(list).not.toContain('过问进度')

    expect(await owner.handover.undo({ id: id as never })).toMatchObject({ stayed: 0 })
    expect(await owners()).toEqual(before)
    expect((await refusalOf(owner.handover.undo({ id: id as never }))).code).toBe('HANDOVER_CLOSED')
  })

  it('of all of a person takes each customer; what has moved on since stays there', async () => {
    const second = await makeCustomer(sales, '重庆移交二号有限公司')
    const all = { what: { fromUserId: t.ids.sales }, toUserId: t.ids.sales_other, parts: PARTS } as never
    const { id, sums } = await owner.handover.run(all)
    expect(sums[0]).toMatchObject({ kind: 'customer', count: 2 })
    const back = { moves: [{ id: second, ownerId: t.ids.owner }] } as never
    await owner.customers.transfer(back)
    expect(await owner.handover.undo({ id: id as never })).toMatchObject({ stayed: 1 })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({ ownerId: t.ids.sales })
    expect((await refusalOf(sales.customers.get({ id: second }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(owner.handover.run({ ...(all as object), toUserId: t.ids.sales } as never))).code).toBe(
      'HANDOVER_NOTHING',
    )
  })

  it('is a matter of who leads, within his teams, and for seven days', async () => {
    expect((await refusalOf(sales.handover.run(asked(t.ids.sales)))).code).toBe('FORBIDDEN')
    expect((await refusalOf(manager.handover.run(asked(t.ids.sales_other)))).code).toBe('CUSTOMER_OWNER')
    const { id } = await owner.handover.run(asked(t.ids.sales_other))
    expect(await listed(manager)).toEqual([])
    expect(await manager.handover.summary({ filters: {} })).toEqual({ count: 0 })
    expect((await refusalOf(manager.handover.undo({ id: id as never }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(manager.handover.preview(asked(t.ids.sales)))).code).toBe('NOT_FOUND')
    t.clock.set(TEST_NOW + 8 * 86_400_000)
    await owner.session.logIn({ login: 'owner', password: PASSWORD })
    expect((await refusalOf(owner.handover.undo({ id: id as never }))).code).toBe('HANDOVER_CLOSED')
  })

  it('is listed by page, found by what moved and by whose it was, and the list is exported', async () => {
    await owner.session.logIn({ login: 'owner', password: PASSWORD })
    const all = await listed(owner)
    expect(all.length).toBeGreaterThan(1)
    const first = await owner.handover.list({ ...ALL, limit: 1 } as never)
    expect(first.rows).toEqual(all.slice(0, 1))
    const second = await owner.handover.list({ ...ALL, limit: 1, cursor: first.nextCursor } as never)
    expect(second.rows).toEqual(all.slice(1, 2))
    expect(await listed(owner, { sort: { key: 'at', dir: 'asc' } })).toEqual(all.toReversed())
    const undone = all.filter((row) => row.state === 'undone')
    expect(await listed(owner, { filters: { state: 'undone' } })).toEqual(undone)
    expect(undone.length).toBeGreaterThan(0)
    const withSecond = await listed(owner, { text: '移交二号' })
    expect(withSecond.length).toBe(1)
    expect(await listed(owner, { filters: { fromUserId: t.ids.sales } })).toEqual(all)
    expect(await listed(owner, { filters: { fromUserId: t.ids.sales_other } })).toEqual([])
    expect(await listed(owner, { filters: { from: '2030-01-01' } })).toEqual([])
    const { jobId } = await owner.handover.exportRows({ format: 'csv', sort: ALL.sort, filters: {} } as never)
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.owner, job.files[0]?.fileId ?? '')
    expect(new TextDecoder().decode(bytes).trim().split('\n')).toHaveLength(all.length + 1)
  })
})
