import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let other: CoreClient
let manager: CoreClient
let customerId: string
type Input<K extends keyof CoreClient['visits']> = Parameters<CoreClient['visits'][K]>[0]

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  other = await t.as('sales_other')
  manager = await t.as('sales_manager')
  customerId = await makeCustomer(sales)
})
afterEach(() => t.clock.set(TEST_NOW))
afterAll(() => t.close())

/** Every Monday from Monday, 18 May, which is the day of the test. */
const series = (change: object = {}) =>
  ({
    customerId,
    day: '2026-05-18',
    startMinute: 570,
    endMinute: 630,
    purpose: 'callBack',
    repeat: 'weeks',
    weekdays: [1],
    times: 4,
    ...change,
  }) as Input<'planSeries'>
const question = (change: object = {}) => {
  const { customerId: _customer, purpose: _purpose, ...asked } = series(change) as Record<string, unknown>
  return asked as Input<'seriesDays'>
}
const code = async (asked: Promise<unknown>) => (await refusalOf(asked)).code
const days = async (seat: CoreClient, from: string, to: string) =>
  (await seat.visits.calendar({ from: from as PlainDay, to: to as PlainDay })).rows
    .filter((row) => row.series)
    .map((row) => row.day)
const firstOf = async (seat: CoreClient, day: string) => {
  const { rows } = await seat.visits.calendar({ from: day as PlainDay, to: day as PlainDay })
  return rows.find((row) => row.series)?.id ?? ''
}

