import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import {
  gradeCounts,
  standingOf,
  withCycle,
  type CycleFacts,
} from '#shared/modules/performance/performance.cycle.rules.ts'
import {
  answerFields,
  calibrationFields,
  CALIBRATION_MOST,
} from '#shared/modules/performance/performance.cycle.schema.ts'
import { USUAL_CURVE } from '#shared/modules/performance/performance.curves.rules.ts'
import { ranked, scoreAll } from '#shared/modules/performance/performance.rules.ts'
import type { MonthSheet } from '#shared/modules/performance/performance.schema.ts'

const MAY = asMonth('2026-05')
const ID = '019a0000-0000-7000-8000-000000000001'
const GRADES = [
  { name: 'A', from: 9_000, coefficient: 12_000 },
  { name: 'B', from: 0, coefficient: 10_000 },
]
/** A month of people who made so many of ten visits; 'veto' where those had to be made. */
function sheetOf(visits: Readonly<Record<string, number>>, curve: 'usual' | 'veto' = 'usual'): MonthSheet {
  const item = {
    indicator: 'visits' as const,
    weight: 10_000,
    target: 10,
    curve: curve === 'veto' ? ({ kind: 'veto' } as const) : USUAL_CURVE,
    param: null,
  }
  const people = Object.entries(visits).map(([userId, rows]) => ({
    userId,
    userName: userId,
    teamName: null,
    schemeName: '',
    ...scoreAll([item], GRADES, () => ({ actual: rows, part: 0, whole: 0, rows })),
  }))
  return { month: MAY, locked: false, lockedAt: null, people: ranked(people) }
}
const facts = (over: Partial<CycleFacts> = {}): CycleFacts => ({
  calibrations: new Map(),
  confirmations: new Map(),
  appeals: [],
  ...over,
})
const given = (points: Readonly<Record<string, number>>) =>
  facts({
    calibrations: new Map(
      Object.entries(points).map(([userId, some]) => [userId, { points: some, reason: '带教新人', byName: '周总' }]),
    ),
  })
const of = (sheet: MonthSheet, userId: string) => sheet.people.find((person) => person.userId === userId)!

describe('calibration', () => {
  it('moves total, grade and rank, and leaves every figure as it was measured', () => {
    const before = sheetOf({ ann: 8, bob: 9 })
    const after = withCycle(before, given({ ann: 500, bob: -500 }))
    expect(of(after, 'ann')).toMatchObject({ total: 8_500, rank: 1, grade: 'B', calibration: { points: 500 } })
    expect(of(after, 'bob')).toMatchObject({ total: 8_500, rank: 1, grade: 'B' })
    expect(of(after, 'bob').indicators).toEqual(of(before, 'bob').indicators)
    expect(gradeCounts(before.people)).toEqual([
      { name: 'A', count: 1 },
      { name: 'B', count: 1 },
    ])
    expect(gradeCounts(after.people).map((one) => one.count)).toEqual([0, 2])
  })

  it('never goes below nothing, and a veto stands', () => {
    expect(of(withCycle(sheetOf({ ann: 0 }), given({ ann: -300 })), 'ann').total).toBe(0)
    expect(of(withCycle(sheetOf({ ann: 3 }, 'veto'), given({ ann: 500 })), 'ann')).toMatchObject({
      vetoed: true,
      total: 0,
    })
  })

  it.each([
    [CALIBRATION_MOST, true],
    [CALIBRATION_MOST + 1, false],
    [-CALIBRATION_MOST, true],
    [-CALIBRATION_MOST - 1, false],
    [0, true],
  ])('of %i hundredths is taken: %s', (points, taken) => {
    const fields = { month: '2026-05', userId: ID, points, reason: '带教新人' }
    expect(calibrationFields.safeParse(fields).success).toBe(taken)
  })

  it('moves nobody by more than the cap, whoever gets how much (fast-check)', () => {
    const points = fc.integer({ min: -CALIBRATION_MOST, max: CALIBRATION_MOST })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(14), points), { minLength: 1, maxLength: 8 }), (people) => {
        const before = sheetOf(Object.fromEntries(people.map(([visits], i) => [`p${i}`, visits])))
        const after = withCycle(before, given(Object.fromEntries(people.map(([, some], i) => [`p${i}`, some]))))
        for (const person of before.people) {
          const moved = of(after, person.userId).total - person.total
          expect(Math.abs(moved)).toBeLessThanOrEqual(CALIBRATION_MOST)
        }
        const order = after.people.map((person) => person.rank ?? 0)
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }),
      { numRuns: 200 },
    )
  })
})

describe('what a person says to his result', () => {
  const total = 8_000
  const confirmed = (agreed: number, day = '2026-06-03') =>
    facts({ confirmations: new Map([['ann', { total: agreed, day }]]) })
  const appeal = (state: 'open' | 'refused', answeredDay: string | null) =>
    ({ userId: 'ann', state, day: '2026-06-04', answeredDay }) as const

  it.each([
    ['nothing', facts(), { state: 'silent', day: null }],
    ['yes', confirmed(8_000), { state: 'confirmed', day: '2026-06-03' }],
    ['yes to another total', confirmed(7_900), { state: 'outdated', day: '2026-06-03' }],
    ['no', facts({ appeals: [appeal('open', null)] }), { state: 'appealed', day: '2026-06-04' }],
    [
      'no after yes',
      { ...confirmed(8_000), appeals: [appeal('open', null)] },
      { state: 'appealed', day: '2026-06-04' },
    ],
    [
      'no, and was answered',
      facts({ appeals: [appeal('refused', '2026-06-05')] }),
      { state: 'answered', day: '2026-06-05' },
    ],
    [
      'no, was answered and then yes',
      { ...confirmed(8_000, '2026-06-06'), appeals: [appeal('refused', '2026-06-05')] },
      { state: 'confirmed', day: '2026-06-06' },
    ],
    [
      'no of another person',
      facts({ appeals: [{ ...appeal('open', null), userId: 'bob' }] }),
      { state: 'silent', day: null },
    ],
  ] as const)('%s', (_what, said, wanted) => {
    expect(standingOf({ userId: 'ann', total }, said)).toEqual(wanted)
  })

  it('a refused appeal is not calibrated by its answer', () => {
    const fields = { id: ID, upheld: false, answer: '数据无误', points: null }
    expect(answerFields.safeParse(fields).success).toBe(true)
    expect(answerFields.safeParse({ ...fields, points: 100 }).success).toBe(false)
    expect(answerFields.safeParse({ ...fields, upheld: true, points: 100 }).success).toBe(true)
  })
})
