import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import {
  achieved,
  rateBy,
  scoringCurve,
  USUAL_CURVE,
  type ScoringCurve,
} from '#shared/modules/performance/performance.curves.rules.ts'
import {
  CATALOGUE,
  INDICATOR_CODES,
  type Indicator,
} from '#shared/modules/performance/performance.indicators.schema.ts'
import { lockDay } from '#shared/modules/performance/performance.period.rules.ts'
import { NO_EXTRA } from '#shared/modules/performance/performance.extra.schema.ts'
import { USUAL_WEIGHTS } from '#shared/modules/performance/performance.review.schema.ts'
import {
  figureOf,
  isVetoed,
  ranked,
  scoreAll,
  scoreIndicator,
  totalScore,
} from '#shared/modules/performance/performance.rules.ts'
import {
  editionsIn,
  gradeOf,
  schemeFor,
  withTargets,
  type SchemeInForce,
} from '#shared/modules/performance/performance.schemes.rules.ts'
import type { SourceRow } from '#shared/modules/performance/performance.schema.ts'
import { mostOfEach, shortened } from '#shared/modules/performance/performance.sources.rules.ts'
import { yearOf, yearTotal } from '#shared/modules/performance/performance.year.rules.ts'
import { schemeBody, type SchemeItem } from '#shared/modules/performance/performance.schemes.schema.ts'

const LINEAR: ScoringCurve = { kind: 'linear', floor: 5_000, cap: 12_000 }
const STEPS: ScoringCurve = {
  kind: 'steps',
  steps: [
    { from: 8_000, gives: 6_000 },
    { from: 10_000, gives: 10_000 },
    { from: 12_000, gives: 12_000 },
  ],
}
const DEDUCTION: ScoringCurve = { kind: 'deduction', per: 2, deduct: 1_500, floor: 4_000 }
const VETO: ScoringCurve = { kind: 'veto' }

