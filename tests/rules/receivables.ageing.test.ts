import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import {
  ageingOn,
  bucketFor,
  bucketsOf,
  debtsOn,
  SHIPPED_BOUNDS,
  type LedgerEvent,
} from '#shared/modules/receivables/receivables.ageing.rules.ts'

const day = asDay
const TODAY = day('2026-05-20')

describe('buckets', () => {
  it('are the shipped ones unless the firm sets its own', () => {
    expect(bucketsOf(SHIPPED_BOUNDS).map(({ key }) => key)).toEqual([
      'not_due',
      'd1_30',
      'd31_60',
      'd61_90',
      'd91_180',
      'd181_365',
      'over_365',
      'no_due_day',
    ])
    expect(bucketsOf([15, 45]).map(({ key }) => key)).toEqual(['not_due', 'd1_15', 'd16_45', 'over_45', 'no_due_day'])
    expect(bucketsOf([30])[1]).toEqual({ key: 'd1_30', from: 1, to: 30 })
  })
  it.each([[[]], [[0]], [[30, 30]], [[60, 30]], [[1.5]]])('bounds %j are refused', (bounds) => {
    expect(() => bucketsOf(bounds)).toThrow('the bounds of an ageing rise')
  })
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
    expect(bucketFor(bucketsOf(SHIPPED_BOUNDS), addDays(TODAY, -days), TODAY).key).toBe(want)
  })
  it('what has no due day is in a bucket of its own', () => {
    expect(bucketFor(bucketsOf(SHIPPED_BOUNDS), null, TODAY).key).toBe('no_due_day')
  })
})

const made = (debtId: string, on: string, amount: number, dueDay: string | null, groupId = 'c'): LedgerEvent => ({
  kind: 'debt',
  day: day(on),
  debtId,
  groupId,
  amount,
  dueDay: dueDay === null ? null : day(dueDay),
})
const moves = (kind: 'paid' | 'released' | 'writtenOff', debtId: string, on: string, amount: number): LedgerEvent => ({
  kind,
  debtId,
  day: day(on),
  amount,
})
const group = (kind: 'advance' | 'advanceUsed' | 'credit' | 'creditUsed', on: string, amount: number): LedgerEvent => ({
  kind,
  groupId: 'c',
  day: day(on),
  amount,
})
const sums = (events: LedgerEvent[], asOf: string, options?: Parameters<typeof ageingOn>[2]) =>
  Object.fromEntries([...ageingOn(events, day(asOf), options).buckets].filter(([, amount]) => amount > 0))

describe('as of a day', () => {
  const events = [
    made('a', '2026-01-10', 1000, '2026-02-28'),
    made('b', '2026-01-10', 500, '2026-06-30'),
    made('w', '2026-01-10', 70, null),
    moves('paid', 'a', '2026-03-15', 400),
    moves('released', 'a', '2026-04-10', 400),
    moves('paid', 'a', '2026-04-20', 1000),
  ]
  it.each<[string, Record<string, number>]>([
    ['2026-01-09', {}],
    ['2026-02-28', { not_due: 1500, no_due_day: 70 }],
    ['2026-03-01', { d1_30: 1000, not_due: 500, no_due_day: 70 }],
    ['2026-03-15', { d1_30: 600, not_due: 500, no_due_day: 70 }],
    ['2026-04-10', { d31_60: 1000, not_due: 500, no_due_day: 70 }],
    ['2026-04-20', { not_due: 500, no_due_day: 70 }],
    ['2026-07-01', { d1_30: 500, no_due_day: 70 }],
  ])('%s', (asOf, want) => expect(sums(events, asOf)).toEqual(want))

  it('a due day agreed later dates the debt from the agreement on', () => {
    const moved: LedgerEvent[] = [
      ...events,
      { kind: 'due', debtId: 'a', day: day('2026-03-10'), dueDay: day('2026-12-31') },
    ]
    expect(sums(moved, '2026-03-09')).toEqual({ d1_30: 1000, not_due: 500, no_due_day: 70 })
    expect(sums(moved, '2026-03-10')).toEqual({ not_due: 1500, no_due_day: 70 })
  })
  it('by the day of the invoice what has none stands apart', () => {
    const invoiced: LedgerEvent[] = [...events, { kind: 'invoice', debtId: 'b', day: day('2026-01-20') }]
    expect(sums(invoiced, '2026-03-01', { by: 'invoice' })).toEqual({ d31_60: 500, no_due_day: 1070 })
  })
  it('credits and advances stand beside the buckets', () => {
    const more = [
      ...events,
      group('advance', '2026-02-01', 90),
      group('advanceUsed', '2026-03-01', 40),
      group('credit', '2026-02-01', 30),
      moves('paid', 'b', '2026-02-20', 520),
    ]
    expect(ageingOn(more, day('2026-02-10'))).toMatchObject({ outstanding: 1570, advances: 90, credits: 30 })
    // Paid too much on a debt is a credit, not a bucket below zero.
    expect(ageingOn(more, day('2026-03-01'))).toMatchObject({ outstanding: 1070, advances: 50, credits: 50 })
    expect(ageingOn(more, day('2026-03-01'), { groupId: 'other' })).toMatchObject({ outstanding: 0, advances: 0 })
  })
  it('receipts of later days are not deducted: 110,775, not 525', () => {
    const back = [made('x', '2026-01-01', 11_077_500, '2026-01-31'), moves('paid', 'x', '2026-05-01', 11_025_000)]
    expect(ageingOn(back, day('2026-04-30')).outstanding).toBe(11_077_500)
    expect(ageingOn(back, day('2026-05-01')).outstanding).toBe(52_500)
  })
})

