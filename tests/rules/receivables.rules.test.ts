import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import {
  allocationDay,
  allocationFault,
  bucketOf,
  collectionRate,
  daysOverdue,
  instalmentStatus,
  outstandingAsOf,
  proposeAllocation,
  type OpenInstalment,
} from '#shared/modules/receivables/receivables.rules.ts'
import { BUCKETS } from '#shared/modules/receivables/receivables.schema.ts'

const day = asDay('2026-05-20')
const row = (id: string, dueDay: string | null, outstanding: number, sinceDay = '2026-01-01'): OpenInstalment => ({
  id,
  dueDay: dueDay === null ? null : asDay(dueDay),
  sinceDay: asDay(sinceDay),
  outstanding,
})

describe('buckets', () => {
  it.each([
    [0, 'not_due'],
    [-1, 'not_due'],
    [1, 'd1_30'],
    [30, 'd1_30'],
    [31, 'd31_60'],
    [60, 'd31_60'],
    [61, 'd61_90'],
    [90, 'd61_90'],
    [91, 'd91_180'],
    [180, 'd91_180'],
    [181, 'd181_365'],
    [365, 'd181_365'],
    [366, 'over_365'],
  ] as const)('%d days overdue', (days, want) => {
    expect(bucketOf(addDays(day, -days), day)).toBe(want)
  })

  it('keeps what has no due day in a bucket of its own', () => {
    expect(bucketOf(null, day)).toBe('no_due_day')
  })

  it('puts every amount into exactly one bucket: the buckets sum to the outstanding', () => {
    const instalment = fc.record({
      due: fc.option(fc.integer({ min: -800, max: 800 })),
      outstanding: fc.integer({ min: 1, max: 1_000_000_000 }),
    })
    fc.assert(
      fc.property(fc.array(instalment, { maxLength: 200 }), (rows) => {
        const sums = Object.fromEntries(BUCKETS.map((key) => [key, 0])) as Record<string, number>
        for (const { due, outstanding } of rows) {
          const key = bucketOf(due === null ? null : addDays(day, due), day)
          sums[key] = (sums[key] ?? 0) + outstanding
        }
        const total = Object.values(sums).reduce((a, b) => a + b, 0)
        expect(total).toBe(rows.reduce((a, b) => a + b.outstanding, 0))
        expect(Object.keys(sums)).toHaveLength(BUCKETS.length)
      }),
    )
  })
})

describe('status', () => {
  it.each([
    [{ dueDay: '2026-05-21', outstanding: 1 }, 'not_due'],
    [{ dueDay: '2026-05-20', outstanding: 1 }, 'due_today'],
    [{ dueDay: '2026-05-19', outstanding: 1 }, 'overdue'],
    [{ dueDay: '2026-05-19', outstanding: 0 }, 'settled'],
    [{ dueDay: null, outstanding: 1 }, 'waiting'],
    [{ dueDay: null, outstanding: 0, cancelled: true }, 'cancelled'],
  ] as const)('%o is %s', (input, want) => {
    const given = { cancelled: false, ...input, dueDay: input.dueDay as PlainDay | null }
    expect(instalmentStatus(given, day)).toBe(want)
  })

  it('counts days overdue from the day after the due day', () => {
    expect(daysOverdue(asDay('2026-03-31'), day)).toBe(50)
    expect(daysOverdue(day, day)).toBe(0)
    expect(daysOverdue(asDay('2026-06-01'), day)).toBe(0)
    expect(daysOverdue(null, day)).toBe(0)
  })
})