describe('a scoring curve', () => {
  it.each([
    ['linear, below the floor', LINEAR, 'more', 1_000, 499, 5_000],
    ['linear, at the floor', LINEAR, 'more', 1_000, 500, 5_000],
    ['linear, above the floor', LINEAR, 'more', 1_000, 501, 5_010],
    ['linear, at the target', LINEAR, 'more', 1_000, 1_000, 10_000],
    ['linear, below the cap', LINEAR, 'more', 1_000, 1_199, 11_990],
    ['linear, at the cap', LINEAR, 'more', 1_000, 1_200, 12_000],
    ['linear, above the cap', LINEAR, 'more', 1_000, 1_201, 12_000],
    ['linear, rounded half up', USUAL_CURVE, 'more', 80_000, 4, 1],
    ['linear, a negative actual', USUAL_CURVE, 'more', 1_000, -500, 0],
    ['linear, less is better: at the target', LINEAR, 'less', 1_000, 1_000, 10_000],
    ['linear, less is better: half of it', LINEAR, 'less', 1_000, 500, 12_000],
    ['linear, less is better: just under the cap', LINEAR, 'less', 1_000, 801, 11_990],
    ['linear, less is better: twice as much', LINEAR, 'less', 1_000, 2_000, 5_000],
    ['linear, less is better: nothing allowed, nothing there', LINEAR, 'less', 0, 0, 10_000],
    ['linear, less is better: nothing allowed, something there', LINEAR, 'less', 0, 1, 5_000],
    ['steps, below the first', STEPS, 'more', 10_000, 7_999, 0],
    ['steps, at the first', STEPS, 'more', 10_000, 8_000, 6_000],
    ['steps, below the second', STEPS, 'more', 10_000, 9_999, 6_000],
    ['steps, at the second', STEPS, 'more', 10_000, 10_000, 10_000],
    ['steps, at the last', STEPS, 'more', 10_000, 12_000, 12_000],
    ['steps, far above the last', STEPS, 'more', 10_000, 99_000, 12_000],
    ['steps, less is better', STEPS, 'less', 10_000, 8_000, 12_000],
    ['deduction, above the target', DEDUCTION, 'more', 10, 11, 10_000],
    ['deduction, at the target', DEDUCTION, 'more', 10, 10, 10_000],
    ['deduction, less than a unit missing', DEDUCTION, 'more', 10, 9, 10_000],
    ['deduction, one unit missing', DEDUCTION, 'more', 10, 8, 8_500],
    ['deduction, four units missing', DEDUCTION, 'more', 10, 2, 4_000],
    ['deduction, below the floor', DEDUCTION, 'more', 10, 0, 4_000],
    ['deduction, less is better: over by a unit', DEDUCTION, 'less', 10, 12, 8_500],
    ['veto, at the target', VETO, 'more', 9_000, 9_000, 10_000],
    ['veto, below the target', VETO, 'more', 9_000, 8_999, 0],
    ['veto, less is better: at the target', VETO, 'less', 100, 100, 10_000],
    ['veto, less is better: above the target', VETO, 'less', 100, 101, 0],
  ] as const)('%s', (_what, curve, better, target, actual, rate) => {
    expect(rateBy(curve, better, target, actual)).toBe(rate)
  })

  it('says how far a target is reached before floor and cap', () => {
    expect([achieved('more', 3, 1), achieved('more', 3, 2), achieved('less', 4, 1)]).toEqual([3_333, 6_667, 17_500])
  })

  it('refuses steps out of order, units of nothing and rates beyond what any scheme gives', () => {
    const refused = [
      { kind: 'steps', steps: [] },
      { kind: 'steps', steps: [...STEPS.steps].reverse() },
      { kind: 'steps', steps: [STEPS.steps[0], STEPS.steps[0]] },
      { kind: 'deduction', per: 0, deduct: 100, floor: 0 },
      { kind: 'linear', floor: 10_001, cap: 12_000 },
      { kind: 'linear', floor: 0, cap: 30_001 },
      { kind: 'linear', floor: Number.NaN, cap: 10_000 },
    ]
    for (const curve of refused) expect([curve, scoringCurve.safeParse(curve).success]).toEqual([curve, false])
  })
})

const rate = (most: number) => fc.integer({ min: 0, max: most })
const anyCurve: fc.Arbitrary<ScoringCurve> = fc.oneof(
  fc.record({
    kind: fc.constant('linear' as const),
    floor: rate(10_000),
    cap: fc.integer({ min: 10_000, max: 30_000 }),
  }),
  fc
    .uniqueArray(rate(30_000), { minLength: 1, maxLength: 6 })
    .chain((from) => fc.tuple(fc.constant(from.toSorted((a, b) => a - b)), fc.array(rate(30_000), { minLength: 6 })))
    .map(([from, gives]) => ({
      kind: 'steps' as const,
      steps: from.map((one, i) => ({ from: one, gives: gives[i] ?? 0 })),
    })),
  fc.record({
    kind: fc.constant('deduction' as const),
    per: fc.integer({ min: 1, max: 1_000_000 }),
    deduct: rate(10_000),
    floor: rate(10_000),
  }),
  fc.constant(VETO),
)
const figure = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
const anyItem: fc.Arbitrary<SchemeItem> = fc.record({
  indicator: fc.constantFrom<Indicator>(...INDICATOR_CODES),
  weight: rate(10_000),
  target: fc.integer({ min: 0, max: 1_000_000_000 }),
  curve: anyCurve,
  param: fc.constant(null),
})

const bounds = (curve: ScoringCurve): [number, number] => {
  if (curve.kind === 'linear') return [curve.floor, curve.cap]
  if (curve.kind === 'deduction') return [curve.floor, 10_000]
  if (curve.kind === 'veto') return [0, 10_000]
  if (curve.kind === 'tiers') return [0, curve.stretchGives]
  return [0, Math.max(...curve.steps.map((step) => step.gives))]
}

