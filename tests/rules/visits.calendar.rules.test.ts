import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, monthOf, weekday } from '#shared/kernel/dates.ts'
import {
  conflicting,
  inConflict,
  inOrderOfDay,
  weekOf,
  weeksOfMonth,
  type Placed,
} from '#shared/modules/visits/visits.calendar.rules.ts'

const anyDay = fc.integer({ min: 0, max: 4000 }).map((n) => addDays(asDay('2020-01-01'), n))
const visit = (over: Partial<Placed> = {}): Placed => ({
  id: 'v1',
  userId: 'a',
  withIds: [],
  day: '2026-05-18',
  startMinute: 540,
  endMinute: 600,
  state: 'planned',
  ...over,
})
const anyVisit = fc
  .record({
    id: fc.uuid(),
    userId: fc.constantFrom('a', 'b', 'c'),
    withIds: fc.subarray(['a', 'b', 'c']),
    day: fc.constantFrom('2026-05-18', '2026-05-19'),
    startMinute: fc.option(fc.integer({ min: 0, max: 1380 })),
    length: fc.option(fc.integer({ min: 1, max: 240 })),
    state: fc.constantFrom('planned', 'planned', 'done'),
  })
  .map(({ length, ...one }) => ({
    ...one,
    endMinute: one.startMinute === null || length === null ? null : one.startMinute + length,
  }))

describe('weeks', () => {
  it('are seven days from a Monday, with the day among them', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const week = weekOf(day)
        expect(week.map(weekday)).toEqual([1, 2, 3, 4, 5, 6, 7])
        expect(week).toContain(day)
      }),
    )
  })

  it('of a month hold each of its days once, in their order, and end with the week of its last', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const days = weeksOfMonth(day).flat()
        expect(days).toEqual(days.map((_, i) => addDays(days[0]!, i)))
        const own = days.filter((one) => monthOf(one) === monthOf(day))
        expect(own[0]?.slice(8)).toBe('01')
        expect(monthOf(addDays(own.at(-1)!, 1))).not.toBe(monthOf(day))
        expect(days.length - own.length).toBeLessThanOrEqual(12)
      }),
    )
  })
})

describe('a conflict', () => {
  it.each<[string, Partial<Placed>, boolean]>([
    ['is two at the same time', { startMinute: 570, endMinute: 630 }, true],
    ['is not one after the other', { startMinute: 600, endMinute: 660 }, false],
    ['is one that only has a beginning', { startMinute: 500, endMinute: null }, true],
    ['is not one without a time', { startMinute: null, endMinute: null }, false],
    ['is not on another day', { day: '2026-05-19' }, false],
    ['is not of another person', { userId: 'b' }, false],
    ['is of a companion', { userId: 'b', withIds: ['a'] }, true],
    ['is not with what is done', { state: 'done' }, false],
  ])('%s', (_name, over, expected) => {
    expect(inConflict(visit(), visit({ id: 'v2', ...over }))).toBe(expected)
  })

  it('is one for both, and none with oneself', () => {
    fc.assert(
      fc.property(anyVisit, anyVisit, (one, other) => {
        expect(inConflict(one, other)).toBe(inConflict(other, one))
        expect(inConflict(one, one)).toBe(false)
      }),
    )
  })

  it('names exactly those that have one', () => {
    fc.assert(
      fc.property(fc.array(anyVisit, { maxLength: 12 }), (visits) => {
        const named = conflicting(visits)
        for (const one of visits) expect(named.has(one.id)).toBe(visits.some((other) => inConflict(one, other)))
      }),
    )
  })
})

it('a day begins with what has no time', () => {
  const visits = [visit({ id: 'c', startMinute: 600 }), visit({ id: 'b', startMinute: null }), visit({ id: 'a' })]
  expect(inOrderOfDay(visits).map((one) => one.id)).toEqual(['b', 'a', 'c'])
})
