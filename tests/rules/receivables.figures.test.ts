import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { lawOn, SHIPPED_LAW } from '#shared/modules/contracts/contracts.law.ts'
import {
  averageDelay,
  badDebtFlags,
  countBackDays,
  daysSalesOutstanding,
  planFigures,
  provisionOn,
  type PlannedInstalment,
  type ProvisionRates,
} from '#shared/modules/receivables/receivables.figures.rules.ts'

const day = asDay

describe('days sales outstanding, in tenths', () => {
  it.each([
    [300_000, 900_000, 90, 300],
    [100_000, 300_000, 31, 103],
    [0, 1, 30, 0],
    [5, 0, 30, null],
  ])('%i of %i in %i days', (outstanding, sales, days, want) => {
    expect(daysSalesOutstanding(outstanding, sales, days)).toBe(want)
  })
  it('counting back uses up the latest months', () => {
    const months = [
      { sales: 100_000, days: 31 },
      { sales: 200_000, days: 30 },
      { sales: 0, days: 31 },
    ]
    expect(countBackDays(0, months)).toBe(0)
    expect(countBackDays(50_000, months)).toBe(155)
    expect(countBackDays(200_000, months)).toBe(460)
    expect(countBackDays(300_000, months)).toBe(610)
    expect(countBackDays(300_001, months)).toBeNull()
  })
})

const row = (dueDay: string | null, amount: number, ...paid: [string, number][]): PlannedInstalment => ({
  dueDay: dueDay === null ? null : day(dueDay),
  amount,
  paid: paid.map(([on, sum]) => ({ day: day(on), amount: sum })),
})
const rows = [
  row('2026-04-10', 1000, ['2026-04-10', 600], ['2026-05-02', 300], ['2026-06-01', 100]),
  row('2026-04-30', 500),
  row('2026-05-31', 700, ['2026-04-01', 700]),
  row(null, 900, ['2026-04-05', 900]),
]

describe('collected against plan', () => {
  it('what fell due in the month, paid in time, late, or open as of a day', () => {
    const april = [rows, day('2026-04-01'), day('2026-04-30')] as const
    expect(planFigures(...april, day('2026-04-30'))).toEqual({ due: 1500, inTime: 600, late: 0, open: 900, rate: 4000 })
    expect(planFigures(...april, day('2026-05-31'))).toEqual({
      due: 1500,
      inTime: 600,
      late: 300,
      open: 600,
      rate: 6000,
    })
    expect(planFigures(rows, day('2026-01-01'), day('2026-01-31'), day('2026-05-31')).rate).toBeNull()
  })
  it('average delay by what was paid: early counts against late', () => {
    // 600 on the day, 300 after 22 days, 700 sixty days early.
    expect(averageDelay(rows, day('2026-05-31'))).toBe(Math.round(((300 * 22 - 700 * 60) * 10) / 1600))
    expect(averageDelay([row('2026-04-30', 500)], day('2026-05-31'))).toBeNull()
  })
  it('due is always in time, late and open together', () => {
    const anyRow = fc
      .record({
        due: fc.integer({ min: -50, max: 50 }),
        amount: fc.nat(9999),
        paid: fc.array(fc.nat(90), { maxLength: 4 }),
      })
      .map(({ due, amount, paid }): PlannedInstalment => ({
        dueDay: addDays(day('2026-05-01'), due),
        amount,
        paid: paid.map((n) => ({ day: addDays(day('2026-04-01'), n), amount: Math.floor(amount / 5) })),
      }))
    fc.assert(
      fc.property(fc.array(anyRow), fc.nat(120), (list, n) => {
        const asOf = addDays(day('2026-04-01'), n)
        const figures = planFigures(list, day('2026-04-15'), day('2026-05-15'), asOf)
        expect(figures.inTime + figures.late + figures.open).toBe(figures.due)
        expect(figures.open).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('provision for bad debts', () => {
  const history: ProvisionRates[] = [
    { from: day('2025-01-01'), rates: { d1_30: 100, over_365: 5000 }, reason: 'first' },
    { from: day('2026-01-01'), rates: { d1_30: 333, over_365: 10_000 }, reason: 'worse year' },
  ]
  const buckets = new Map([
    ['not_due', 900],
    ['d1_30', 1000],
    ['over_365', 501],
  ])
  const on = (asOf: string) => provisionOn(history, day(asOf), buckets)
  it('is nothing where the firm has set no rates', () => {
    expect(on('2024-12-31')).toMatchObject({ from: null, total: 0 })
    expect(provisionOn([], day('2026-05-20'), buckets).total).toBe(0)
  })
  it('uses the rates of the day, rounded by bucket; a past day stays as it was', () => {
    expect(on('2025-12-31').rows.map((r) => r.provision)).toEqual([0, 10, 251])
    expect(on('2026-01-01')).toMatchObject({ from: '2026-01-01', total: 33 + 501 })
  })
  it('takes out what is judged by itself', () => {
    const singly = [{ bucket: 'over_365', outstanding: 500, provision: 400 }]
    const result = provisionOn(history, day('2026-05-20'), buckets, singly)
    expect(result).toMatchObject({ single: 400, total: 33 + 1 + 400 })
    expect(result.rows[2]).toEqual({ bucket: 'over_365', amount: 1, rate: 10_000, provision: 1 })
  })
})

describe('bad debts and tax (2011 年第 25 号公告 23, 24)', () => {
  const law = lawOn(SHIPPED_LAW, '2026-05-20')
  const flags = (dueDay: string | null, outstanding: number, revenue: number | null = null) =>
    badDebtFlags({ dueDay: dueDay === null ? null : day(dueDay), outstanding }, day('2026-05-20'), revenue, law).map(
      (flag) => flag.rule,
    )
  it.each<[string | null, number, number | null, string[]]>([
    // Overdue for three years, whatever the amount.
    ['2023-05-19', 100_000_000, null, ['overdueYears']],
    ['2023-05-20', 100_000_000, null, []],
    ['2023-05-19', 5_000_000, null, ['overdueYears', 'smallAmount']],
    // One year and ¥50,000 at most.
    ['2025-05-19', 5_000_000, null, ['smallAmount']],
    ['2025-05-19', 5_000_001, null, []],
    ['2025-05-20', 5_000_000, null, []],
    // Or 0.01 % of a revenue of ¥600 million: ¥60,000.
    ['2025-05-19', 6_000_000, 60_000_000_000, ['smallAmount']],
    ['2025-05-19', 6_000_001, 60_000_000_000, []],
    ['2025-05-19', 0, null, []],
    [null, 100, null, []],
  ])('due %s, %i fen, revenue %s', (due, outstanding, revenue, want) => {
    expect(flags(due, outstanding, revenue)).toEqual(want)
  })
})