describe('any curve (fast-check)', () => {
  it('stays between its floor and its cap, and gives no less for a better actual', () => {
    fc.assert(
      fc.property(
        anyCurve,
        fc.constantFrom('more', 'less'),
        rate(1_000_000),
        figure,
        figure,
        (curve, better, target, a, b) => {
          const [floor, cap] = bounds(curve)
          const value = rateBy(curve, better, target, a)
          expect(value).toBeGreaterThanOrEqual(floor)
          expect(value).toBeLessThanOrEqual(cap)
          const rising =
            curve.kind !== 'steps' || curve.steps.every((s, i) => i === 0 || s.gives >= curve.steps[i - 1]!.gives)
          if (!rising || (better === 'more' && target === 0)) return
          const [worse, best] = better === 'more' ? [Math.min(a, b), Math.max(a, b)] : [Math.max(a, b), Math.min(a, b)]
          expect(rateBy(curve, better, target, best)).toBeGreaterThanOrEqual(rateBy(curve, better, target, worse))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('a score is the weight times the rate, and a total never leaves what its rates allow', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyItem, figure), { minLength: 1, maxLength: 12 }), (rows) => {
        const results = rows.map(([item, actual]) => {
          const whole = CATALOGUE[item.indicator].unit === 'rate' ? 100 : 0
          return scoreIndicator(item, { actual, part: 0, whole, rows: 1 })
        })
        for (const one of results) {
          expect(Math.abs(one.score - (one.weight * one.rate) / 10_000)).toBeLessThanOrEqual(0.5)
        }
        const used = results.filter((one) => one.applicable && one.weight > 0)
        const total = totalScore(results)
        if (isVetoed(results) || used.length === 0) {
          expect(total).toBe(0)
          return
        }
        const rates = used.map((one) => one.rate)
        // Each score is rounded to the hundredth, so the quotient may leave the bounds by what that comes to.
        const slack = Math.ceil((used.length * 5_000) / used.reduce((sum, one) => sum + one.weight, 0)) + 1
        expect(total).toBeGreaterThanOrEqual(Math.min(...rates) - slack)
        expect(total).toBeLessThanOrEqual(Math.max(...rates) + slack)
      }),
      { numRuns: 300 },
    )
  })
})

