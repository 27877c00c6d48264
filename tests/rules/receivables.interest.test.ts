import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { SHIPPED_LAW } from '#shared/modules/contracts/contracts.law.ts'
import {
  interestSheet,
  type InterestClaim,
  type InterestTerms,
} from '#shared/modules/receivables/receivables.interest.rules.ts'
import {
  formatPpm,
  interestFor,
  rateOn,
  rateTable,
  rateWords,
  type InterestBasis,
  type RateTables,
} from '#shared/modules/receivables/receivables.rates.rules.ts'

const day = asDay
const lpr = rateTable(SHIPPED_LAW, 'lpr1y', day('2026-06-30'))
const benchmark = rateTable(SHIPPED_LAW, 'benchmark1y', day('2019-08-19'))
const tables: RateTables = { lpr, benchmark }
const daily: InterestBasis = { kind: 'statutoryDaily', ppm: 500 }
const terms = (basis: InterestBasis = daily, over: Partial<InterestTerms> = {}): InterestTerms => ({
  basis,
  dayCount: 365,
  paymentDayCounts: true,
  order: 'costsFirst',
  ...over,
})
const claim = (principal: number, dueDay: string, over: Partial<InterestClaim> = {}): InterestClaim => ({
  principal,
  dueDay: day(dueDay),
  payments: [],
  ...over,
})
const pays = (on: string, amount: number) => ({ day: day(on), amount })
const rows = (sheet: ReturnType<typeof interestSheet>) =>
  sheet.segments.map((s) => [s.from, s.to, s.days, s.principal, s.interest])
const keys = (sheet: ReturnType<typeof interestSheet>) => sheet.notes.map((note) => note.key.split('.').pop())

describe('rates', () => {
  it.each([
    ['2019-08-19', null],
    ['2019-08-20', 42_500],
    ['2019-09-19', 42_500],
    ['2019-09-20', 42_000],
    ['2019-11-20', 41_500],
    ['2020-02-20', 40_500],
    ['2020-04-20', 38_500],
    ['2021-12-20', 38_000],
    ['2022-01-20', 37_000],
    ['2022-08-22', 36_500],
    ['2023-06-20', 35_500],
    ['2023-08-21', 34_500],
    ['2024-07-22', 33_500],
    ['2024-10-20', 33_500],
    ['2024-10-21', 31_000],
    ['2025-05-20', 30_000],
    ['2026-05-20', 30_000],
  ])('one-year LPR on %s', (on, ppm) => expect(rateOn(lpr, day(on))?.ppm ?? null).toBe(ppm))

  it('of two rows from one day the later one in the table counts', () => {
    const rows = [
      { from: day('2026-01-20'), ppm: 30_000 },
      { from: day('2026-01-20'), ppm: 29_000 },
    ]
    expect(rateOn({ rows, validThrough: day('2026-06-30') }, day('2026-02-01'))?.ppm).toBe(29_000)
  })

  it.each([
    [34_500, '3.45%'],
    [500, '0.05%'],
    [46_900, '4.69%'],
    [1, '0.0001%'],
    [1_000_000, '100%'],
    [0, '0%'],
  ])('%i parts per million are %s', (ppm, text) => expect(formatPpm(ppm)).toBe(text))

  it('says the unit as it was agreed, and what comes on top of a published rate', () => {
    expect(rateWords({ ppm: 30_000, per: 'month', surcharge: 0 })).toEqual({
      key: 'receivables:rate.month',
      params: { rate: '3%' },
    })
    expect(rateWords({ ppm: 33_500, per: 'year', surcharge: 4000 }).params).toEqual({ rate: '3.35%', surcharge: '40%' })
  })

  it.each([
    // ¥120,000, LPR 3.35 % + 40 %, 73 days.
    [12_000_000, 73, { ppm: 33_500, per: 'year', surcharge: 4000 }, 365, 112_560],
    [12_000_000, 73, { ppm: 33_500, per: 'year', surcharge: 4000 }, 360, 114_123],
    [8_000_000, 50, { ppm: 500, per: 'day', surcharge: 0 }, 365, 200_000],
    [8_000_000, 50, { ppm: 500, per: 'day', surcharge: 0 }, 360, 200_000],
    // 3 % a month: with 360 days a month has 30.
    [1_000_000, 30, { ppm: 30_000, per: 'month', surcharge: 0 }, 360, 30_000],
    [1_000_000, 365, { ppm: 30_000, per: 'month', surcharge: 0 }, 365, 360_000],
    // Half a fen is rounded up, less is not; ten thousand million yuan stay exact.
    [1000, 1, { ppm: 500, per: 'day', surcharge: 0 }, 365, 1],
    [999, 1, { ppm: 500, per: 'day', surcharge: 0 }, 365, 0],
    [1_000_000_000_001, 1, { ppm: 500, per: 'day', surcharge: 0 }, 365, 500_000_000],
  ] as const)('%i fen, %i days, %o, year of %i', (principal, days, rate, dayCount, fen) => {
    expect(interestFor(principal, days, rate, dayCount)).toBe(fen)
  })
})

