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
} from '#shared/modules/receivables/receivables.rules.ts'
import { BUCKETS } from '#shared/modules/receivables/receivables.schema.ts'

const day = asDay('2026-05-20')
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

describe('an allocation typed by hand', () => {
  const pays = (instalmentId: string, amount: number, principal = amount) => ({ instalmentId, amount, principal })
  const owed = (id: string) => (id === 'a' ? 100 : 50)
  it.each([
    [[pays('a', 101)], 'over_instalment', 0],
    [[pays('a', 90), pays('b', 40)], 'over_receipt', 1],
    [[pays('a', 10), pays('a', 10)], 'twice', 1],
  ] as const)('%o', (rows, fault, index) => {
    expect(allocationFault(120, rows, owed)).toEqual({ fault, index })
  })

  it('is fine within its bounds', () => {
    expect(allocationFault(120, [pays('a', 100), pays('b', 20)], owed)).toBeNull()
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
