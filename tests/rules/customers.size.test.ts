import { describe, expect, it } from 'vitest'
import { estimateSize, type SizedBranch } from '#shared/modules/customers/customers.size.rules.ts'

/** Fen of so many ten thousand yuan. */
const wan = (amount: number) => amount * 1_000_000

describe('size of a firm', () => {
  it.each<[SizedBranch, number, number, string]>([
    // A large one must reach both limits, otherwise it is of the next size down.
    ['industry', 1000, 40_000, 'large'],
    ['industry', 999, 40_000, 'medium'],
    ['industry', 5000, 39_999, 'medium'],
    ['industry', 300, 2000, 'medium'],
    ['industry', 299, 90_000, 'small'],
    ['industry', 20, 300, 'small'],
    ['industry', 19, 300, 'micro'],
    ['wholesale', 200, 40_000, 'large'],
    ['wholesale', 20, 5000, 'medium'],
    ['wholesale', 5, 1000, 'small'],
    ['wholesale', 5, 999, 'micro'],
    ['retail', 300, 20_000, 'large'],
    ['retail', 299, 20_000, 'medium'],
    ['software', 300, 10_000, 'large'],
    ['software', 100, 1000, 'medium'],
    ['software', 10, 50, 'small'],
    ['software', 9, 50, 'micro'],
  ])('%s, %i people, ¥%i0,000: %s', (branch, staff, revenue, size) => {
    expect(estimateSize(branch, staff, wan(revenue))).toBe(size)
  })
})
