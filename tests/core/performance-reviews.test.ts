import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { USUAL_CURVE } from '#shared/modules/performance/performance.curves.rules.ts'
import { testSeats } from '#tests/helpers/appraisal.ts'
import { createTestCore, refusalOf, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

const MAY = asMonth('2026-05')
/** Colleagues in several parts of the firm, one of whom may see no appraisal at all. */
const PEERS = ['sales_other', 'finance', 'reviewer'] as const

let t: TestCore
const { as, sitDown, moveTo } = testSeats()

beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, ['sales', 'sales_other', 'sales_manager', 'finance', 'reviewer', 'hr', 'owner'])
  const item = { target: 500, curve: USUAL_CURVE, param: null }
  const items = [{ indicator: 'review360', weight: 10_000, ...item }]
  const body = { name: '评价方案', roles: ['sales'], teamIds: [], items, grades: [] }
  await as('hr').performance.schemes.save({ id: null, version: null, fromMonth: MAY, body } as never)
})
afterAll(() => t.close())

const marks = (mark: number) => ({ teamwork: mark, reliability: mark, skill: mark, service: mark })
const standOf = async (person: TestPerson) =>
  (await as(person).performance.review.stand({ month: MAY })).people.find((one) => one.userId === t.ids.sales)!
const peerOf = (stand: Awaited<ReturnType<typeof standOf>>) => stand.groups.find((one) => one.group === 'peer')
const actualOf = async (person: TestPerson) =>
  (await as(person).performance.sheet({ month: MAY })).people.find((one) => one.userId === t.ids.sales)!.indicators[0]
const rate = (person: TestPerson, mark: number, comment = '') =>
  as(person).performance.review.rate({ month: MAY, userId: t.ids.sales, marks: marks(mark), comment } as never)
const give = async (person: TestPerson, mark: number, comment = '') => {
  const [asked] = await as(person).performance.review.mine({})
  return as(person).performance.review.give({ id: asked!.id, marks: marks(mark), comment } as never)
}
const propose = (person: TestPerson, raters: readonly TestPerson[]) =>
  as(person).performance.review.propose({
    month: MAY,
    userId: t.ids.sales,
    raterIds: raters.map((one) => t.ids[one]),
  } as never)

describe('a rating', () => {
  it('of oneself and by the superior counts at once, and what is missing is left out visibly', async () => {
    expect(await actualOf('sales')).toMatchObject({ applicable: false })
    await rate('sales', 4)
    await rate('sales_manager', 3)
    expect((await standOf('sales')).groups).toMatchObject([
      { group: 'superior', mean: 300, weight: 8_000 },
      { group: 'peer', mean: null, weight: 0 },
      { group: 'customer', mean: null, weight: 0 },
      { group: 'self', mean: 400, weight: 2_000 },
    ])
    expect(await actualOf('sales')).toMatchObject({ actual: 320, applicable: true, rate: 6_400 })
    await rate('sales_manager', 4)
    expect((await standOf('sales')).score).toBe(400)
  })

  it('of somebody else is given by whoever leads him, and by nobody else unasked', async () => {
    expect((await refusalOf(rate('sales_other', 1, '差'))).code).toBe('NOT_FOUND')
    expect((await refusalOf(rate('finance', 1, '差'))).code).toBe('FORBIDDEN')
    const others = as('sales').performance.review.rate({
      month: MAY,
      userId: t.ids.sales_manager,
      marks: marks(3),
      comment: '',
    } as never)
    expect((await refusalOf(others)).code).toBe('NOT_FOUND')
    expect((await refusalOf(rate('sales', 5))).code).toBe('VALIDATION')
  })

  it('by a customer is written down by the superior, never by oneself', async () => {
    const enter = (person: TestPerson, userId = t.ids.sales) =>
      as(person).performance.review.customer({
        month: MAY,
        userId,
        customerName: '成都兴川',
        marks: marks(5),
        comment: '交货及时',
      } as never)
    expect((await refusalOf(enter('sales'))).code).toBe('FORBIDDEN')
    expect((await refusalOf(enter('sales_manager', t.ids.sales_manager))).code).toBe('PERFORMANCE_OWN_FIGURE')
    await enter('sales_manager')
    expect((await standOf('sales')).comments).toEqual([{ group: 'customer', text: '交货及时' }])
  })
})

