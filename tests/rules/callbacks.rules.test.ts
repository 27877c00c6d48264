import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { isWorkday, makeCalendar } from '#shared/kernel/workdays.ts'
import { callBackDue } from '#shared/modules/callbacks/callbacks.rules.ts'

const calendar = makeCalendar({
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'].map((day) => ({ day, name: '' })),
  workingWeekends: ['2026-10-10'],
  validThrough: '2026-12-31',
} as never)
const day = (text: string) => text as PlainDay

describe('the day of a call-back', () => {
  it.each([
    ['2026-05-04', 30, '2026-06-03', 'a Wednesday stays'],
    ['2026-05-07', 30, '2026-06-08', 'a Saturday goes on to Monday'],
    ['2026-09-01', 30, '2026-10-08', 'the first day after the holidays'],
    ['2026-09-10', 30, '2026-10-10', 'a Saturday that is worked counts as a working day'],
  ])('%s and %i days: %s, %s', (last, cycle, due) =>
    expect(callBackDue(day(last), cycle, calendar)).toEqual({ day: due, certain: true }),
  )

  it('is none where the grade has no cycle', () => expect(callBackDue(day('2026-05-04'), 0, calendar)).toBeNull())

  it('is not certain beyond the days the calendar knows', () =>
    expect(callBackDue(day('2026-12-20'), 30, calendar)?.certain).toBe(false))

  it('is always a working day, never before the cycle is over, and never further than the holidays are long', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 365 }), (offset, cycle) => {
        const last = addDays(day('2025-06-01'), offset)
        const due = callBackDue(last, cycle, calendar)?.day ?? last
        expect(isWorkday(calendar, due)).toBe(true)
        expect(due >= addDays(last, cycle)).toBe(true)
        expect(due <= addDays(last, cycle + 9)).toBe(true)
      }),
    ))
})
