import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { addWorkdays, makeCalendar, workdaysBefore, workdaysBetween } from '#shared/kernel/workdays.ts'
import { expiryStep } from '#shared/modules/contracts/contracts.reminders.rules.ts'
import { contractReminders } from '#shared/modules/office/office.schema.ts'

describe('the step at which a term stands', () => {
  const today = asDay('2026-05-18')
  it.each([
    [61, null],
    [60, 60],
    [31, 60],
    [30, 30],
    [8, 30],
    [7, 7],
    [0, 7],
    [-1, null],
  ])('%s days before its end: %s', (left, step) => {
    expect(expiryStep(addDays(today, left), today, [60, 30, 7])).toBe(step)
  })
})

describe('working days back', () => {
  const calendar = makeCalendar({
    holidays: [{ day: '2026-05-01' }, { day: '2026-05-04' }, { day: '2026-05-05' }],
    workingWeekends: ['2026-05-09'],
    validThrough: '2026-12-31',
  })
  it.each([
    ['2026-05-18', 0, '2026-05-18'],
    ['2026-05-18', 1, '2026-05-17'],
    ['2026-05-18', 2, '2026-05-14'],
    ['2026-05-11', 2, '2026-05-08'],
    ['2026-05-06', 1, '2026-05-05'],
    ['2026-05-06', 2, '2026-04-29'],
  ])('before %s by %s is %s', (day, count, before) => {
    expect(workdaysBefore(calendar, asDay(day), count)).toBe(before)
  })

  it('leave exactly so many of them behind, and are the way back', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays(asDay('2026-01-01'), n))
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 40 }), (at, count) => {
        const before = workdaysBefore(calendar, at, count)
        expect(workdaysBetween(calendar, before, at)).toBe(count)
        expect(workdaysBetween(calendar, addDays(before, 1), at)).toBe(count - 1)
        expect(addWorkdays(calendar, before, count).day <= at).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the numbers of days', () => {
  const days = { expiryDays: [60, 30, 7], noticeDays: 30, unsignedDays: 10, scanDays: 10, dueDays: 7 }
  it.each([
    [{}, true],
    [{ expiryDays: [30] }, true],
    [{ expiryDays: [] }, false],
    [{ expiryDays: [30, 60] }, false],
    [{ expiryDays: [30, 30] }, false],
    [{ expiryDays: [400] }, false],
    [{ expiryDays: [7.5] }, false],
    [{ expiryDays: [60, 0] }, false],
    [{ dueDays: 0 }, false],
    [{ scanDays: 366 }, false],
  ])('%j are fit: %s', (over, fit) => {
    expect(contractReminders.safeParse({ ...days, ...over }).success).toBe(fit)
  })
})
