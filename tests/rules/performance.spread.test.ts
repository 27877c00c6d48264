import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadYear } from '#shared/modules/performance/performance.spread.rules.ts'

const EQUAL = Array.from({ length: 12 }, () => 1)
const OPEN = Array.from({ length: 12 }, () => null)

describe('a year’s target over its months', () => {
  it.each([
    ['equally, the odd fen first', 1_000_00, EQUAL, OPEN, [...Array(4).fill(8_334), ...Array(8).fill(8_333)]],
    ['equally where every weight is nothing', 24, Array(12).fill(0), OPEN, Array(12).fill(2)],
    ['by weights', 700, [3, 4, ...Array(10).fill(0)], OPEN, [300, 400, ...Array(10).fill(0)]],
    ['nothing at all', 0, EQUAL, OPEN, Array(12).fill(0)],
    ['what locked months leave', 130, EQUAL, [10, 20, ...Array(10).fill(null)], [10, 20, ...Array(10).fill(10)]],
    ['exactly what locked months have', 30, EQUAL, [10, 20, ...Array(10).fill(0)], [10, 20, ...Array(10).fill(0)]],
  ])('is shared %s', (_name, total, weights, kept, expected) => {
    expect(spreadYear(total, weights, kept)).toEqual(expected)
  })

  it('is refused where locked months have more, or less and no month is left', () => {
    expect(spreadYear(29, EQUAL, [10, 20, ...Array(10).fill(null)])).toBeNull()
    expect(spreadYear(31, EQUAL, [10, 20, ...Array(10).fill(0)])).toBeNull()
  })

  it('sums to the year to the fen, keeps what is locked, and no month is more than a fen off its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000_000_000 }),
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 12, maxLength: 12 }),
        fc.array(fc.option(fc.integer({ min: 0, max: 1_000_000_000 })), { minLength: 12, maxLength: 12 }),
        (total, weights, kept) => {
          const months = spreadYear(total, weights, kept)
          const fixed = kept.reduce<number>((sum, one) => sum + (one ?? 0), 0)
          const left = total - fixed
          expect(months === null).toBe(left < 0 || (left > 0 && !kept.includes(null)))
          if (!months) return
          expect(months.reduce((sum, one) => sum + one, 0)).toBe(total)
          const open = kept.flatMap((one, at) => (one === null ? [weights[at] ?? 0] : []))
          const whole = open.reduce((sum, one) => sum + one, 0)
          months.forEach((month, at) => {
            if (kept[at] !== null) return expect(month).toBe(kept[at])
            const share = whole === 0 ? left / open.length : (left * (weights[at] ?? 0)) / whole
            expect(Math.abs(month - share)).toBeLessThan(1.5)
          })
        },
      ),
      { numRuns: 300 },
    )
  })
})