const body = (over: object = {}) => ({
  name: '业务员方案',
  roles: ['sales'],
  teamIds: [],
  review: USUAL_WEIGHTS,
  extra: NO_EXTRA,
  items: [
    { indicator: 'contractAmount', weight: 6_000, target: 100, curve: USUAL_CURVE, param: null },
    { indicator: 'visits', weight: 4_000, target: 10, curve: USUAL_CURVE, param: null },
  ],
  grades: [],
  ...over,
})
const problems = (value: unknown) =>
  schemeBody
    .safeParse(value)
    .error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message.split('.').at(-1)}`) ?? []

describe('a scheme', () => {
  const [first, second] = body().items as [SchemeItem, SchemeItem]
  it.each([
    ['weights of 99.99 %', { items: [first, { ...second, weight: 3_999 }] }, 'items weights'],
    ['weights of 100.01 %', { items: [first, { ...second, weight: 4_001 }] }, 'items weights'],
    ['an indicator twice', { items: [first, { ...first, weight: 4_000 }] }, 'items twice'],
    ['no indicator', { items: [] }, 'items items'],
    ['nobody', { roles: [] }, 'roles roles'],
    ['a number for a definition that leaves none', { items: [first, { ...second, param: 3 }] }, 'items.1.param param'],
    [
      'no number for a definition that leaves one',
      { items: [first, { ...second, indicator: 'signingOnTime' }] },
      'items.1.param param',
    ],
    [
      'more than the definition takes',
      { items: [first, { ...second, indicator: 'signingOnTime', param: 91 }] },
      'items.1.param param',
    ],
    [
      'an indicator that weighs nothing and vetoes nothing',
      {
        items: [
          { ...first, weight: 10_000 },
          { ...second, weight: 0 },
        ],
      },
      'items.1.weight weight',
    ],
    [
      'grades that rise',
      {
        grades: [
          { name: 'B', from: 0, coefficient: 8_000 },
          { name: 'A', from: 9_000, coefficient: 12_000 },
        ],
      },
      'grades grades',
    ],
    ['grades that leave the lowest out', { grades: [{ name: 'A', from: 1, coefficient: 10_000 }] }, 'grades grades'],
    [
      'two grades of one name',
      {
        grades: [
          { name: 'A', from: 9_000, coefficient: 12_000 },
          { name: 'A', from: 0, coefficient: 8_000 },
        ],
      },
      'grades gradeTwice',
    ],
  ])('is refused with %s', (_what, over, problem) => {
    expect(problems(body(over))).toContain(problem)
  })

  it('is taken with weights of exactly 100 %, and with a veto that weighs nothing', () => {
    expect(problems(body())).toEqual([])
    const veto = { ...second, indicator: 'visits', weight: 0, curve: VETO }
    expect(problems(body({ items: [{ ...first, weight: 10_000 }, veto] }))).toEqual([])
  })

  it('any other sum of weights is refused (fast-check)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 8 }), (weights) => {
        const free = INDICATOR_CODES.filter((code) => CATALOGUE[code].param === null)
        const items = weights.map((weight, i) => ({ ...first, indicator: free[i], weight }))
        const exact = weights.reduce((sum, weight) => sum + weight, 0) === 10_000
        expect(schemeBody.safeParse(body({ items })).success).toBe(exact)
      }),
      { numRuns: 200 },
    )
  })

  const edition = (schemeId: string, fromMonth: string, over: Partial<SchemeInForce> & { teamIds?: string[] } = {}) =>
    ({
      schemeId,
      no: 1,
      fromMonth,
      lastMonth: null,
      ...over,
      body: { ...body(), teamIds: over.teamIds ?? [] },
    }) as SchemeInForce

  it('counts from its month to its last one, each month by the edition that had begun', () => {
    const editions = [
      edition('a', '2026-01'),
      edition('a', '2026-04'),
      edition('b', '2026-02', { lastMonth: '2026-03' }),
    ]
    const found = (month: string) => editionsIn(editions, month).map((one) => `${one.schemeId} ${one.fromMonth}`)
    expect(found('2025-12')).toEqual([])
    expect(found('2026-01')).toEqual(['a 2026-01'])
    expect(found('2026-03')).toEqual(['a 2026-01', 'b 2026-02'])
    expect(found('2026-04')).toEqual(['a 2026-04'])
  })

  it('for one’s team goes before one for everybody, and of two alike the later', () => {
    const all = edition('all', '2026-03')
    const team = edition('team', '2026-01', { teamIds: ['t1'] })
    const later = edition('later', '2026-02', { teamIds: ['t1', 't2'] })
    const who = (teamId: string | null, roles: readonly ('sales' | 'sales_manager')[] = ['sales']) =>
      schemeFor({ roles, teamId }, [all, team, later])?.schemeId ?? null
    expect([who('t1'), who('t2'), who('t3'), who(null)]).toEqual(['later', 'later', 'all', 'all'])
    expect(who('t1', ['sales_manager'])).toBeNull()
  })
})

describe('what was agreed with a person', () => {
  const items = body().items as SchemeItem[]
  it('gives targets indicator by indicator, and weights only for the very indicators of the scheme', () => {
    const own = (rows: [Indicator, number, number][]) =>
      withTargets(
        items,
        rows.map(([indicator, weight, target]) => ({ indicator, weight, target })),
      ).map((item) => [item.weight, item.target])
    expect(
      own([
        ['visits', 5_000, 12],
        ['contractAmount', 5_000, 80],
      ]),
    ).toEqual([
      [5_000, 80],
      [5_000, 12],
    ])
    expect(own([['visits', 10_000, 12]])).toEqual([
      [6_000, 100],
      [4_000, 12],
    ])
    expect(
      own([
        ['visits', 5_000, 12],
        ['collected', 5_000, 80],
      ]),
    ).toEqual([
      [6_000, 100],
      [4_000, 12],
    ])
    expect(own([])).toEqual([
      [6_000, 100],
      [4_000, 10],
    ])
  })
})

describe('a figure', () => {
  it.each([
    [
      'contractAmount',
      [
        { amount: 5, received: 0 },
        { amount: -2, received: 0 },
      ],
      { actual: 3, part: 0, whole: 0, rows: 2 },
    ],
    [
      'visits',
      [
        { amount: 0, received: 0 },
        { amount: 0, received: 0 },
      ],
      { actual: 2, part: 0, whole: 0, rows: 2 },
    ],
    ['winRate', [1, 0, 1].map((received) => ({ amount: 1, received })), { actual: 6_667, part: 2, whole: 3, rows: 3 }],
    ['winRate', [], { actual: 0, part: 0, whole: 0, rows: 0 }],
    ['examResult', [{ amount: 9_250, received: 0 }], { actual: 9_250, part: 0, whole: 0, rows: 1 }],
  ] as const)('of %s is what its rows come to', (indicator, rows, measured) => {
    expect(figureOf(indicator, rows)).toEqual(measured)
  })
})

describe('a month of a person', () => {
  const item = (indicator: Indicator, weight: number, over: Partial<SchemeItem> = {}): SchemeItem => ({
    indicator,
    weight,
    target: 10,
    curve: USUAL_CURVE,
    param: null,
    ...over,
  })
  const nothing = { actual: 0, part: 0, whole: 0, rows: 0 }

  it('leaves out what cannot be measured and gives its weight to the rest', () => {
    const items = [item('visits', 5_000), item('winRate', 3_000), item('examResult', 2_000)]
    const done = scoreAll(items, [], (code) => (code === 'visits' ? { ...nothing, actual: 8, rows: 8 } : nothing))
    expect(done.indicators.map((one) => one.applicable)).toEqual([true, false, false])
    expect(done.total).toBe(8_000)
  })

  it('counts nothing where one that had to be reached was missed, and as usual where it was not measured', () => {
    const items = [item('visits', 10_000), item('collectionRate', 0, { target: 9_000, curve: VETO })]
    const total = (measured: { actual: number; part: number; whole: number; rows: number }) =>
      scoreAll(items, [], (code) => (code === 'visits' ? { ...nothing, actual: 10, rows: 10 } : measured))
    expect(total({ actual: 8_999, part: 8_999, whole: 10_000, rows: 1 })).toMatchObject({ vetoed: true, total: 0 })
    expect(total({ actual: 9_000, part: 9, whole: 10, rows: 1 })).toMatchObject({ vetoed: false, total: 10_000 })
    expect(total(nothing)).toMatchObject({ vetoed: false, total: 10_000 })
  })

  const bands = [
    { name: 'A', from: 9_000, coefficient: 12_000 },
    { name: 'B', from: 6_000, coefficient: 10_000 },
    { name: 'C', from: 0, coefficient: 5_000 },
  ]
  it.each([
    [12_000, 'A'],
    [9_000, 'A'],
    [8_999, 'B'],
    [6_000, 'B'],
    [5_999, 'C'],
    [0, 'C'],
  ])('of %i hundredths has grade %s', (total, grade) => {
    expect(gradeOf(bands, total)?.name).toBe(grade)
    expect(gradeOf([], total)).toBeNull()
  })

  it('is ranked with equal totals sharing a rank', () => {
    const people = [80, 95, 80, 60].map((total, i) => ({ userId: String(i), total }))
    expect(ranked(people as never).map((one) => [one.userId, one.rank])).toEqual([
      ['1', 1],
      ['0', 2],
      ['2', 2],
      ['3', 4],
    ])
  })
})

describe('the day a month is locked by', () => {
  const calendar = makeCalendar({
    holidays: [
      { day: '2026-06-10' },
      ...Array.from({ length: 10 }, (_, i) => ({ day: `2026-10-${String(i + 1).padStart(2, '0')}` })),
    ],
    workingWeekends: ['2026-05-10'],
    validThrough: '2026-12-31',
  })
  it.each([
    ['a working tenth', '2026-02', '2026-03-10'],
    ['a Sunday that is worked', '2026-04', '2026-05-10'],
    ['a holiday', '2026-05', '2026-06-09'],
    ['a Saturday', '2025-12', '2026-01-09'],
    ['ten days off', '2026-09', '2026-10-10'],
    ['the turn of the year', '2026-12', '2027-01-08'],
  ])('%s', (_what, month, day) => {
    expect(lockDay(calendar, asMonth(month))).toBe(day)
  })
})

describe('a year', () => {
  const sheet = (month: string, people: readonly [string, number][]) => ({
    month: asMonth(month),
    locked: true,
    lockedAt: 0,
    people: people.map(([userId, total]) => ({ userId, userName: userId, teamName: null, total, grades: [], rank: 1 })),
  })
  const year = (sheets: readonly unknown[], leftOut: Parameters<typeof yearOf>[2] = []) =>
    yearOf(2026, sheets as never, leftOut).map(({ userId, total, rank, months }) => [
      userId,
      total,
      rank,
      months.map((one) => one.state[0]).join(''),
    ])

  it('is the mean of the locked months in service: who joined or left has fewer, not lower', () => {
    const sheets = [
      sheet('2026-03', [
        ['b', 9_001],
        ['a', 8_000],
      ]),
      sheet('2026-01', [['a', 10_000]]),
      sheet('2026-02', [
        ['a', 7_001],
        ['b', 9_000],
      ]),
    ]
    expect(year(sheets)).toEqual([
      ['b', 9_001, 1, 'accooooooooo'],
      ['a', 8_334, 2, 'cccooooooooo'],
    ])
  })

  it('leaves a month out with its reason, and has no figure where none counts', () => {
    const sheets = [sheet('2026-01', [['a', 10_000]]), sheet('2026-02', [['a', 5_000]])]
    const out = (month: string) => ({ month, userId: 'a', reason: '病假' })
    expect(year(sheets, [out('2026-02')])).toEqual([['a', 10_000, 1, 'cloooooooooo']])
    expect(year(sheets, [out('2026-01'), out('2026-02')])).toEqual([['a', null, null, 'lloooooooooo']])
    expect(year([])).toEqual([])
  })

  it('lies between its worst and its best month (fast-check)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 36_000 }), { minLength: 1, maxLength: 12 }), (totals) => {
        const mean = yearTotal(totals) ?? -1
        expect(mean).toBeGreaterThanOrEqual(Math.min(...totals))
        expect(mean).toBeLessThanOrEqual(Math.max(...totals))
        expect(Math.abs(mean - totals.reduce((a, b) => a + b, 0) / totals.length)).toBeLessThanOrEqual(0.5)
      }),
      { numRuns: 200 },
    )
  })
})

const ROW: SourceRow = {
  kind: 'receipt',
  id: 'r',
  day: '2026-05-04',
  label: '',
  customerName: '',
  amount: 0,
  received: 0,
}

describe('the records in a workbook', () => {
  it('are all there in a small firm, and the same number of each figure where there is no room', () => {
    expect(mostOfEach([10, 9_990])).toBe(Infinity)
    expect(mostOfEach([10, 9_991])).toBe(3000)
    expect(mostOfEach(Array.from({ length: 300 }, () => 51))).toBe(30)
    expect(mostOfEach(Array.from({ length: 2000 }, () => 400_000))).toBe(10)
  })

  it('that are left out and those that stand there come to all of them', () => {
    const rows = [100, 20, 3].map((amount, i) => ({ ...ROW, amount, received: i }))
    expect(shortened(rows, Infinity)).toEqual({ rows, rest: null })
    expect(shortened(rows, 3)).toEqual({ rows, rest: null })
    expect(shortened(rows, 1)).toEqual({ rows: rows.slice(0, 1), rest: { rows: 2, amount: 23, received: 3 } })
  })
})
