import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { decideLetter, fillWording, instalmentInterest, levelReached } from '#shared/modules/dunning/dunning.rules.ts'
import type { DunningPolicy } from '#shared/modules/dunning/dunning.schema.ts'

const day = asDay

describe('interest for late payment', () => {
  it('¥80,000 due 2026-03-31 and unpaid on 2026-05-20 at 0.05 % a day: 50 days, ¥2,000.00', () => {
    expect(instalmentInterest(8_000_000, day('2026-03-31'), [], day('2026-05-20'), 5)).toBe(200_000)
  })
  it('is split where principal was paid, and ends when it all is', () => {
    const payments = [
      { day: day('2026-02-10'), amount: 1_000_000 },
      { day: day('2026-03-10'), amount: 2_000_000 },
    ]
    // 10 days of ¥30,000 and 28 of ¥20,000.
    expect(instalmentInterest(3_000_000, day('2026-01-31'), payments, day('2026-03-31'), 5)).toBe(15_000 + 28_000)
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
