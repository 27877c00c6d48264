import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import {
  ALLOCATION_RULES,
  bookShares,
  releaseShares,
  shareReceipt,
  type AllocationRule,
  type OpenDebt,
  type Owed,
} from '#shared/modules/receivables/receivables.allocation.rules.ts'
import { PART_ORDERS, splitPayment, sumParts } from '#shared/modules/receivables/receivables.parts.rules.ts'

const TODAY = asDay('2026-05-20')
const debt = (id: string, dueDay: string | null, principal: number, over: Partial<OpenDebt> = {}): OpenDebt => ({
  id,
  dueDay: dueDay === null ? null : asDay(dueDay),
  sinceDay: asDay('2026-01-01'),
  principal,
  interest: 0,
  costs: 0,
  secured: 0,
  burden: 0,
  ...over,
})
type Options = NonNullable<Parameters<typeof shareReceipt>[3]>
const shares = (amount: number, debts: OpenDebt[], options?: Options) => {
  const { allocations, rest } = shareReceipt(amount, TODAY, debts, options)
  return [...allocations.map((a) => [a.debtId, a.amount, a.reason]), rest]
}

describe('within one debt (民法典 561)', () => {
  const owed = { costs: 50_000, interest: 120_000, principal: 6_000_000 }
  it.each([
    // ¥20,000 on ¥500 costs, ¥1,200 interest and ¥60,000: 500 / 1,200 / 18,300.
    [2_000_000, 'costsFirst', [50_000, 120_000, 1_830_000, 0]],
    [30_000, 'costsFirst', [30_000, 0, 0, 0]],
    [100_000, 'costsFirst', [50_000, 50_000, 0, 0]],
    [7_000_000, 'costsFirst', [50_000, 120_000, 6_000_000, 830_000]],
    [2_000_000, 'principalFirst', [0, 0, 2_000_000, 0]],
    [6_100_000, 'principalFirst', [0, 100_000, 6_000_000, 0]],
    [0, 'costsFirst', [0, 0, 0, 0]],
  ] as const)('%i fen, %s', (amount, order, [costs, interest, principal, rest]) => {
    expect(splitPayment(amount, owed, order)).toEqual({ parts: { costs, interest, principal }, rest })
  })
})

describe('several debts (民法典 560)', () => {
  const designated = [{ debtId: 'b', amount: 300 }]
  it('what the payer designated first, as far as it is owed', () => {
    const debts = [debt('a', '2026-01-31', 1000), debt('b', '2026-08-31', 500)]
    expect(shares(600, debts, { designated })).toEqual([['b', 300, 'designated'], ['a', 300, 'due'], 0])
    expect(shares(600, debts, { designated: [{ debtId: 'b', amount: null }] })).toEqual([
      ['b', 500, 'designated'],
      ['a', 100, 'due'],
      0,
    ])
    expect(shares(900, debts, { designated: [{ debtId: 'none', amount: 5 }] })).toEqual([['a', 900, 'due'], 0])
  })
  it.each<[string, OpenDebt[], string, string]>([
    ['due before what is not', [debt('a', '2026-05-21', 100), debt('b', '2026-05-20', 100)], 'b', 'due'],
    ['due before what has no day', [debt('a', null, 100), debt('b', '2026-05-20', 100)], 'b', 'due'],
    [
      'least secured',
      [debt('a', '2026-01-31', 100, { secured: 50 }), debt('b', '2026-02-28', 100, { secured: 49 })],
      'b',
      'leastSecured',
    ],
    [
      'least secured for its size',
      [debt('a', '2026-01-31', 100, { secured: 50 }), debt('b', '2026-02-28', 200, { secured: 60 })],
      'b',
      'leastSecured',
    ],
    [
      'most burdensome among equally secured',
      [debt('a', '2026-01-31', 100, { burden: 30_000 }), debt('b', '2026-02-28', 100, { burden: 182_500 })],
      'b',
      'mostBurdensome',
    ],
    [
      'earliest due among equal burdens',
      [debt('a', '2026-02-28', 100), debt('b', '2026-01-31', 100)],
      'b',
      'earliestDue',
    ],
    ['not due by its day', [debt('a', '2026-08-31', 100), debt('b', '2026-07-31', 100)], 'b', 'earliestDue'],
  ])('%s', (_name, debts, first, reason) => {
    expect(shares(60, debts)).toEqual([[first, 60, reason], 0])
  })
  it('security and burden decide nothing among debts not yet due', () => {
    const debts = [debt('a', '2026-07-31', 100, { secured: 100 }), debt('b', '2026-08-31', 100, { burden: 9 })]
    expect(shares(60, debts)).toEqual([['a', 60, 'earliestDue'], 0])
  })
  it('without a due day the earliest made', () => {
    const debts = [debt('a', null, 100), debt('b', null, 100, { sinceDay: asDay('2025-12-31') })]
    expect(shares(60, debts)).toEqual([['b', 60, 'earliestDue'], 0])
  })
  it('in proportion where everything is equal, to the last fen', () => {
    const debts = [debt('a', '2026-01-31', 100), debt('b', '2026-01-31', 200), debt('c', '2026-03-31', 50)]
    expect(shares(100, debts)).toEqual([['a', 33, 'proRata'], ['b', 67, 'proRata'], 0])
    expect(shares(320, debts)).toEqual([['a', 100, 'earliestDue'], ['b', 200, 'earliestDue'], ['c', 20, 'due'], 0])
  })
  it('the rest is an advance', () => {
    expect(shares(500, [debt('a', '2026-01-31', 100), debt('b', null, 50)])).toEqual([
      ['a', 100, 'due'],
      ['b', 50, 'noDueDay'],
      350,
    ])
    expect(shares(500, [])).toEqual([500])
  })
  it('shows the parts of each debt', () => {
    const one = debt('a', '2026-01-31', 6_000_000, { costs: 50_000, interest: 120_000 })
    expect(shareReceipt(2_000_000, TODAY, [one]).allocations).toEqual([
      { debtId: 'a', amount: 2_000_000, costs: 50_000, interest: 120_000, principal: 1_830_000, reason: 'due' },
    ])
  })
})