const T0 = day('2025-01-01')
const offset = fc.integer({ min: 0, max: 700 })
const on = (n: number): PlainDay => addDays(T0, n)
const anyEvent = fc.oneof(
  fc.record({
    kind: fc.constant('debt' as const),
    day: offset.map(on),
    debtId: fc.nat(8).map((n) => `d${n}`),
    groupId: fc.constantFrom('c', 'e'),
    amount: fc.integer({ min: 1, max: 1_000_000 }),
    dueDay: fc.option(offset.map(on)),
  }),
  fc.record({
    kind: fc.constantFrom('paid' as const, 'released' as const, 'writtenOff' as const, 'reduced' as const),
    day: offset.map(on),
    debtId: fc.nat(8).map((n) => `d${n}`),
    amount: fc.integer({ min: 1, max: 500_000 }),
  }),
  fc.record({
    kind: fc.constantFrom('advance' as const, 'credit' as const),
    day: offset.map(on),
    groupId: fc.constantFrom('c', 'e'),
    amount: fc.integer({ min: 1, max: 500_000 }),
  }),
  fc.record({
    kind: fc.constant('due' as const),
    day: offset.map(on),
    debtId: fc.nat(8).map((n) => `d${n}`),
    dueDay: fc.option(offset.map(on)),
  }),
)
const anyEvents = fc.array(anyEvent, { maxLength: 40 })
const anyBounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 7 })
  .map((list) => list.toSorted((a, b) => a - b))

describe('always', () => {
  it('the buckets sum to the outstanding, on any day, by any bounds, by group and in all', () => {
    fc.assert(
      fc.property(
        anyEvents,
        offset.map(on),
        anyBounds,
        fc.constantFrom('due', 'invoice'),
        (events, asOf, bounds, by) => {
          const all = ageingOn(events, asOf, { bounds, by })
          expect([...all.buckets.values()].reduce((a, b) => a + b, 0)).toBe(all.outstanding)
          expect(all.outstanding - all.credits + creditsOnly(events, asOf)).toBe(
            debtsOn(events, asOf).reduce((sum, debt) => sum + debt.outstanding, 0),
          )
          const parts = ['c', 'e'].map((groupId) => ageingOn(events, asOf, { bounds, by, groupId }))
          for (const [key, amount] of all.buckets) {
            expect(parts.reduce((sum, part) => sum + (part.buckets.get(key) ?? 0), 0)).toBe(amount)
          }
        },
      ),
    )
  })
  it('what is written down later changes no past day', () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, offset, (events, later, n) => {
        const after = later.map((event, i) => ({ ...event, day: addDays(on(n), 1 + i) }))
        expect(ageingOn([...events, ...after], on(n))).toEqual(ageingOn(events, on(n)))
      }),
    )
  })
})

const creditsOnly = (events: readonly LedgerEvent[], asOf: PlainDay) =>
  events.reduce((sum, event) => sum + (event.kind === 'credit' && event.day <= asOf ? event.amount : 0), 0)
