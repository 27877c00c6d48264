import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import {
  dueOn,
  journalEntries,
  NO_DUE_KEY,
  type DueChange,
  type JournalEntry,
} from '#shared/modules/receivables/receivables.journal.rules.ts'

const START = asDay('2026-01-01')
const at = (days: number): PlainDay => addDays(START, days)
const FEB: DueChange = { day: asDay('2026-02-01'), before: null, after: '2026-04-30' }
const MARCH: DueChange = { day: asDay('2026-03-01'), before: '2026-04-30', after: '2026-06-30' }

describe('the due day that held on a day', () => {
  it.each([
    ['2026-01-31', NO_DUE_KEY],
    ['2026-02-01', '2026-04-30'],
    ['2026-02-28', '2026-04-30'],
    ['2026-03-01', '2026-06-30'],
    ['2026-09-09', '2026-06-30'],
  ])('%s', (day, want) => {
    expect(dueOn(asDay(day), '2026-06-30', [FEB, MARCH])).toBe(want)
  })
})

describe('a move in the journal', () => {
  it('is under the due day of its day, and carried along where that was changed since', () => {
    expect(journalEntries(asDay('2026-02-15'), -300, '2026-06-30', [FEB, MARCH])).toEqual([
      { day: '2026-02-15', dueKey: '2026-04-30', amount: -300 },
      { day: '2026-03-01', dueKey: '2026-04-30', amount: 300 },
      { day: '2026-03-01', dueKey: '2026-06-30', amount: -300 },
    ])
  })

  it('with others sums on every day to what was owed then, all of it under the due day of then', () => {
    const changes = fc
      .array(fc.record({ day: fc.integer({ min: 1, max: 60 }), due: fc.option(fc.integer({ min: 0, max: 90 })) }), {
        maxLength: 5,
      })
      .map((rows) => {
        const due = (days: number | null | undefined) => (days === null || days === undefined ? null : at(days))
        const sorted = rows.toSorted((a, b) => a.day - b.day)
        return sorted.map(({ day, due: after }, i): DueChange => {
          return { day: at(day), before: due(sorted[i - 1]?.due), after: due(after) }
        })
      })
    const moves = fc.array(
      fc.record({ day: fc.integer({ min: 0, max: 60 }), amount: fc.integer({ min: -500, max: 500 }) }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(changes, moves, (dues, given) => {
        const now = dues.at(-1)?.after ?? NO_DUE_KEY
        const entries = given.flatMap(({ day, amount }) => journalEntries(at(day), amount, now, dues))
        for (let days = 0; days <= 61; days += 1) {
          const owed = given.filter((move) => move.day <= days).reduce((sum, move) => sum + move.amount, 0)
          expect(byDue(entries, at(days))).toEqual(owed === 0 ? {} : { [dueOn(at(days), now, dues)]: owed })
        }
      }),
    )
  })
})

/** Sums under each due day up to a day; what comes to nothing is left out. */
function byDue(entries: readonly JournalEntry[], day: PlainDay): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const entry of entries) {
    if (entry.day <= day) sums[entry.dueKey] = (sums[entry.dueKey] ?? 0) + entry.amount
  }
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0))
}
