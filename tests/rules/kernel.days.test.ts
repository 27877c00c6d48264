import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  asDay,
  asMonth,
  dayOfMoment,
  diffDays,
  endOfMonth,
  isPlainDay,
  parseDay,
  shiftMonth,
  weekday,
} from '#shared/kernel/dates.ts'
import { addWorkdays, isWorkday, makeCalendar, nextWorkday, workdaysBetween } from '#shared/kernel/workdays.ts'

const anyDay = fc.integer({ min: 0, max: 90_000 }).map((n) => addDays(asDay('1950-01-01'), n))

describe('business days', () => {
  it.each(['2026-02-30', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', '1899-12-31', '2200-01-01', '2026-02-29'])(
    '%s does not exist',
    (text) => expect(isPlainDay(text)).toBe(false),
  )
  it.each([
    ['2026/1/5', '2026-01-05'],
    ['2026-1-5', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['２０２６．１．５', '2026-01-05'],
    ['20260105', '2026-01-05'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is read', (text, day) => expect(parseDay(text)).toBe(day))
  it.each(['2026-02-30', '5-Jan-26', 'tomorrow', '', '2026-1'])('%s is not', (text) =>
    expect(parseDay(text)).toBeNull(),
  )

  it('months end where they end', () => {
    expect(addMonths(asDay('2026-01-31'), 1)).toBe('2026-02-28')
    expect(addMonths(asDay('2025-08-31'), 36)).toBe('2028-08-31')
    expect(endOfMonth(asMonth('2028-02'))).toBe('2028-02-29')
    expect(shiftMonth(asMonth('2026-01'), -1)).toBe('2025-12')
  })
  it('months are added as Temporal adds them', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -300, max: 300 }), (day, months) => {
        const there = Temporal.PlainDate.from(day).add({ months }, { overflow: 'constrain' })
        expect(addMonths(day, months)).toBe(there.toString())
      }),
    )
  })
  it('adding and subtracting days undo each other', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
        expect(diffDays(day, addDays(day, n))).toBe(n)
        expect(addDays(addDays(day, n), -n)).toBe(day)
      }),
    )
  })
  it('the firm’s day is its zone’s, whatever the machine’s is', () => {
    const lateEvening = Date.parse('2026-05-17T16:30:00Z')
    expect(dayOfMoment(lateEvening, 'Asia/Shanghai')).toBe('2026-05-18')
    expect(dayOfMoment(lateEvening, 'UTC')).toBe('2026-05-17')
    expect(weekday(asDay('2026-05-18'))).toBe(1)
  })
})

describe('working days', () => {
  const file = new URL('../../resources/holidays/cn.json', import.meta.url)
  const calendar = makeCalendar(JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof makeCalendar>[0])

  it('know the holidays of 2026 and the weekends that are worked', () => {
    expect(isWorkday(calendar, asDay('2026-10-01'))).toBe(false)
    expect(isWorkday(calendar, asDay('2026-10-10'))).toBe(true)
    expect(isWorkday(calendar, asDay('2026-05-18'))).toBe(true)
    expect(isWorkday(calendar, asDay('2026-05-23'))).toBe(false)
    expect(nextWorkday(calendar, asDay('2026-10-01')).day).toBe('2026-10-08')
  })
  it('say where the calendar ends instead of guessing', () => {
    expect(addWorkdays(calendar, asDay('2026-12-30'), 1)).toEqual({ day: '2026-12-31', certain: true })
    expect(addWorkdays(calendar, asDay('2026-12-30'), 2)).toMatchObject({ certain: false })
  })
  it('as many lie between as were added', () => {
    const day = fc.integer({ min: 0, max: 700 }).map((n) => addDays(asDay('2024-01-01'), n))
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 60 }), (from, n) => {
        const to = addWorkdays(calendar, from, n).day
        expect(workdaysBetween(calendar, from, to)).toBe(n)
      }),
    )
  })
})