describe('one debt', () => {
  it('¥80,000 due 2026-03-31 and paid 2026-05-20 at 0.05 % a day: 50 days, ¥2,000.00 (支付条例 17)', () => {
    const paid = claim(8_000_000, '2026-03-31', { payments: [pays('2026-05-20', 8_000_000)] })
    const sheet = interestSheet(paid, terms(daily, { order: 'principalFirst' }), tables, day('2026-12-31'))
    expect(rows(sheet)).toEqual([['2026-04-01', '2026-05-20', 50, 8_000_000, 200_000]])
    // The principal is paid, its interest is still owed.
    expect(sheet.owed).toEqual({ costs: 0, interest: 200_000, principal: 0 })
  })

  it('does not charge the day of payment where that is how the firm counts', () => {
    const paid = claim(8_000_000, '2026-03-31', { payments: [pays('2026-05-20', 8_000_000)] })
    const over = { order: 'principalFirst', paymentDayCounts: false } as const
    expect(rows(interestSheet(paid, terms(daily, over), tables, day('2026-05-20')))).toEqual([
      ['2026-04-01', '2026-05-19', 49, 8_000_000, 196_000],
    ])
  })

  it.each([
    [365, 112_560],
    [360, 114_123],
  ] as const)(
    '¥120,000, breach 2024-08-01, LPR 3.35 %% + 40 %%, 73 days by %i: the rate of the breach (18.4)',
    (dayCount, interest) => {
      const basis: InterestBasis = { kind: 'lpr', surcharge: 4000, at: 'breach' }
      const debt = claim(12_000_000, '2024-07-31')
      const sheet = interestSheet(debt, terms(basis, { dayCount }), tables, day('2024-10-12'))
      expect(sheet.segments.map((s) => [s.days, s.rate?.ppm])).toEqual([[73, 33_500]])
      expect(sheet.accrued).toBe(interest)
      // What is published later does not change the rate of the breach.
      expect(interestSheet(debt, terms(basis), tables, day('2025-12-31')).segments).toHaveLength(1)
    },
  )

  it('splits at each change of a floating rate', () => {
    const basis: InterestBasis = { kind: 'lpr', surcharge: 0, at: 'floating' }
    const sheet = interestSheet(claim(10_000_000, '2024-07-31'), terms(basis), tables, day('2025-05-31'))
    expect(sheet.segments.map((s) => [s.from, s.to, s.rate?.ppm])).toEqual([
      ['2024-08-01', '2024-10-20', 33_500],
      ['2024-10-21', '2025-05-19', 31_000],
      ['2025-05-20', '2025-05-31', 30_000],
    ])
  })

  it('pays costs, interest, principal: ¥20,000 on ¥500, ¥1,200 and ¥60,000 leaves ¥41,700 (民法典 561)', () => {
    // 40 days of ¥60,000 at 0.05 % are ¥1,200.
    const debt = claim(6_000_000, '2025-12-31', {
      costs: [pays('2026-02-09', 50_000)],
      payments: [pays('2026-02-09', 2_000_000)],
    })
    const sheet = interestSheet(debt, terms(), tables, day('2026-02-09'))
    expect(sheet.payments).toEqual([
      { day: '2026-02-09', amount: 2_000_000, costs: 50_000, interest: 120_000, principal: 1_830_000, over: 0 },
    ])
    expect(sheet.owed).toEqual({ costs: 0, interest: 0, principal: 4_170_000 })
    const agreed = interestSheet(debt, terms(daily, { order: 'principalFirst' }), tables, day('2026-02-09'))
    expect(agreed.owed).toEqual({ costs: 50_000, interest: 120_000, principal: 4_000_000 })
  })

  it('¥200,000 due 2026-01-31, ¥80,000 on 2026-03-02: ¥3,000 first, then 30 days on ¥123,000 are ¥1,845.00', () => {
    const debt = claim(20_000_000, '2026-01-31', { payments: [pays('2026-03-02', 8_000_000)] })
    const sheet = interestSheet(debt, terms(), tables, day('2026-04-01'))
    expect(rows(sheet)).toEqual([
      ['2026-02-01', '2026-03-02', 30, 20_000_000, 300_000],
      ['2026-03-03', '2026-04-01', 30, 12_300_000, 184_500],
    ])
    expect(sheet.owed).toEqual({ costs: 0, interest: 184_500, principal: 12_300_000 })
    expect(sheet.paid).toEqual({ costs: 0, interest: 300_000, principal: 7_700_000 })
  })

  it('a payment before the due day lowers the principal, one too many is over', () => {
    const payments = [pays('2026-01-10', 400_000), pays('2026-02-10', 700_000)]
    const sheet = interestSheet(claim(1_000_000, '2026-01-31', { payments }), terms(), tables, day('2026-03-31'))
    expect(rows(sheet)).toEqual([['2026-02-01', '2026-02-10', 10, 600_000, 3000]])
    expect(sheet.over).toBe(97_000)
    expect(sheet.owed).toEqual({ costs: 0, interest: 0, principal: 0 })
  })

  it('no interest runs while the creditor was late in accepting (民法典 589)', () => {
    const pauses = [{ from: day('2026-02-11'), to: day('2026-02-20') }]
    const sheet = interestSheet(claim(1_000_000, '2026-01-31', { pauses }), terms(), tables, day('2026-02-28'))
    expect(sheet.segments.map((s) => [s.from, s.to, s.interest, s.paused])).toEqual([
      ['2026-02-01', '2026-02-10', 5000, false],
      ['2026-02-11', '2026-02-20', 0, true],
      ['2026-02-21', '2026-02-28', 4000, false],
    ])
    expect(sheet.segments[1]?.rate).toBeNull()
  })

  it('interest is given up only where it was said, and not more than is owed', () => {
    const waivers = [pays('2026-02-10', 3000), pays('2026-02-20', 1_000_000)]
    const sheet = interestSheet(claim(1_000_000, '2026-01-31', { waivers }), terms(), tables, day('2026-02-28'))
    expect([sheet.accrued, sheet.waived, sheet.owed.interest]).toEqual([14_000, 10_000, 4000])
  })

  it('tells that a rate is unknown or that the table was not checked so far', () => {
    const basis: InterestBasis = { kind: 'lpr', surcharge: 0, at: 'floating' }
    const old = interestSheet(claim(1_000_000, '2018-12-31'), terms(basis), tables, day('2019-12-31'))
    expect(keys(old)).toEqual(['noRate'])
    expect(old.segments[0]).toMatchObject({ from: '2019-01-01', to: '2019-08-19', interest: 0, rate: null })
    const late = interestSheet(claim(1_000_000, '2026-05-31'), terms(basis), tables, day('2026-07-01'))
    expect(keys(late)).toEqual(['stale'])
    expect(late.notes[0]?.params).toEqual({ day: '2026-06-30' })
    const atBreach: InterestBasis = { ...basis, at: 'breach' }
    expect(keys(interestSheet(claim(1, '2026-05-31'), terms(atBreach), tables, day('2026-07-01')))).toEqual([])
  })
})

