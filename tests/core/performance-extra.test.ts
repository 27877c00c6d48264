import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { schemeItem, testSeats } from '#tests/helpers/appraisal.ts'
import { createTestCore, refusalOf, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

const MAY = asMonth('2026-05')
const BODY = {
  name: '业务员方案',
  roles: ['sales'],
  teamIds: [],
  items: [schemeItem('trainingHours', 10_000, 1_000)],
  grades: [],
  extra: { mostUp: 500, mostDown: 0 },
}
let t: TestCore
const { as, sitDown, moveTo } = testSeats()

beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, ['sales', 'sales_other', 'sales_manager', 'hr', 'owner'])
  await as('hr').performance.schemes.save({ id: null, version: null, fromMonth: MAY, body: BODY } as never)
  await as('hr').performance.saveEntry({
    month: MAY,
    userId: t.ids.sales,
    indicator: 'trainingHours',
    value: 800,
    note: '产品培训',
    evidence: '',
  } as never)
})
afterAll(() => t.close())

const give = (points: number, person: TestPerson = 'sales_manager', userId = t.ids.sales) =>
  as(person).performance.extra.give({ month: MAY, userId, points, reason: '带教新人', evidence: '表彰 7' } as never)
const takeBack = (id: string, person: TestPerson = 'sales_manager') =>
  as(person).performance.extra.takeBack({ id, reason: '重复' } as never)
const mine = async () =>
  (await as('sales').performance.sheet({ month: MAY })).people.find((one) => one.userId === t.ids.sales)!
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code

describe('points beside the indicators', () => {
  it('are given by a superior, never to oneself, and only where the scheme has a cap for them', async () => {
    expect(await codeOf(give(100, 'sales'))).toBe('FORBIDDEN')
    expect(await codeOf(give(100, 'sales_manager', t.ids.sales_manager))).toBe('PERFORMANCE_OWN_FIGURE')
    expect(await codeOf(give(100, 'hr', t.ids.finance))).toBe('NOT_FOUND')
    expect(await codeOf(give(-100))).toBe('PERFORMANCE_NO_EXTRA')
    expect(await codeOf(give(0))).toBe('VALIDATION')
    expect((await mine()).extra).toBeUndefined()
  })

  it('count up to the cap, are seen by the person, and are taken back with a reason that stays', async () => {
    await give(300)
    const { id } = await give(400, 'hr')
    expect(await mine()).toMatchObject({ total: 8_500, extra: { points: 500, mostUp: 500 } })
    expect((await mine()).extra?.given.map((one) => [one.points, one.reason, one.evidence])).toEqual([
      [300, '带教新人', '表彰 7'],
      [400, '带教新人', '表彰 7'],
    ])
    expect(await codeOf(takeBack(id, 'sales'))).toBe('FORBIDDEN')
    await takeBack(id)
    expect(await codeOf(takeBack(id))).toBe('NOT_FOUND')
    expect(await mine()).toMatchObject({ total: 8_300, extra: { points: 300 } })
    // A trial by another scheme counts them by its own caps.
    const trial = { ...BODY, extra: { mostUp: 200, mostDown: 0 } }
    const { rows } = await as('hr').performance.schemes.preview({ month: MAY, body: trial } as never)
    expect(rows.find((row) => row.userId === t.ids.sales)).toMatchObject({ now: 8_300, then: 8_200 })
    const kept = await t.core.deps.store.read
      .selectFrom('performance_extras')
      .selectAll()
      .where('id', '=', id)
      .execute()
    expect(kept).toMatchObject([{ points: 400, removed_by: t.ids.sales_manager, removed_reason: '重复' }])
  })

  it('are kept with the lock and stay as they were', async () => {
    const [kept] = (await mine()).extra!.given
    await moveTo('2026-06-03')
    await as('owner').performance.lock({ month: MAY })
    expect(await codeOf(give(100))).toBe('PERFORMANCE_LOCKED')
    expect(await codeOf(takeBack(kept!.id))).toBe('PERFORMANCE_LOCKED')
    expect(await mine()).toMatchObject({ total: 8_300, extra: { points: 300, given: [{ reason: '带教新人' }] } })
  })
})
