import { describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import type { ConsequenceLine } from '#shared/modules/performance/performance.policy.schema.ts'
import { lineIn, suggestionsOf, type LockedMonth } from '#shared/modules/performance/performance.proposals.rules.ts'
import { proposalFields } from '#shared/modules/performance/performance.proposals.schema.ts'

const GRADES = [
  { name: 'A', from: 9_000, coefficient: 12_000 },
  { name: 'B', from: 0, coefficient: 10_000 },
]
const line = (from: string, more: Partial<ConsequenceLine> = {}): ConsequenceLine => ({
  from: asMonth(from),
  bestMonths: 3,
  weakMonths: 3,
  weakRate: 6_000,
  below: 6_000,
  ...more,
})
type Rates = Partial<Record<Indicator, number | null>>

/** A locked month of ann; null: the indicator was not measured. */
function month(at: string, grade: string | null, total: number, rates: Rates = {}, grades = GRADES): LockedMonth {
  const indicators = Object.entries(rates).map(([indicator, rate]) => ({
    indicator: indicator as Indicator,
    rate: rate ?? 0,
    applicable: rate !== null,
  }))
  const person = { userId: 'ann', userName: '安', indicators, total, grade, grades }
  return { month: asMonth(at), person: person as unknown as LockedMonth['person'] }
}
const causes = (months: LockedMonth[], lines = [line('2000-01')]) =>
  suggestionsOf(months, lines).map((one) => one.cause)
const best = (at: string) => month(at, 'A', 9_500)
const weak = (at: string, rate: number | null) => month(at, 'B', 8_000, { visits: rate })

describe('what locked months suggest', () => {
  it.each<[string, LockedMonth[], string[]]>([
    ['nothing at all', [], []],
    ['the best grade three months on end', [best('2026-05'), best('2026-04'), best('2026-03')], ['best']],
    ['two of them', [best('2026-05'), best('2026-04')], []],
    ['a month between them that is missing', [best('2026-05'), best('2026-04'), best('2026-02')], []],
    ['another grade in the latest', [month('2026-05', 'B', 8_000), best('2026-04'), best('2026-03')], []],
    [
      'another grade before the three',
      [best('2026-05'), best('2026-04'), best('2026-03'), month('2026-02', 'B', 7_000)],
      ['best'],
    ],
    [
      'the only grade there is',
      ['2026-05', '2026-04', '2026-03'].map((at) => month(at, 'A', 9_500, {}, GRADES.slice(0, 1))),
      [],
    ],
    ['no grade', ['2026-05', '2026-04', '2026-03'].map((at) => month(at, null, 9_500, {}, [])), []],
    ['a total below the line', [month('2026-05', 'B', 5_999, { visits: 7_000 })], ['below']],
    ['a total at the line', [month('2026-05', 'B', 6_000, { visits: 7_000 })], []],
    ['a total of nothing that was measured', [month('2026-05', 'B', 0, { visits: null })], []],
    ['a total below the line that has passed', [month('2026-05', 'B', 8_000), month('2026-04', 'B', 100)], []],
    ['a weak mean', [weak('2026-05', 5_999), weak('2026-04', 5_999), weak('2026-03', 5_999)], ['weak:visits']],
    ['a mean at the line', [weak('2026-05', 6_000), weak('2026-04', 6_000), weak('2026-03', 6_000)], []],
    ['a weak month among better ones', [weak('2026-05', 0), weak('2026-04', 9_000), weak('2026-03', 9_000)], []],
    ['a month in which it was not measured', [weak('2026-05', 100), weak('2026-04', null), weak('2026-03', 100)], []],
  ])('of %s', (_what, months, expected) => {
    expect(causes(months)).toEqual(expected)
  })

  it('goes with what it rests on', () => {
    expect(
      suggestionsOf([weak('2026-05', 3_000), weak('2026-04', 4_000), weak('2026-03', 5_000)], [line('2000-01')]),
    ).toEqual([
      {
        userId: 'ann',
        userName: '安',
        cause: 'weak:visits',
        kinds: ['training', 'coaching'],
        indicator: 'visits',
        months: ['2026-03', '2026-04', '2026-05'],
        grade: null,
        figure: 4_000,
      },
    ])
  })

  it('follows the line of the latest month', () => {
    const lines = [line('2026-05', { bestMonths: 2 }), line('2000-01')]
    expect(causes([best('2026-05'), best('2026-04')], lines)).toEqual(['best'])
    expect(causes([best('2026-04'), best('2026-03')], lines)).toEqual([])
  })
})

describe('the line of a month', () => {
  const lines = [line('2026-03'), line('2025-01'), line('2026-07')]
  it.each([
    ['2025-01', '2025-01'],
    ['2026-02', '2025-01'],
    ['2026-03', '2026-03'],
    ['2026-06', '2026-03'],
    ['2027-01', '2026-07'],
    // Before the first line there is none other.
    ['2024-12', '2025-01'],
  ])('%s is that of %s', (at, from) => {
    expect(lineIn(lines, at).from).toBe(from)
  })
})

describe('a proposal', () => {
  const fields = {
    userId: '019a0000-0000-7000-8000-000000000001',
    reason: '连续三月优秀',
    basis: '',
    untilDay: '2026-07-01',
    cause: '',
    lastMonth: null,
  }
  it.each([
    ['promotion', '', true],
    ['raise', '', true],
    ['training', '', false],
    ['training', '谈判技巧', true],
    ['coaching', '', false],
    ['transfer', '', false],
    ['transfer', '内勤', true],
  ])('of %s in “%s” is taken: %s', (kind, subject, taken) => {
    expect(proposalFields.safeParse({ ...fields, kind, subject }).success).toBe(taken)
  })
})