describe('agreements on what is owed (买卖合同解释 18)', () => {
  const at = day('2026-04-30')
  it('another due day moves the start of interest', () => {
    const dueChanges = [{ day: day('2026-02-15'), dueDay: day('2026-03-31'), keepsAccrued: false }]
    const sheet = interestSheet(claim(1_000_000, '2026-01-31', { dueChanges }), terms(), tables, at)
    expect(rows(sheet)).toEqual([['2026-04-01', '2026-04-30', 30, 1_000_000, 15_000]])
    expect(keys(sheet)).toEqual(['dueMoved'])
    // Before it was agreed, nothing of it is known.
    expect(
      interestSheet(claim(1_000_000, '2026-01-31', { dueChanges }), terms(), tables, day('2026-02-14')),
    ).toMatchObject({ firstDay: '2026-02-01', accrued: 7000 })
  })
  it('what had accrued stays where that was agreed', () => {
    const dueChanges = [{ day: day('2026-02-10'), dueDay: day('2026-03-31'), keepsAccrued: true }]
    const sheet = interestSheet(claim(1_000_000, '2026-01-31', { dueChanges }), terms(), tables, at)
    expect(sheet.segments.map((s) => [s.days, s.interest, s.paused])).toEqual([
      [10, 5000, false],
      [49, 0, true],
      [30, 15_000, false],
    ])
  })
  it('a respite agreed before the due day leaves nothing accrued to keep', () => {
    const dueChanges = [{ day: day('2026-01-20'), dueDay: day('2026-03-31'), keepsAccrued: true }]
    const sheet = interestSheet(claim(1_000_000, '2026-01-31', { dueChanges }), terms(), tables, at)
    expect(rows(sheet)).toEqual([['2026-04-01', '2026-04-30', 30, 1_000_000, 15_000]])
  })
  it('a statement of principal and interest takes their place; payments of its day are in it', () => {
    const statements = [{ day: day('2026-03-01'), principal: 900_000, interest: 12_000, dueDay: day('2026-03-31') }]
    const payments = [pays('2026-03-01', 100_000), pays('2026-04-10', 10_000)]
    const sheet = interestSheet(claim(1_000_000, '2026-01-31', { statements, payments }), terms(), tables, at)
    expect(rows(sheet)).toEqual([
      ['2026-04-01', '2026-04-10', 10, 900_000, 4500],
      ['2026-04-11', '2026-04-30', 20, 900_000, 9000],
    ])
    expect([sheet.fixed, sheet.accrued, sheet.paid.interest, sheet.owed.interest]).toEqual([
      12_000, 13_500, 10_000, 15_500,
    ])
    expect(keys(sheet)).toEqual(['superseded'])
    const openEnd = [{ ...statements[0]!, dueDay: null }]
    expect(interestSheet(claim(1, '2026-01-31', { statements: openEnd }), terms(), tables, at).firstDay).toBe(
      '2026-03-02',
    )
  })
  it('what was agreed before a statement is in it; its costs are owed; the rate stays that of the first breach', () => {
    const statement = { day: day('2024-11-01'), principal: 1_000_000, interest: 0, costs: 700, dueDay: null }
    const dueChanges = [{ day: day('2024-09-01'), dueDay: day('2026-12-31'), keepsAccrued: false }]
    const debt = claim(1_000_000, '2024-07-31', { statements: [statement], dueChanges })
    const basis: InterestBasis = { kind: 'lpr', surcharge: 3000, at: 'breach' }
    const sheet = interestSheet(debt, terms(basis), tables, day('2024-12-01'))
    expect([sheet.firstDay, sheet.owed.costs, sheet.segments[0]?.rate?.ppm]).toEqual(['2024-11-02', 700, 33_500])
    expect(keys(sheet)).toEqual(['superseded'])
  })
  it('a statement that names no interest waives none', () => {
    const statements = [{ day: day('2026-03-01'), principal: 1_000_000, interest: null, dueDay: null }]
    const sheet = interestSheet(claim(1_000_000, '2026-01-31', { statements }), terms(), tables, at)
    expect(sheet.accrued).toBe(89 * 500)
    expect(keys(sheet)).toEqual(['principalOnly'])
  })
})

