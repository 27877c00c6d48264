import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import {
  courseOf,
  PROPOSALS,
  REPORT_STATES,
  type ReportFact,
} from '#shared/modules/dunning/dunning.escalations.rules.ts'
import { escalationFields } from '#shared/modules/dunning/dunning.escalations.schema.ts'

const DAY = asDay('2026-05-18')
const report = (state: ReportFact['state'], over: Partial<ReportFact> = {}): ReportFact => ({
  state,
  proposal: 'court',
  instalmentIds: ['a'],
  endedDay: null,
  ...over,
})
const course = (reports: readonly ReportFact[], open = ['a'], files = [] as readonly string[]) => {
  const made = files.map((id) => ({ day: DAY, instalmentIds: [id] }))
  const found = courseOf(reports, made, new Set(open))
  return [found.course, found.escalated] as const
}

describe('how a difficulty stands', () => {
  it.each([
    ['nothing was reported', [], ['none', false]],
    ['it waits for a decision', [report('asked')], ['awaited', true]],
    ['it came back', [report('returned')], ['returned', true]],
    ['it was withdrawn', [report('withdrawn')], ['none', false]],
    ['it was refused: the superior has spoken', [report('refused')], ['none', true]],
    ['it goes to court', [report('done')], ['court', true]],
    ['something else was decided', [report('done', { proposal: 'hold' })], ['none', true]],
    ['the way to court was ended', [report('done', { endedDay: DAY })], ['none', true]],
    ['it is asked once more', [report('done', { proposal: 'hold' }), report('asked')], ['awaited', true]],
    ['an older one came back and a later one was decided', [report('returned'), report('refused')], ['none', true]],
  ] as const)('%s', (_, reports, expected) => {
    expect(course(reports)).toEqual(expected)
  })

  it('follows the file for the court, and ends with what it is about', () => {
    expect(course([report('done')], ['a'], ['a'])).toEqual(['filed', true])
    expect(course([], ['a'], ['a'])).toEqual(['filed', false])
    expect(course([report('asked')], ['a'], ['a'])).toEqual(['awaited', true])
    expect(course([report('done')], ['b'], ['a'])).toEqual(['none', false])
  })

  it('never waits for anybody about debts that are paid', () => {
    const reports = fc.array(
      fc.record({
        state: fc.constantFrom(...REPORT_STATES),
        proposal: fc.constantFrom(...PROPOSALS),
        instalmentIds: fc.subarray(['a', 'b'], { minLength: 1 }),
        endedDay: fc.constantFrom(null, DAY),
      }),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(reports, (some) => {
        expect(courseOf(some, [], new Set(['c']))).toEqual({ course: 'none', escalated: false, fileDay: null })
      }),
    )
  })
})

describe('a report', () => {
  const fields = {
    customerId: '0198c0de-0000-7000-8000-000000000001',
    instalmentIds: ['0198c0de-0000-7000-8000-000000000002'],
    reason: 'cashShort',
    findings: '对方停产',
    said: '',
    proposal: 'goOn',
    dueDay: null,
    keepsAccrued: true,
    parts: null,
    firstDay: null,
    everyMonths: null,
  }
  const faults = (over: object) =>
    escalationFields.safeParse({ ...fields, ...over }).error?.issues.map((issue) => issue.path.join('.')) ?? []
  it('says what was found, and what its proposal needs', () => {
    expect(faults({})).toEqual([])
    expect(faults({ findings: ' ' })).toEqual(['findings'])
    expect(faults({ proposal: 'extension' })).toEqual(['dueDay'])
    expect(faults({ proposal: 'plan' })).toEqual(['parts', 'firstDay', 'everyMonths'])
    expect(faults({ proposal: 'plan', parts: 3, firstDay: '2026-06-01', everyMonths: 1 })).toEqual([])
    const [one] = fields.instalmentIds
    expect(faults({ instalmentIds: [one, one] })).toEqual(['instalmentIds'])
  })
})
