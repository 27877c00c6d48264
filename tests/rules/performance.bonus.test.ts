import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import {
  bonusCoefficient,
  bonusLine,
  bonusOf,
  gradeShares,
  presenceOf,
  serviceDays,
} from '#shared/modules/performance/performance.bonus.rules.ts'
import type { PersonSheet } from '#shared/modules/performance/performance.schema.ts'

const MAY = asMonth('2026-05')
/** Labour Day takes five days off, of which three are weekdays; 9 May is worked. */
const calendar = makeCalendar({
  holidays: ['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05'].map((day) => ({ day })),
  workingWeekends: ['2026-05-09'],
  validThrough: '2026-12-31',
})

describe('working days in service', () => {
  it.each([
    [null, null, 19],
    ['2020-01-01', '2030-01-01', 19],
    // A first and a last day count; on a day off nothing is lost.
    ['2026-05-05', null, 19],
    ['2026-05-06', null, 19],
    ['2026-05-07', null, 18],
    ['2026-05-29', null, 1],
    ['2026-05-30', null, 0],
    ['2026-06-01', null, 0],
    [null, '2026-05-31', 19],
    [null, '2026-05-28', 18],
    [null, '2026-05-09', 4],
    [null, '2026-05-08', 3],
    [null, '2026-05-05', 0],
    [null, '2026-04-30', 0],
    ['2026-05-11', '2026-05-15', 5],
  ] as const)('joined %s, left %s: %i of 19', (joined, left, days) => {
    expect(serviceDays(calendar, MAY, joined, left)).toEqual({ workdays: 19, inService: days })
  })
})

describe('presence', () => {
  it.each([
    [19, 19, 0, 10_000],
    [19, 19, 50, 9_737],
    [19, 19, 1_900, 0],
    [19, 19, 2_500, 0],
    [19, 0, 0, 0],
    [19, 5, 100, 2_105],
    [0, 0, 0, 0],
  ])('%i working days, %i in service, %i hundredths absent: %i basis points', (workdays, inService, absent, wanted) => {
    expect(presenceOf({ workdays, inService, absent })).toBe(wanted)
  })
})

describe('a bonus', () => {
  it.each([
    [300_000, 12_000, 10_000, 360_000],
    [300_000, 12_000, 9_737, 350_532],
    // Half a fen is a fen, rounded once: 1 × 50 % and 3 × 50 % × 50 %.
    [1, 5_000, 10_000, 1],
    [3, 5_000, 5_000, 1],
    [1, 5_000, 9_999, 0],
    [0, 12_000, 10_000, 0],
    [300_000, 0, 10_000, 0],
    [300_000, 12_000, 0, 0],
    [1_000_000_000, 50_000, 10_000, 5_000_000_000],
  ])('%i fen × %i × %i is %i fen', (base, coefficient, presence, wanted) => {
    expect(bonusOf(base, coefficient, presence)).toBe(wanted)
  })

  it('never falls where one factor rises', () => {
    const factors = fc.tuple(
      fc.integer({ min: 0, max: 1_000_000_000 }),
      fc.integer({ min: 0, max: 50_000 }),
      fc.integer({ min: 0, max: 10_000 }),
    )
    fc.assert(
      fc.property(factors, fc.nat(2), fc.nat(5_000), ([base, coefficient, presence], which, more) => {
        const raised = [base, coefficient, presence].map((one, i) => (i === which ? one + more : one))
        const bonus = bonusOf(base, coefficient, presence)
        expect(bonusOf(raised[0]!, raised[1]!, raised[2]!)).toBeGreaterThanOrEqual(bonus)
        const exact = (base * coefficient * presence) / 100_000_000
        expect(Math.abs(bonus - exact)).toBeLessThanOrEqual(0.5 + exact * 1e-12)
      }),
      { numRuns: 300 },
    )
  })

  it('counts with the coefficient of the grade, with the whole without grades, with nothing after a veto', () => {
    expect(bonusCoefficient({ vetoed: false, coefficient: 8_000 })).toBe(8_000)
    expect(bonusCoefficient({ vetoed: false, coefficient: null })).toBe(10_000)
    expect(bonusCoefficient({ vetoed: true, coefficient: 8_000 })).toBe(0)
    expect(bonusCoefficient({ vetoed: true, coefficient: null })).toBe(0)
  })
})

const GRADES = [
  { name: 'A', from: 9_000, coefficient: 12_000, most: 2_000 },
  { name: 'B', from: 0, coefficient: 10_000, most: null },
]
const person = (over: Partial<PersonSheet>): PersonSheet => ({
  userId: 'u',
  userName: '张三',
  teamName: null,
  schemeName: '甲',
  indicators: [],
  vetoed: false,
  total: 9_500,
  rank: 1,
  grade: 'A',
  coefficient: 12_000,
  grades: GRADES,
  ...over,
})
const FACTS = { workdays: 20, inService: 20, absent: 0, absentReason: '', base: 100_000, baseFrom: '2026-01' }

describe('a line of the bonus sheet', () => {
  it('says what it was at the lock only where it is another now', () => {
    expect(bonusLine(person({}), FACTS)).toMatchObject({ coefficient: 12_000, presence: 10_000, bonus: 120_000 })
    expect(bonusLine(person({}), { ...FACTS, lockedBonus: 120_000 })).not.toHaveProperty('lockedBonus')
    const corrected = bonusLine(person({ grade: 'B', coefficient: 10_000 }), { ...FACTS, lockedBonus: 120_000 })
    expect(corrected).toMatchObject({ bonus: 100_000, lockedBonus: 120_000 })
  })

  it('has no bonus where no base was agreed', () => {
    expect(bonusLine(person({}), { ...FACTS, base: null, baseFrom: null, lockedBonus: null })).toMatchObject({
      base: null,
      bonus: null,
    })
  })
})

describe('the shares of grades', () => {
  const people = (a: number, b: number, schemeName = '甲') => [
    ...Array.from({ length: a }, () => person({ schemeName })),
    ...Array.from({ length: b }, () => person({ schemeName, grade: 'B' })),
  ]
  it.each([
    [0, 5, false],
    [1, 4, false],
    [1, 3, true],
    [2, 8, false],
    [3, 8, true],
  ])('%i of A beside %i of B, at most 20 %%: over %s', (a, b, over) => {
    expect(gradeShares(people(a, b))[0]).toEqual({
      schemeName: '甲',
      grade: 'A',
      count: a,
      of: a + b,
      most: 2_000,
      over,
    })
  })

  it('are counted in each scheme by itself; a scheme without grades has none', () => {
    const shares = gradeShares([...people(1, 1), ...people(0, 3, '乙'), person({ schemeName: '', grades: [] })])
    expect(shares.map((one) => [one.schemeName, one.grade, one.count, one.of, one.over])).toEqual([
      ['甲', 'A', 1, 2, true],
      ['甲', 'B', 1, 2, false],
      ['乙', 'A', 0, 3, false],
      ['乙', 'B', 3, 3, false],
    ])
  })
})
