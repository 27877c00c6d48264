import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import {
  changedFigures,
  correctedSheet,
  type Correction,
} from '#shared/modules/performance/performance.corrections.rules.ts'
import { correctionFields } from '#shared/modules/performance/performance.corrections.schema.ts'
import { USUAL_CURVE } from '#shared/modules/performance/performance.curves.rules.ts'
import { INDICATOR_CODES, type Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { figureOf, ranked, scoreAll } from '#shared/modules/performance/performance.rules.ts'
import type { MonthSheet, SourceRow } from '#shared/modules/performance/performance.schema.ts'

const MAY = asMonth('2026-05')
const GRADES = [
  { name: 'A', from: 9_000, coefficient: 12_000 },
  { name: 'B', from: 0, coefficient: 10_000 },
]
const ITEMS: readonly [Indicator, number, number][] = [
  ['visits', 4_000, 4],
  ['collectionRate', 3_000, 10_000],
  ['trainingHours', 3_000, 800],
]
type Rows = Partial<Record<Indicator, readonly Pick<SourceRow, 'amount' | 'received'>[]>>

/** A month of these people, each with the rows that his figures count. */
function sheetOf(people: Readonly<Record<string, Rows>>): MonthSheet {
  const items = ITEMS.map(([indicator, weight, target]) => ({
    indicator,
    weight,
    target,
    curve: USUAL_CURVE,
    param: null,
  }))
  const sheets = Object.entries(people).map(([userId, rows]) => ({
    userId,
    userName: userId,
    teamName: null,
    schemeName: '',
    ...scoreAll(items, GRADES, (indicator) => figureOf(indicator, rows[indicator] ?? [])),
  }))
  return { month: MAY, locked: true, lockedAt: 1, people: ranked(sheets) }
}
const visits = (count: number) => Array.from({ length: count }, () => ({ amount: 0, received: 0 }))
const LOCKED = sheetOf({
  ann: { visits: visits(2), collectionRate: [{ amount: 1_000, received: 500 }] },
  bob: { visits: visits(3), collectionRate: [{ amount: 1_000, received: 500 }] },
})
const correction = (userId: string, indicator: Indicator, value: number): Correction => ({
  month: MAY,
  userId,
  indicator,
  value,
  reason: '漏记',
  evidence: '',
  askedByName: '李主管',
  decidedByName: '周总',
  decidedDay: '2026-06-12',
})
const of = (sheet: MonthSheet, userId: string) => sheet.people.find((person) => person.userId === userId)!

describe('a correction', () => {
  it('is scored by the rules of the locked month, with what was locked beside it', () => {
    const sheet = correctedSheet(LOCKED, [correction('ann', 'visits', 4)])
    const [first] = of(sheet, 'ann').indicators
    expect(first).toMatchObject({ actual: 4, rate: 10_000, score: 4_000 })
    expect(first?.corrected).toMatchObject({
      lockedActual: 2,
      lockedScore: 2_000,
      reason: '漏记',
      decidedByName: '周总',
    })
    // 4,000 + 1,500 of 70 % that was measured.
    expect(of(sheet, 'ann')).toMatchObject({ total: 7_857, rank: 1, asLocked: { total: 5_000, rank: 2, grade: 'B' } })
    expect(of(sheet, 'bob')).toMatchObject({ rank: 2, asLocked: { total: 6_429, rank: 1 } })
  })

  it('makes measured what was not: an entry that was missing, a rate of which nothing was due', () => {
    const sheet = correctedSheet(LOCKED, [
      correction('ann', 'trainingHours', 800),
      correction('bob', 'collectionRate', 10_000),
    ])
    expect(of(sheet, 'ann').indicators[2]).toMatchObject({ applicable: true, score: 3_000 })
    expect(of(sheet, 'ann').indicators[2]?.corrected?.lockedActual).toBeNull()
    expect(of(sheet, 'bob').indicators[1]).toMatchObject({ actual: 10_000, score: 3_000 })
    const nothingDue = sheetOf({ ann: { visits: visits(1) } })
    const corrected = correctedSheet(nothingDue, [correction('ann', 'collectionRate', 5_000)])
    expect(of(corrected, 'ann').indicators[1]).toMatchObject({ applicable: true, actual: 5_000, score: 1_500 })
  })

  it('of another month, person or indicator changes nothing', () => {
    const others = [
      { ...correction('ann', 'visits', 4), month: '2026-04' },
      correction('carl', 'visits', 4),
      correction('ann', 'examResult', 100),
    ]
    expect(correctedSheet(LOCKED, others)).toEqual(LOCKED)
  })

  it.each([
    ['visits', -1, false],
    ['visits', 0, true],
    ['collectionRate', 10_000, true],
    ['collectionRate', 10_001, false],
    ['review360', 99, false],
    ['review360', 500, true],
    ['collected', -5_000, true],
  ] as const)('of %s to %i is taken: %s', (indicator, value, taken) => {
    const id = '019a0000-0000-7000-8000-000000000001'
    const fields = { month: '2026-05', userId: id, indicator, value, reason: '漏记', evidence: '' }
    expect(correctionFields.safeParse(fields).success).toBe(taken)
  })
})

const rows = fc.record({
  visits: fc.nat(6).map(visits),
  collectionRate: fc.array(
    fc
      .nat(1_000)
      .chain((received) =>
        fc.record({ amount: fc.integer({ min: received, max: 1_000 }), received: fc.constant(received) }),
      ),
    { maxLength: 3 },
  ),
  trainingHours: fc.array(fc.record({ amount: fc.nat(1_600), received: fc.constant(0) }), { maxLength: 1 }),
})
const firm = fc.dictionary(fc.constantFrom('ann', 'bob', 'carl', 'dora'), rows, { minKeys: 1, noNullPrototype: true })

describe('a locked month (fast-check)', () => {
  it('says of every figure that today’s records change, and of no other; each said one can be put right', () => {
    fc.assert(
      fc.property(firm, firm, (then, now) => {
        const locked = sheetOf(then)
        const kept = structuredClone(locked)
        const fresh = sheetOf({ ...then, ...now })
        const changes = changedFigures(locked.people, fresh.people)
        for (const { userId, indicators } of locked.people) {
          for (const { indicator, ...was } of indicators) {
            const is = of(fresh, userId).indicators.find((one) => one.indicator === indicator)!
            const differs = was.applicable !== is.applicable || (is.applicable && was.actual !== is.actual)
            expect(changes.some((one) => one.userId === userId && one.indicator === indicator)).toBe(differs)
          }
        }
        const put = changes.flatMap(({ userId, indicator, now: value }) =>
          value === null ? [] : [correction(userId, indicator, value)],
        )
        const corrected = correctedSheet(locked, put)
        // What is left are figures that no record gives any more: a correction cannot say so.
        expect(changedFigures(corrected.people, fresh.people).every((one) => one.now === null)).toBe(true)
        expect(locked).toEqual(kept)
      }),
      { numRuns: 300 },
    )
  })

  it('corrected to what it has comes to the same totals, grades and ranks', () => {
    fc.assert(
      fc.property(firm, fc.constantFrom<Indicator>(...INDICATOR_CODES), (then, indicator) => {
        const locked = sheetOf(then)
        const same = locked.people.flatMap((person) =>
          person.indicators
            .filter((one) => one.indicator === indicator && one.applicable)
            .map((one) => correction(person.userId, indicator, one.actual)),
        )
        const told = ({ people }: MonthSheet) =>
          people.map(({ userId, total, rank, grade }) => ({ userId, total, rank, grade }))
        const corrected = correctedSheet(locked, same)
        expect(told(corrected)).toEqual(told(locked))
        expect(corrected.people.every((person) => person.asLocked === undefined)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