describe('colleagues', () => {
  it('are put forward by oneself and asked by the superior, who then find it among their tasks', async () => {
    await propose('sales', [PEERS[0]])
    expect(await as('sales_other').performance.review.mine({})).toEqual([])
    const [peer] = (await standOf('sales_manager')).peers
    expect(peer).toMatchObject({ userId: t.ids.sales_other, state: 'proposed' })
    const decide = (person: TestPerson) => as(person).performance.review.decide({ id: peer!.id, accept: true } as never)
    expect((await refusalOf(decide('sales'))).code).toBe('FORBIDDEN')
    await decide('sales_manager')
    await propose('sales_manager', [PEERS[1], PEERS[2]])
    for (const person of PEERS) {
      expect(await as(person).performance.review.mine({})).toMatchObject([
        { userId: t.ids.sales, given: false, open: true },
      ])
    }
    const tasks = await as('finance').tasks.list({
      limit: 9,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { state: 'open' },
    } as never)
    expect(tasks.rows).toMatchObject([{ title: '2026-05 请评价 张三', dueDay: '2026-06-10' }])
    expect((await refusalOf(propose('sales', ['sales']))).code).toBe('VALIDATION')
  })

  it('are told from each other by nobody: nothing is seen before the last of three has given', async () => {
    const before = await actualOf('owner')
    const canary = '金丝雀评语'
    await give('finance', 1, canary)
    await give('sales_other', 4)
    for (const person of ['sales', 'sales_manager', 'owner'] as const) {
      const stand = await standOf(person)
      expect(peerOf(stand)).toMatchObject({ given: 2, counts: false, mean: null, weight: 0 })
      expect(JSON.stringify(stand)).not.toContain(canary)
      expect(await actualOf(person)).toEqual(before)
    }
    await give('reviewer', 4)
    expect(peerOf(await standOf('sales'))).toMatchObject({ given: 3, counts: true, mean: 300, weight: 3_000 })
    expect((await actualOf('owner'))?.actual).toBe(400 * 0.4 + 300 * 0.3 + 500 * 0.2 + 400 * 0.1)
  })

  it('cannot be added to or change then: one more would tell itself', async () => {
    expect((await refusalOf(propose('sales_manager', ['hr']))).code).toBe('REVIEW_PEERS_DONE')
    expect((await refusalOf(give('finance', 5, '改'))).code).toBe('REVIEW_PEERS_DONE')
  })

  it('leave no mark in what others may read: lists, rows, log', async () => {
    const stand = await standOf('sales')
    expect(stand.peers.map((peer) => peer.state)).toEqual([null, null, null])
    const leader = await standOf('sales_manager')
    // A leader sees who has given, so as to remind the others, and never what.
    expect(new Set(leader.peers.map((peer) => peer.state))).toEqual(new Set(['given']))
    expect(leader.comments.find((one) => one.group === 'peer')).toEqual({ group: 'peer', text: '金丝雀评语' })
    const rows = await as('owner').performance.sourceRows({
      month: MAY,
      userId: t.ids.sales,
      indicator: 'review360',
    } as never)
    expect(rows.map((row) => [row.label, row.amount])).toEqual([
      ['上级（1 人）', 400],
      ['同事（3 人）', 300],
      ['客户（1 人）', 500],
      ['本人（1 人）', 400],
    ])
    const log = JSON.stringify(
      await t.core.deps.store.read
        .selectFrom('audit_log')
        .selectAll()
        .where('action', 'like', 'performance.review%')
        .execute(),
    )
    expect(log).toContain('reviewGive')
    expect(log).not.toMatch(/金丝雀|"marks"|score/)
  })

  it('who never gave are counted without at the lock, and nothing is given afterwards', async () => {
    await moveTo('2026-06-09')
    const before = await actualOf('owner')
    await as('hr').performance.lock({ month: MAY })
    expect(await actualOf('owner')).toEqual(before)
    expect((await refusalOf(rate('sales', 3))).code).toBe('PERFORMANCE_LOCKED')
    expect(await as('finance').performance.review.mine({})).toMatchObject([{ given: true, open: false }])
  })
})