describe('a series', () => {
  it('is planned at once, tells of itself on each visit, and ends from a day on', async () => {
    const made = await sales.visits.planSeries(series({ withIds: [t.ids.sales_manager], goal: '看用量' }))
    expect(made).toMatchObject({ firstDay: '2026-05-18', count: 4, conflicts: 0 })
    expect(await days(sales, '2026-05-18', '2026-07-10')).toEqual([
      '2026-05-18',
      '2026-05-25',
      '2026-06-01',
      '2026-06-08',
    ])
    const second = await sales.visits.view({ id: await firstOf(sales, '2026-05-25') })
    expect(second).toMatchObject({
      state: 'planned',
      goal: '看用量',
      withPeople: [{ name: '王主管' }],
      series: { id: made.id, nth: 2, count: 4, ahead: 3, firstDay: '2026-05-18', rule: { repeat: 'weeks', times: 4 } },
    })
    expect(await code(sales.visits.endSeries({ id: second.id, from: '2026-05-17' as PlainDay }))).toBe('VISIT_PAST')
    // What was called off stays as it is; what is planned from the day on goes.
    const third = await sales.visits.get({ id: await firstOf(sales, '2026-06-01') })
    await sales.visits.cancel({ id: third.id, version: third.version, reason: { code: 'customerAsked', text: '' } })
    expect(await sales.visits.endSeries({ id: second.id, from: '2026-05-25' as PlainDay })).toEqual({ count: 2 })
    expect(await days(sales, '2026-05-18', '2026-07-10')).toEqual(['2026-05-18'])
    expect(await sales.visits.get({ id: third.id })).toMatchObject({ state: 'cancelled' })
    expect(await code(sales.visits.view({ id: second.id }))).toBe('NOT_FOUND')
    const left = await sales.visits.view({ id: await firstOf(sales, '2026-05-18') })
    expect(left.series).toMatchObject({ nth: 1, count: 2, ahead: 1 })
    expect(await sales.visits.endSeries({ id: left.id, from: '2026-05-18' as PlainDay })).toEqual({ count: 1 })
  })

  it('is all or nothing, and says what is wrong with it', async () => {
    const wrong: [string, object][] = [
      ['VALIDATION', { weekdays: [] }],
      ['VALIDATION', { times: null }],
      ['VALIDATION', { until: '2026-08-01' }],
      ['VALIDATION', { times: null, until: '2026-05-17' }],
      ['VALIDATION', { times: 105 }],
      ['VALIDATION', { every: 0 }],
      ['VALIDATION', { withIds: [customerId] }],
      ['VALIDATION', { userId: t.ids.sales_other }],
      ['VISIT_PAST', { day: '2026-05-17' }],
      ['VISIT_SERIES_EMPTY', { weekdays: [7], times: null, until: '2026-05-20' }],
      ['VISIT_SERIES_LONG', { repeat: 'days', times: null, until: '2026-12-31', toWorkday: false }],
    ]
    for (const [expected, change] of wrong) {
      expect([change, await code(sales.visits.planSeries(series(change)))]).toEqual([change, expected])
    }
    expect(await code(other.visits.planSeries(series()))).toBe('NOT_FOUND')
    expect(await days(sales, '2026-05-18', '2026-07-10')).toEqual([])
    const alone = await sales.visits.plan({ customerId, day: '2026-05-19', purpose: 'sign' } as Input<'plan'>)
    expect((await sales.visits.view({ id: alone.id })).series).toBeNull()
    expect(await code(sales.visits.endSeries({ id: alone.id, from: '2026-05-19' as PlainDay }))).toBe(
      'VISIT_SERIES_EMPTY',
    )
    await sales.visits.remove(alone)
  })

  it('moves off the days that the firm does not work, and says so beforehand', async () => {
    // 19 June 2026 is the Dragon Boat Festival, a Friday.
    const asked = await sales.visits.seriesDays(question({ weekdays: [5], times: null, until: '2026-06-26' }))
    expect(asked.days.filter(({ day, asked: fell }) => day !== fell)).toEqual([
      { day: '2026-06-22', asked: '2026-06-19' },
    ])
    expect(asked).toMatchObject({ conflicts: [], uncertain: null })
    const beyond = await sales.visits.seriesDays(question({ repeat: 'months', monthDay: 0, times: 24 }))
    expect(beyond.uncertain).toBe('2026-12-31')
    const stays = question({ weekdays: [5], times: null, until: '2026-06-26', toWorkday: false })
    expect((await sales.visits.seriesDays(stays)).days.map(({ day }) => day)).toContain('2026-06-19')
  })

  it('shows what the same people have at that time, also as companions, within the scope only', async () => {
    const plan = (change: object) =>
      manager.visits.plan({ customerId, purpose: 'sign', startMinute: 600, ...change } as Input<'plan'>)
    const there = [
      await plan({ day: '2026-05-25', userId: t.ids.sales }),
      await plan({ day: '2026-06-01', withIds: [t.ids.sales] }),
      // Before it, without a time, and of somebody else: none is in the way.
      await plan({ day: '2026-06-08', userId: t.ids.sales, startMinute: 510, endMinute: 570 }),
      await plan({ day: '2026-05-18', userId: t.ids.sales, startMinute: null }),
      await plan({ day: '2026-05-18' }),
    ]
    expect((await sales.visits.seriesDays(question())).conflicts.map((one) => one.day)).toEqual(['2026-05-25'])
    const seen = await manager.visits.seriesDays(question({ userId: t.ids.sales }))
    expect(seen.conflicts.map((one) => [one.day, one.userName])).toEqual([
      ['2026-05-25', '张三'],
      ['2026-06-01', '王主管'],
    ])
    expect((await sales.visits.seriesDays(question({ startMinute: null, endMinute: null }))).conflicts).toEqual([])
    expect((await manager.visits.planSeries(series({ userId: t.ids.sales }))).conflicts).toBe(2)
    const id = await firstOf(sales, '2026-05-18')
    expect(await code(other.visits.endSeries({ id, from: '2026-05-18' as PlainDay }))).toBe('NOT_FOUND')
    expect(await sales.visits.endSeries({ id, from: '2026-05-18' as PlainDay })).toEqual({ count: 4 })
    for (const one of there) await manager.visits.remove(one)
  })

  it('leaves one visit where it was moved to, and keeps the day of those that were handed over', async () => {
    const made = await sales.visits.planSeries(series({ times: 2 }))
    const one = await sales.visits.get({ id: await firstOf(sales, '2026-05-25') })
    const to = { day: '2026-05-27', startMinute: 570, endMinute: 630, reason: '客户开会' }
    await sales.visits.reschedule({ id: one.id, version: one.version, ...to } as Input<'reschedule'>)
    t.clock.set(Date.parse('2026-05-20T02:00:00Z'))
    await sales.session.logIn({ login: 'sales', password: PASSWORD })
    const left = await sales.visits.view({ id: await firstOf(sales, '2026-05-18') })
    expect(left.series).toMatchObject({ id: made.id, nth: 1, count: 2, ahead: 1 })
    expect(await sales.visits.endSeries({ id: left.id, from: '2026-05-20' as PlainDay })).toEqual({ count: 1 })
    // The one that is over still waits for its report.
    expect(await days(sales, '2026-05-18', '2026-07-10')).toEqual(['2026-05-18'])
  })
})
