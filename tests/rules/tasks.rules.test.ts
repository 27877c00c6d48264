import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, weekday, type PlainDay } from '#shared/kernel/dates.ts'
import { isWorkday, makeCalendar } from '#shared/kernel/workdays.ts'
import {
  afterStep,
  daysLate,
  DUE_GROUPS,
  dueGroup,
  dueRange,
  earliestSnooze,
  endOfWeek,
  proposeSnooze,
  SNOOZES,
  TASK_STATES,
  TASK_STEPS,
  type TaskState,
} from '#shared/modules/tasks/tasks.rules.ts'

const day = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays(asDay('1990-01-01'), n))
const calendar = makeCalendar({
  holidays: [{ day: '2026-05-01' }, { day: '2026-05-04' }, { day: '2026-05-05' }],
  workingWeekends: ['2026-05-09'],
  validThrough: '2026-12-31',
})

describe('the states of a task', () => {
  it.each([
    ['open', 'done', 'done'],
    ['open', 'drop', 'dropped'],
    ['open', 'change', 'open'],
    ['open', 'reopen', null],
    ['done', 'reopen', 'open'],
    ['done', 'done', null],
    ['done', 'drop', null],
    ['done', 'change', null],
    ['dropped', 'reopen', 'open'],
    ['dropped', 'done', null],
    ['dropped', 'drop', null],
    ['dropped', 'change', null],
  ] as const)('%s by %s becomes %s', (state, step, next) => expect(afterStep(state, step)).toBe(next))

  it('a finished task comes back only by being reopened, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TASK_STEPS), { maxLength: 40 }), (steps) => {
        let state: TaskState = 'open'
        for (const step of steps) {
          const next = afterStep(state, step)
          if (next === null) continue
          if (state !== 'open') expect([step, next]).toEqual(['reopen', 'open'])
          state = next
        }
        expect(TASK_STATES).toContain(state)
      }),
    )
  })
})

describe('the groups of the inbox', () => {
  // 2026-05-18 is a Monday, 2026-05-24 the Sunday of its week.
  it.each([
    ['2026-05-17', '2026-05-18', 'overdue'],
    ['2026-05-18', '2026-05-18', 'today'],
    ['2026-05-19', '2026-05-18', 'week'],
    ['2026-05-24', '2026-05-18', 'week'],
    ['2026-05-25', '2026-05-18', 'later'],
    ['2026-05-25', '2026-05-24', 'later'],
    ['2026-05-23', '2026-05-24', 'overdue'],
  ])('due %s on %s is %s', (due, today, group) => expect(dueGroup(due, asDay(today))).toBe(group))

  it('each day stands in exactly one group, the one whose range holds it', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -60, max: 60 }), (today, offset) => {
        const due = addDays(today, offset)
        const holding = DUE_GROUPS.filter((group) => {
          const range = dueRange(group, today)
          return range !== null && (range.from ?? due) <= due && due <= (range.to ?? due)
        })
        expect(holding).toEqual([dueGroup(due, today)])
        expect(daysLate(due, today) > 0).toBe(dueGroup(due, today) === 'overdue')
      }),
    )
  })

  it('a week ends on a Sunday, at most six days on', () => {
    fc.assert(
      fc.property(day, (today) => {
        const sunday = endOfWeek(today)
        expect(weekday(sunday)).toBe(7)
        expect(sunday >= today && sunday <= addDays(today, 6)).toBe(true)
      }),
    )
  })
})

describe('putting off', () => {
  it.each([
    ['tomorrow', '2026-04-30', '2026-05-06'],
    ['tomorrow', '2026-05-08', '2026-05-09'],
    ['threeDays', '2026-05-18', '2026-05-21'],
    ['nextWeek', '2026-05-18', '2026-05-25'],
    ['nextMonth', '2026-05-22', '2026-06-22'],
  ] as const)('%s on %s proposes %s', (choice, today, expected) =>
    expect(proposeSnooze(choice, asDay(today), calendar)).toBe(expected),
  )

  it('always proposes a working day, tomorrow at the earliest', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...SNOOZES), (today, choice) => {
        const proposed: PlainDay = proposeSnooze(choice, today, calendar)
        expect(isWorkday(calendar, proposed)).toBe(true)
        expect(proposed >= earliestSnooze(today)).toBe(true)
      }),
    )
  })
})
