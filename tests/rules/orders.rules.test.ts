import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lateBy, leftOf, orderStage } from '#shared/modules/orders/orders.rules.ts'

describe('the stage of an order', () => {
  it.each([
    { lines: [[10, 0]], want: 'open' },
    { lines: [[10, 1]], want: 'partly' },
    {
      lines: [
        [10, 10],
        [5, 0],
      ],
      want: 'partly',
    },
    {
      lines: [
        [10, 10],
        [5, 5],
      ],
      want: 'delivered',
    },
    { lines: [], want: 'open' },
  ])('$lines → $want', ({ lines, want }) => {
    const rows = lines.map(([quantity = 0, delivered = 0]) => ({ quantity, delivered }))
    expect(orderStage(rows, false)).toBe(want)
    expect(orderStage(rows, true)).toBe('cancelled')
  })

  it('is delivered exactly when nothing is left', () => {
    const line = fc
      .tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 1000 }))
      .map(([quantity, n]) => ({ quantity, delivered: Math.min(n, quantity) }))
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const left = lines.reduce((sum, one) => sum + leftOf(one), 0)
        expect(orderStage(lines, false) === 'delivered').toBe(left === 0)
      }),
    )
  })
})

describe('late', () => {
  it.each([
    ['open', '2026-05-01', 4],
    ['partly', '2026-05-05', 0],
    ['delivered', '2026-05-01', 0],
    ['cancelled', '2026-05-01', 0],
    ['open', null, 0],
  ] as const)('%s, due %s: %i', (stage, day, want) => {
    expect(lateBy(stage, day, '2026-05-05')).toBe(want)
  })
})
