import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, endOfMonth, weekday } from '#shared/kernel/dates.ts'
import { isWorkday, makeCalendar } from '#shared/kernel/workdays.ts'
import { LAST_WORKDAY, MAX_SERIES, seriesDays, type SeriesRule } from '#shared/modules/visits/visits.series.rules.ts'

/** The week of 1 October off, the Saturday after it worked. */
const calendar = makeCalendar({
  holidays: Array.from({ length: 7 }, (_, i) => ({ day: addDays(asDay('2026-10-01'), i) })),
  workingWeekends: ['2026-10-10'],
  validThrough: '2026-12-31',
})
const rule = (over: Partial<SeriesRule> = {}): SeriesRule => ({
  repeat: 'weeks',
  every: 1,
  weekdays: [1],
  monthDay: 1,
  until: null,
  times: 4,
  toWorkday: false,
  ...over,
})
const days = (first: string, over: Partial<SeriesRule>) =>
  seriesDays(calendar, asDay(first), rule(over)).map((one) => one.day)

describe('a series', () => {
  it.each<[string, string, Partial<SeriesRule>, string[]]>([
    [
      'every third day',
      '2026-05-18',
      { repeat: 'days', every: 3, times: 3 },
      ['2026-05-18', '2026-05-21', '2026-05-24'],
    ],
    [
      'on Mondays and Thursdays, from a Wednesday',
      '2026-05-20',
      { weekdays: [4, 1, 4] },
      ['2026-05-21', '2026-05-25', '2026-05-28', '2026-06-01'],
    ],
    [
      'every other week, counted from the week of the first day',
      '2026-05-20',
      { every: 2, weekdays: [1, 5], until: asDay('2026-06-05'), times: null },
      ['2026-05-22', '2026-06-01', '2026-06-05'],
    ],
    [
      'on the 31st, in a shorter month on its last day',
      '2026-01-31',
      { repeat: 'months', monthDay: 31 },
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'],
    ],
    [
      'on the first day of a month that is not over',
      '2026-05-02',
      { repeat: 'months', monthDay: 1, times: 2 },
      ['2026-06-01', '2026-07-01'],
    ],
    [
      'on the last working day of a month',
      '2026-05-18',
      { repeat: 'months', monthDay: LAST_WORKDAY, times: 3 },
      ['2026-05-29', '2026-06-30', '2026-07-31'],
    ],
    [
      'off days that are not worked, onto the weekend day that is',
      '2026-10-02',
      { weekdays: [5, 6], toWorkday: true, times: 3 },
      ['2026-10-08', '2026-10-09', '2026-10-10'],
    ],
    [
      'not onto a day after its end',
      '2026-09-24',
      { weekdays: [4], toWorkday: true, until: asDay('2026-10-05'), times: null },
      ['2026-09-24'],
    ],
    ['of no day at all', '2026-05-19', { until: asDay('2026-05-22'), times: null }, []],
  ])('%s', (_name, first, over, expected) => {
    expect(days(first, over)).toEqual(expected)
  })

  it('says which day it was moved from', () => {
    expect(seriesDays(calendar, asDay('2026-10-01'), rule({ weekdays: [4], times: 2, toWorkday: true }))).toEqual([
      { day: '2026-10-08', asked: '2026-10-01' },
      { day: '2026-10-15', asked: '2026-10-15' },
    ])
  })
})

const anyDay = fc.integer({ min: 0, max: 3000 }).map((n) => addDays(asDay('2020-01-01'), n))
const anyRule = fc.record({
  repeat: fc.constantFrom('days', 'weeks', 'months'),
  every: fc.integer({ min: 1, max: 60 }),
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  monthDay: fc.integer({ min: 0, max: 31 }),
  times: fc.integer({ min: 1, max: MAX_SERIES }),
  toWorkday: fc.boolean(),
})
const anyCalendar = fc
  .record({ off: fc.array(anyDay, { maxLength: 200 }), worked: fc.array(anyDay, { maxLength: 50 }) })
  .map(({ off, worked }) =>
    makeCalendar({
      holidays: off.map((day) => ({ day })),
      workingWeekends: worked.filter((day) => weekday(day) > 5),
      validThrough: '2030-12-31',
    }),
  )

describe('every series', () => {
  it('has strictly increasing days from its first on, as many as are asked for', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, anyRule, (known, first, asked) => {
        const found = seriesDays(known, first, { ...asked, until: null } as SeriesRule)
        expect(found.length).toBeLessThanOrEqual(asked.times)
        if (asked.every <= 3) expect(found).toHaveLength(asked.times)
        for (const [i, one] of found.entries()) {
          expect(one.day >= first && one.day > (found[i - 1]?.day ?? '')).toBe(true)
          expect(asked.toWorkday ? one.day >= one.asked : one.day === one.asked).toBe(true)
        }
      }),
    )
  })

  it('falls on working days where that is asked for, and on the weekdays that are named where it is not', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, anyRule, (known, first, asked) => {
        for (const one of seriesDays(known, first, { ...asked, until: null } as SeriesRule)) {
          if (asked.toWorkday) expect(isWorkday(known, one.day)).toBe(true)
          if (asked.repeat === 'weeks') expect(asked.weekdays).toContain(weekday(one.asked))
          const { repeat, monthDay } = asked
          if (repeat === 'months' && monthDay > 0) {
            expect(Number(one.asked.slice(8))).toBe(Math.min(monthDay, Number(endOfMonth(one.asked).slice(8))))
          }
        }
      }),
    )
  })

  it('has no day after its end, and at most one more than a series may have', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, anyRule, fc.integer({ min: 0, max: 800 }), (known, first, asked, length) => {
        const until = addDays(first, length)
        const found = seriesDays(known, first, { ...asked, until, times: null } as SeriesRule)
        expect(found.length).toBeLessThanOrEqual(MAX_SERIES + 1)
        for (const one of found) expect(one.day <= until).toBe(true)
      }),
    )
  })
})