/** Anything that may happen to a debt within two years. */
const offset = fc.integer({ min: -30, max: 700 })
const START = day('2024-06-30')
const on = (n: number): PlainDay => addDays(START, n)
const dated = fc.record({ day: offset.map(on), amount: fc.integer({ min: 1, max: 30_000_000 }) })
const anyClaim: fc.Arbitrary<InterestClaim> = fc.record({
  principal: fc.integer({ min: 1, max: 50_000_000 }),
  dueDay: fc.constant(START),
  payments: fc.array(dated, { maxLength: 6 }),
  costs: fc.array(dated, { maxLength: 2 }),
  waivers: fc.array(dated, { maxLength: 2 }),
  pauses: fc.array(
    fc.tuple(offset, fc.nat(90)).map(([n, days]) => ({ from: on(n), to: on(n + days) })),
    { maxLength: 2 },
  ),
})
const anyTerms: fc.Arbitrary<InterestTerms> = fc.record({
  basis: fc.constantFrom<InterestBasis>(
    daily,
    { kind: 'agreed', ppm: 15_000, per: 'month' },
    { kind: 'lpr', surcharge: 3000, at: 'breach' },
    { kind: 'lpr', surcharge: 5000, at: 'floating' },
  ),
  dayCount: fc.constantFrom(365, 360),
  paymentDayCounts: fc.boolean(),
  order: fc.constantFrom('costsFirst', 'principalFirst'),
})
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

