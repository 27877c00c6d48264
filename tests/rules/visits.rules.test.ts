import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import {
  afterStep,
  clockOf,
  minuteOf,
  MINUTES_A_DAY,
  isLate,
  missingParts,
  overdueThrough,
  PURPOSES,
  reportDueDay,
  timesOf,
  VISIT_STATES,
  VISIT_STEPS,
  type ReportFacts,
} from '#shared/modules/visits/visits.rules.ts'

const calendar = makeCalendar({
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'].map((day) => ({ day, name: '' })),
  workingWeekends: ['2026-10-10'],
  validThrough: '2026-12-31',
} as never)
const day = (text: string) => text as PlainDay

describe('the state of a visit', () => {
  it.each([
    ['planned', 'change', 'planned'],
    ['planned', 'reschedule', 'planned'],
    ['planned', 'report', 'done'],
    ['planned', 'cancel', 'cancelled'],
    ['planned', 'incident', 'incident'],
    ['done', 'change', 'done'],
    ['done', 'report', 'done'],
    ['cancelled', 'reschedule', 'planned'],
    ['incident', 'reschedule', 'planned'],
  ] as const)('%s leads by %s to %s', (from, step, to) => expect(afterStep(from, step)).toBe(to))

  it('has no other step: what was held is never taken back', () => {
    const possible = VISIT_STATES.flatMap((state) => VISIT_STEPS.filter((step) => afterStep(state, step) !== null))
    expect(possible).toHaveLength(9)
    for (const step of VISIT_STEPS) expect(['done', null]).toContain(afterStep('done', step))
  })
})

const complete: ReportFacts = {
  channel: 'visit',
  purpose: 'develop',
  result: '试装正常',
  needs: '稳定交期',
  concerns: '',
  intent: 'B',
  evidence: '已列入采购计划',
  nextStep: '寄样',
  nextDay: '2026-05-20',
  noNextReason: '',
}

describe('a report', () => {
  it.each([
    ['is complete', {}, []],
    ['needs its result', { result: '' }, ['result']],
    ['needs what was heard', { needs: '' }, ['needs']],
    ['takes concerns for needs', { needs: '', concerns: '账期' }, []],
    ['needs the readiness where it is to develop', { intent: '' }, ['intent']],
    ['needs the readiness where it is to negotiate', { purpose: 'negotiate', intent: '' }, ['intent']],
    ['needs no readiness where it is to collect', { purpose: 'collect', intent: '', evidence: '' }, []],
    ['needs evidence for every readiness', { purpose: 'collect', evidence: '' }, ['evidence']],
    ['needs a day for the next step', { nextDay: null }, ['nextStep']],
    ['needs a next step', { nextStep: '', nextDay: null }, ['nextStep']],
    ['takes the reason why there is none', { nextStep: '', nextDay: null, noNextReason: '已办结' }, []],
    [
      'names everything at once',
      { result: '', needs: '', intent: '', nextStep: '', nextDay: null },
      ['result', 'needs', 'intent', 'nextStep'],
    ],
    ['of a phone call needs its result', { channel: 'phone', result: '' }, ['result']],
    ['of a phone call needs nothing more', { channel: 'phone', needs: '', intent: '', nextStep: '' }, []],
  ] as const)('%s', (_words, change, missing) =>
    expect(missingParts({ ...complete, ...change } as ReportFacts)).toEqual(missing),
  )

  it('never lacks less when something is taken out of it', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...PURPOSES),
        fc.subarray(['result', 'needs', 'concerns', 'evidence', 'nextStep', 'noNextReason'] as const),
        fc.constantFrom('result', 'needs', 'concerns', 'evidence', 'nextStep', 'noNextReason'),
        (purpose, empty, one) => {
          const blank = Object.fromEntries(empty.map((key) => [key, '']))
          const facts = { ...complete, noNextReason: '无', concerns: '账期', purpose, ...blank } as ReportFacts
          const had = missingParts(facts)
          expect(missingParts({ ...facts, [one]: '' })).toEqual(expect.arrayContaining(had))
        },
      ),
    ))
})

describe('the time for a report', () => {
  it.each([
    ['2026-05-11', 2, '2026-05-13', 'a Monday'],
    ['2026-05-14', 2, '2026-05-18', 'a Thursday: over the weekend'],
    ['2026-09-30', 2, '2026-10-09', 'before the holidays'],
    ['2026-10-08', 2, '2026-10-10', 'a Saturday that is worked counts'],
    ['2026-05-16', 0, '2026-05-16', 'on the day itself'],
  ])('of %s within %i working days ends on %s: %s', (visit, days, due) => {
    expect(reportDueDay(calendar, day(visit), days)).toBe(due)
    expect(isLate(calendar, day(visit), day(due), days)).toBe(false)
    expect(isLate(calendar, day(visit), addDays(day(due), 1), days)).toBe(true)
  })

  it('is over exactly for the days up to the one that a list compares with', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: -5, max: 60 }),
        (offset, days, back) => {
          const today = addDays(day('2026-01-01'), offset)
          const visit = addDays(today, -back)
          const through = overdueThrough(calendar, today, days)
          expect(visit <= through).toBe(isLate(calendar, visit, today, days))
        },
      ),
    ))
})

describe('the times of a visit', () => {
  it.each([
    [null, null, ''],
    [570, null, '09:30'],
    [570, 660, '09:30–11:00'],
    [0, 1440, '00:00–24:00'],
  ])('%s to %s are %s', (startMinute, endMinute, words) => expect(timesOf({ startMinute, endMinute })).toBe(words))
})

describe('a typed time', () => {
  it.each([
    ['9:30', 570],
    ['09:30', 570],
    ['0930', 570],
    ['930', 570],
    ['９：３０', 570],
    ['9', 540],
    [' 24:00 ', 1440],
    ['24:01', null],
    ['9:60', null],
    ['noon', null],
    ['', null],
  ])('%s is %s', (text, minute) => expect(minuteOf(text)).toBe(minute))

  it('is read as it is shown', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MINUTES_A_DAY }), (at) => {
        expect(minuteOf(clockOf(at))).toBe(at)
      }),
    ))
})