describe('where the firm has agreed on another rule', () => {
  const debts = [
    debt('a', '2026-03-31', 100, { sinceDay: asDay('2025-06-01'), secured: 0 }),
    debt('b', '2026-01-31', 300, { sinceDay: asDay('2025-12-01'), secured: 300 }),
  ]
  it.each<[AllocationRule, unknown[]]>([
    ['law', [['a', 100, 'leastSecured'], ['b', 20, 'due'], 0]],
    ['earliestDue', [['b', 120, 'earliestDue'], 0]],
    ['earliestMade', [['a', 100, 'earliestMade'], ['b', 20, 'due'], 0]],
    ['proRata', [['a', 30, 'proRata'], ['b', 90, 'proRata'], 0]],
  ])('%s', (rule, want) => expect(shares(120, debts, { rule })).toEqual(want))
})

const anyDebts = fc
  .array(
    fc.record({
      due: fc.option(fc.integer({ min: -60, max: 60 })),
      since: fc.integer({ min: -300, max: -60 }),
      principal: fc.nat({ max: 100_000 }),
      interest: fc.nat({ max: 5000 }),
      costs: fc.nat({ max: 1000 }),
      secured: fc.constantFrom(0, 0, 100, 50_000),
      burden: fc.constantFrom(0, 500, 182_500),
    }),
    { maxLength: 20 },
  )
  .map((rows) =>
    rows.map(({ due, since, ...row }, i): OpenDebt => ({
      ...row,
      id: `d${i}`,
      dueDay: due === null ? null : addDays(TODAY, due),
      sinceDay: addDays(TODAY, since),
    })),
  )
const options = fc.record({
  rule: fc.constantFrom(...ALLOCATION_RULES),
  order: fc.constantFrom(...PART_ORDERS),
  designated: fc.array(
    fc.record({ debtId: fc.nat(20).map((n) => `d${n}`), amount: fc.option(fc.nat({ max: 50_000 })) }),
    { maxLength: 3 },
  ),
})
const amounts = fc.nat({ max: 2_000_000 })
const owedOf = (debts: readonly OpenDebt[]): Owed =>
  new Map(debts.map(({ id, costs, interest, principal }) => [id, { costs, interest, principal }]))

describe('always', () => {
  it('spends min(receipt, owed), splits exactly, and gives no debt more than it is owed', () => {
    fc.assert(
      fc.property(amounts, anyDebts, options, (amount, debts, how) => {
        const { allocations, rest } = shareReceipt(amount, TODAY, debts, how)
        const total = debts.reduce((sum, one) => sum + sumParts(one), 0)
        const given = allocations.reduce((sum, one) => sum + one.amount, 0)
        expect(given).toBe(Math.min(amount, total))
        expect(given + rest).toBe(amount)
        for (const one of allocations) expect(one.amount).toBe(sumParts(one))
        // Booking refuses whatever is more than a part is owed.
        const after = bookShares(owedOf(debts), allocations)
        expect([...after.values()].reduce((sum, parts) => sum + sumParts(parts), 0)).toBe(total - given)
      }),
    )
  })
  it('taking a receipt back restores what was owed, exactly', () => {
    fc.assert(
      fc.property(amounts, amounts, anyDebts, options, (first, second, debts, how) => {
        const owed = owedOf(debts)
        const one = shareReceipt(first, TODAY, debts, how).allocations
        const between = bookShares(owed, one)
        const two = shareReceipt(
          second,
          TODAY,
          debts.map((row) => ({ ...row, ...between.get(row.id) })),
          how,
        ).allocations
        const both = bookShares(between, two)
        expect(releaseShares(releaseShares(both, two), one)).toEqual(owed)
        expect(releaseShares(both, two)).toEqual(between)
        // In whichever order they are taken back.
        expect(releaseShares(releaseShares(both, one), two)).toEqual(owed)
      }),
    )
  })
  it('nothing that is not due is paid while something due is left, by the law', () => {
    fc.assert(
      fc.property(amounts, anyDebts, (amount, debts) => {
        const { allocations } = shareReceipt(amount, TODAY, debts)
        const paid = new Map(allocations.map((one) => [one.debtId, one.amount]))
        const isDue = (one: OpenDebt) => one.dueDay !== null && one.dueDay <= TODAY
        const leftDue = debts.some((one) => isDue(one) && (paid.get(one.id) ?? 0) < sumParts(one))
        if (leftDue) expect(debts.filter((one) => !isDue(one) && paid.has(one.id))).toEqual([])
      }),
    )
  })
  it('books that would not add up are refused', () => {
    const owed = owedOf([debt('a', null, 10)])
    const one = { debtId: 'a', amount: 11, costs: 0, interest: 0, principal: 11, reason: 'due' } as const
    expect(() => bookShares(owed, [one])).toThrow('more than is owed: a')
    expect(() => bookShares(owed, [{ ...one, debtId: 'b' }])).toThrow('no such debt: b')
  })
})