describe('always', () => {
  it('the segments follow each other without gap, and every fen is where it should be', () => {
    fc.assert(
      fc.property(anyClaim, anyTerms, offset.map(on), (debt, how, asOf) => {
        const sheet = interestSheet(debt, how, tables, asOf)
        expect(sum(sheet.segments.map((s) => s.interest))).toBe(sheet.accrued)
        expect(sheet.accrued).toBe(sheet.owed.interest + sheet.paid.interest + sheet.waived)
        expect(debt.principal).toBe(sheet.owed.principal + sheet.paid.principal)
        const came = debt.payments.filter((p) => p.day <= asOf)
        expect(sum(came.map((p) => p.amount))).toBe(sum(Object.values(sheet.paid)) + sheet.over)
        sheet.segments.forEach((segment, i) => {
          expect(segment.days).toBe(diffDays(segment.from, segment.to) + 1)
          const before = sheet.segments[i - 1]
          if (before) expect(segment.from).toBe(addDays(before.to, 1))
        })
      }),
    )
  })

  it('is the sum over single days, but for the rounding of its segments', () => {
    fc.assert(
      fc.property(anyClaim, anyTerms, fc.integer({ min: 1, max: 500 }).map(on), (debt, how, asOf) => {
        // What the principal is on each day follows from the sheet's payments; the rest is counted anew, day by day.
        const sheet = interestSheet(debt, how, tables, asOf)
        let exact = 0
        for (let d = addDays(START, 1); d <= asOf; d = addDays(d, 1)) {
          if (debt.pauses?.some((p) => p.from <= d && d <= p.to)) continue
          const paid = sheet.payments.filter((p) => (how.paymentDayCounts ? p.day < d : p.day <= d))
          const left = debt.principal - sum(paid.map((p) => p.principal))
          const { basis } = how
          const ppm = basis.kind === 'agreed' || basis.kind === 'statutoryDaily' ? basis.ppm : ratePpm(basis, d)
          const perDay = basis.kind === 'statutoryDaily' ? 1 : (basis.kind === 'agreed' ? 12 : 1) / how.dayCount
          exact += (left * ppm * perDay) / 1e6
        }
        expect(Math.abs(sheet.accrued - exact)).toBeLessThanOrEqual(sheet.segments.length / 2 + 0.01)
      }),
      { numRuns: 60 },
    )
  })

  it('never falls as time goes on, and a later event never changes an earlier day', () => {
    fc.assert(
      fc.property(anyClaim, anyTerms, offset, dated, (debt, how, n, later) => {
        const now = interestSheet(debt, how, tables, on(n))
        expect(interestSheet(debt, how, tables, on(n + 1)).accrued).toBeGreaterThanOrEqual(now.accrued)
        const event = { ...later, day: on(n + 1) }
        const changed = {
          ...debt,
          payments: [...debt.payments, event],
          costs: [...(debt.costs ?? []), event],
          dueChanges: [{ day: on(n + 1), dueDay: on(n + 60), keepsAccrued: false }],
          statements: [{ day: on(n + 1), principal: 5, interest: 5, dueDay: null }],
        }
        expect(interestSheet(changed, how, tables, on(n))).toEqual(now)
      }),
    )
  })
})

function ratePpm(basis: { surcharge: number; at: 'breach' | 'floating' }, d: PlainDay): number {
  const row = rateOn(lpr, basis.at === 'breach' ? addDays(START, 1) : d)
  return ((row?.ppm ?? 0) * (10_000 + basis.surcharge)) / 10_000
}
