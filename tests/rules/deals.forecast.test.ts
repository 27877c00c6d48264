import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import {
  bucketOf,
  forecastBuckets,
  forecastCells,
  forecastParts,
  MOVEMENTS,
  movementOf,
  openAmountOn,
  type ForecastDeal,
  type PastMove,
} from '#shared/modules/deals/deals.forecast.rules.ts'
import { distributeShares, weightedAmount } from '#shared/modules/deals/deals.rules.ts'
import { DEAL_STAGES } from '#shared/modules/deals/deals.stages.schema.ts'

const TODAY = asDay('2026-05-18')
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('the forecast', () => {
  it.each([
    ['2026-05-17', 'overdue'],
    ['2026-04-30', 'overdue'],
    ['2026-05-18', '2026-05'],
    ['2026-05-31', '2026-05'],
    ['2026-06-01', '2026-06'],
    ['2026-07-31', '2026-07'],
    ['2026-08-01', 'later'],
    ['2027-01-01', 'later'],
  ])('counts what is expected on %s in %s', (day, bucket) => {
    expect(bucketOf(day, TODAY, 3)).toBe(bucket)
  })

  const shares = fc
    .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 6 })
    .map((weights) => distributeShares(weights).map((share, i) => ({ userId: `u${i}`, share })))
  const deal: fc.Arbitrary<ForecastDeal> = fc.record({
    id: fc.uuid(),
    amount: fc.integer({ min: 0, max: 1e12 }),
    probability: fc.integer({ min: 0, max: 10_000 }),
    expectedDay: fc.integer({ min: -400, max: 800 }).map((days) => addDays(TODAY, days)),
    splits: shares,
  })

  it('sums, over its buckets and people, to exactly what the deals are worth', () => {
    fc.assert(
      fc.property(fc.array(deal, { maxLength: 40 }), fc.integer({ min: 1, max: 24 }), (deals, months) => {
        const cells = forecastCells(deals.flatMap((one) => forecastParts(one, TODAY, months)))
        expect(sum(cells.map((cell) => cell.weighted))).toBe(
          sum(deals.map((one) => weightedAmount(one.amount, one.probability))),
        )
        expect(sum(cells.map((cell) => cell.amount))).toBe(sum(deals.map((one) => one.amount)))
        expect(sum(cells.map((cell) => cell.count))).toBe(sum(deals.map((one) => one.splits.length)))
        const buckets = forecastBuckets(TODAY, months)
        for (const cell of cells) expect(buckets).toContain(cell.bucket)
      }),
    )
  })
})

const day = (n: number): PlainDay => addDays(asDay('2026-04-01'), n)
const move = (dealId: string, n: number, toStage: string, amount: number, expected = 90): PastMove => ({
  dealId,
  day: day(n),
  toStage: toStage as PastMove['toStage'],
  amount,
  expectedDay: day(expected),
})

describe('what moved', () => {
  const week = (...moves: PastMove[]) =>
    movementOf(moves, day(7), day(13)).map((row) => [row.kind, row.amount, row.change])

  it('names what a deal did between two evenings', () => {
    expect(week(move('a', 8, 'open', 100))).toEqual([['opened', 100, 100]])
    expect(week(move('a', 1, 'open', 100))).toEqual([])
    expect(week(move('a', 1, 'open', 100), move('a', 9, 'proposal', 130, 120))).toEqual([
      ['up', 30, 30],
      ['advanced', 130, 0],
      ['slipped', 130, 0],
    ])
    expect(week(move('a', 1, 'proposal', 100), move('a', 9, 'open', 80, 60))).toEqual([
      ['down', 20, -20],
      ['back', 80, 0],
      ['pulled', 80, 0],
    ])
    expect(week(move('a', 1, 'open', 100), move('a', 9, 'won', 90))).toEqual([
      ['down', 10, -10],
      ['won', 90, -90],
    ])
    expect(week(move('a', 8, 'open', 100), move('a', 9, 'lost', 100))).toEqual([
      ['opened', 100, 100],
      ['lost', 100, -100],
    ])
    expect(week(move('a', 1, 'open', 100), move('a', 2, 'lost', 100), move('a', 9, 'open', 100))).toEqual([
      ['reopened', 100, 100],
    ])
    expect(week(move('a', 1, 'open', 100), move('a', 9, 'removed', 100))).toEqual([['removed', 100, -100]])
    expect(week(move('a', 1, 'open', 100), move('a', 20, 'won', 100))).toEqual([])
    expect(week(move('a', 1, 'won', 100))).toEqual([])
    expect(week()).toEqual([])
  })

  const history = fc
    .tuple(
      fc.uuid(),
      fc.array(
        fc.record({
          after: fc.integer({ min: 0, max: 12 }),
          stage: fc.constantFrom(...DEAL_STAGES, 'removed' as const),
          amount: fc.integer({ min: 0, max: 1e9 }),
          expected: fc.integer({ min: 0, max: 300 }),
        }),
        { minLength: 1, maxLength: 12 },
      ),
    )
    .map(([id, steps]) => {
      let at = 0
      return steps.map((step) => {
        at += step.after
        return move(id, at, step.stage, step.amount, step.expected)
      })
    })
  const period = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))

  it('leads from the start to the end exactly, whatever the history and the period', () => {
    fc.assert(
      fc.property(fc.array(history, { maxLength: 20 }), period, (histories, [first, length]) => {
        const [from, to] = [day(first), day(first + length)]
        const start = sum(histories.map((moves) => openAmountOn(moves, addDays(from, -1)).amount))
        const end = sum(histories.map((moves) => openAmountOn(moves, to).amount))
        const rows = histories.flatMap((moves) => movementOf(moves, from, to))
        expect(start + sum(rows.map((row) => row.change))).toBe(end)
        for (const row of rows) {
          expect(MOVEMENTS).toContain(row.kind)
          expect(row.amount).toBeGreaterThanOrEqual(0)
          expect(Math.abs(row.change) === row.amount || row.change === 0).toBe(true)
        }
        // The deals themselves: those that came, less those that went.
        const count = (on: string) => histories.filter((moves) => openAmountOn(moves, on).open).length
        const of = (...kinds: string[]) => rows.filter((row) => kinds.includes(row.kind)).length
        expect(count(addDays(from, -1)) + of('opened', 'reopened') - of('won', 'lost', 'removed')).toBe(count(to))
      }),
      { numRuns: 400 },
    )
  })

  it('says week after week what it says of all the weeks together', () => {
    fc.assert(
      fc.property(fc.array(history, { maxLength: 10 }), (histories) => {
        const change = (from: PlainDay, to: PlainDay) =>
          sum(histories.flatMap((moves) => movementOf(moves, from, to)).map((row) => row.change))
        expect(change(day(0), day(6)) + change(day(7), day(13)) + change(day(14), day(27))).toBe(
          change(day(0), day(27)),
        )
      }),
    )
  })
})