describe('what a receipt pays (民法典 560)', () => {
  it('takes the earliest due first, then what is not due, then what waits; the rest is an advance', () => {
    const open = [
      row('waits', null, 500),
      row('later', '2026-07-01', 300),
      row('old', '2026-01-31', 200),
      row('older', '2025-12-31', 100),
    ]
    expect(proposeAllocation(1050, day, open)).toEqual([
      { instalmentId: 'older', amount: 100, reason: 'due' },
      { instalmentId: 'old', amount: 200, reason: 'due' },
      { instalmentId: 'later', amount: 300, reason: 'not_due' },
      { instalmentId: 'waits', amount: 450, reason: 'no_due_day' },
    ])
    expect(proposeAllocation(2000, day, open).reduce((sum, p) => sum + p.amount, 0)).toBe(1100)
    expect(proposeAllocation(150, day, open)).toEqual([
      { instalmentId: 'older', amount: 100, reason: 'due' },
      { instalmentId: 'old', amount: 50, reason: 'due' },
    ])
  })

  it('shares in proportion where debts fell due on the same day', () => {
    const open = [row('a', '2026-01-31', 1000), row('b', '2026-01-31', 2000)]
    expect(proposeAllocation(300, day, open)).toEqual([
      { instalmentId: 'a', amount: 100, reason: 'due_pro_rata' },
      { instalmentId: 'b', amount: 200, reason: 'due_pro_rata' },
    ])
  })

  it('never pays more than the receipt holds or an instalment is owed, and leaves nothing unused while money is left', () => {
    const instalment = fc.record({
      due: fc.option(fc.integer({ min: -40, max: 40 })),
      outstanding: fc.integer({ min: 0, max: 100_000 }),
    })
    fc.assert(
      fc.property(fc.nat({ max: 2_000_000 }), fc.array(instalment, { maxLength: 30 }), (amount, rows) => {
        const open = rows.map((r, i) => row(`i${i}`, r.due === null ? null : addDays(day, r.due), r.outstanding))
        const proposed = proposeAllocation(amount, day, open)
        const total = open.reduce((sum, r) => sum + r.outstanding, 0)
        expect(proposed.reduce((sum, p) => sum + p.amount, 0)).toBe(Math.min(amount, total))
        for (const p of proposed) {
          const owed = open.find((r) => r.id === p.instalmentId)!.outstanding
          expect(p.amount).toBeGreaterThan(0)
          expect(p.amount).toBeLessThanOrEqual(owed)
        }
        expect(allocationFault(amount, proposed, (id) => open.find((r) => r.id === id)!.outstanding)).toBeNull()
      }),
    )
  })
})

describe('an allocation typed by hand', () => {
  const owed = (id: string) => (id === 'a' ? 100 : 50)
  it.each([
    [[{ instalmentId: 'a', amount: 101 }], 'over_instalment', 0],
    [
      [
        { instalmentId: 'a', amount: 90 },
        { instalmentId: 'b', amount: 40 },
      ],
      'over_receipt',
      1,
    ],
    [
      [
        { instalmentId: 'a', amount: 10 },
        { instalmentId: 'a', amount: 10 },
      ],
      'twice',
      1,
    ],
  ] as const)('%o', (rows, fault, index) => {
    expect(allocationFault(120, rows, owed)).toEqual({ fault, index })
  })

  it('is fine within its bounds', () => {
    expect(
      allocationFault(
        120,
        [
          { instalmentId: 'a', amount: 100 },
          { instalmentId: 'b', amount: 20 },
        ],
        owed,
      ),
    ).toBeNull()
  })
})

describe('as of a past day', () => {
  const debt = { amount: 1000, sinceDay: asDay('2026-01-10'), cancelledDay: null }
  const paid = (amount: number, on: string, releasedDay: string | null = null) => ({
    amount,
    day: asDay(on),
    releasedDay: releasedDay === null ? null : asDay(releasedDay),
  })

  it('deducts receipts up to that day only', () => {
    const paidLater = [paid(400, '2026-03-02'), paid(300, '2026-04-01')]
    expect(outstandingAsOf(debt, paidLater, asDay('2026-03-01'))).toBe(1000)
    expect(outstandingAsOf(debt, paidLater, asDay('2026-03-02'))).toBe(600)
    expect(outstandingAsOf(debt, paidLater, asDay('2026-05-01'))).toBe(300)
  })

  it('owes nothing before the contract, nor after it was made void', () => {
    expect(outstandingAsOf(debt, [], asDay('2026-01-09'))).toBe(0)
    expect(outstandingAsOf({ ...debt, cancelledDay: asDay('2026-02-01') }, [], asDay('2026-02-01'))).toBe(0)
    expect(outstandingAsOf({ ...debt, cancelledDay: asDay('2026-02-01') }, [], asDay('2026-01-31'))).toBe(1000)
  })

  it('counts a reversed receipt until its reversal', () => {
    const reversed = [paid(400, '2026-03-02', '2026-03-10')]
    expect(outstandingAsOf(debt, reversed, asDay('2026-03-09'))).toBe(600)
    expect(outstandingAsOf(debt, reversed, asDay('2026-03-10'))).toBe(1000)
  })

  it('counts money from the day it came in, but not before the debt existed', () => {
    expect(allocationDay(asDay('2026-01-01'), asDay('2026-01-10'))).toBe('2026-01-10')
    expect(allocationDay(asDay('2026-02-01'), asDay('2026-01-10'))).toBe('2026-02-01')
  })
})

describe('collection rate', () => {
  it.each([
    [0, 0, null],
    [24_000_000, 4_800_000, 2000],
    [3, 1, 3333],
    [3, 2, 6667],
    [100, 100, 10_000],
  ] as const)('%d due, %d collected', (due, collected, want) => {
    expect(collectionRate(due, collected)).toBe(want)
  })
})
