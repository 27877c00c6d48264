import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import {
  dailyInterest,
  decideLetter,
  fillWording,
  interestFirst,
  levelReached,
  segmentedInterest,
} from '#shared/modules/dunning/dunning.rules.ts'
import type { DunningPolicy } from '#shared/modules/dunning/dunning.schema.ts'

const day = asDay

describe('interest for late payment', () => {
  it('¥80,000 due 2026-03-31 and paid 2026-05-20 at 0.05 % a day: 50 days, ¥2,000.00', () => {
    expect(segmentedInterest(8_000_000, day('2026-03-31'), [], day('2026-05-20'), 5).interest).toBe(200_000)
  })

  it('a payment first covers interest: ¥200,000, ¥80,000 after 30 days leaves ¥123,000; 30 days later ¥1,845', () => {
    const payments = [{ day: day('2026-03-02'), amount: 8_000_000 }]
    const result = interestFirst(20_000_000, day('2026-01-31'), payments, day('2026-04-01'), 5)
    expect(result).toEqual({ principal: 12_300_000, interest: 184_500, costs: 0 })
  })

  it('costs, then interest, then principal: ¥20,000 on ¥500, ¥1,200 and ¥60,000 leaves ¥41,700', () => {
    const payments = [{ day: day('2026-02-09'), amount: 2_000_000 }]
    // 40 days at 0.05 % on ¥60,000 are ¥1,200.
    const result = interestFirst(6_000_000, day('2025-12-31'), payments, day('2026-02-09'), 5, 50_000)
    expect(result).toEqual({ principal: 4_170_000, interest: 0, costs: 0 })
  })

  it('splits at every payment, and the parts add up', () => {
    const payments = [
      { day: day('2026-02-10'), amount: 1_000_000 },
      { day: day('2026-03-10'), amount: 500_000 },
    ]
    const { segments, interest, principal } = segmentedInterest(
      3_000_000,
      day('2026-01-31'),
      payments,
      day('2026-03-31'),
      5,
    )
    expect(segments.map((s) => [s.days, s.principal])).toEqual([
      [10, 3_000_000],
      [28, 2_000_000],
      [21, 1_500_000],
    ])
    expect(segments.reduce((sum, s) => sum + s.interest, 0)).toBe(interest)
    expect(principal).toBe(1_500_000)
  })

  it('is never negative, never falls with time, and ends when the principal is paid', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e12 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 100 }),
        (p, n, r) => {
          const due = day('2024-01-31')
          const now = segmentedInterest(p, due, [], addDays(due, n), r).interest
          const later = segmentedInterest(p, due, [], addDays(due, n + 1), r).interest
          const paid = segmentedInterest(p, due, [{ day: addDays(due, 1), amount: p }], addDays(due, n + 1), r)
          expect(now).toBeGreaterThanOrEqual(0)
          expect(later).toBeGreaterThanOrEqual(now)
          expect(paid.interest).toBe(dailyInterest(p, 1, r))
        },
      ),
    )
  })
})

const policy = {
  minAmount: 10_000,
  levels: [1, 15, 45].map((minDays) => ({ minDays, gapDays: 10 })),
} as unknown as DunningPolicy

describe('who gets a letter', () => {
  it.each([
    [0, 0],
    [1, 1],
    [14, 1],
    [15, 2],
    [45, 3],
    [400, 3],
  ])('%i days overdue reach level %i', (days, level) => {
    expect(levelReached(policy, days)).toBe(level)
  })

  const today = day('2026-05-18')
  const facts = { maxDays: 20, principal: 50_000, last: null, excluded: null }
  it('waits for the gap, and says until when', () => {
    const last = { level: 1, day: day('2026-05-10') }
    expect(decideLetter(policy, { ...facts, last }, today)).toEqual({
      level: 2,
      skip: 'tooSoon',
      skipReason: '2026-05-20',
    })
    expect(decideLetter(policy, { ...facts, last: { level: 1, day: day('2026-05-08') } }, today).skip).toBeNull()
  })
  it('leaves out small amounts and who is excluded until a day', () => {
    expect(decideLetter(policy, { ...facts, principal: 9_999 }, today).skip).toBe('smallAmount')
    const excluded = { reason: 'x', untilDay: day('2026-05-18') }
    expect(decideLetter(policy, { ...facts, excluded }, today).skip).toBe('excluded')
    expect(
      decideLetter(policy, { ...facts, excluded: { ...excluded, untilDay: day('2026-05-17') } }, today).skip,
    ).toBeNull()
  })
})

it('fills only the names it knows; a name of the prototype is not one', () => {
  expect(fillWording('{amount} {constructor} {x}', { amount: '1' })).toBe('1 {constructor} {x}')
})
