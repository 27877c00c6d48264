import type { Indicator } from './performance.indicators.schema.ts'
import type { SourceRow } from './performance.schema.ts'

/** So many records stand in a workbook at most: more than anybody leafs through, and few enough to be written at once. */
const MOST_RECORDS = 10_000

/** How many records, and what their two columns come to. */
export interface SourceTotal {
  readonly rows: number
  readonly amount: number
  readonly received: number
}

/** The records behind one figure of one person: all of them, or the first and what the others come to. */
export interface FigureSources {
  readonly userId: string
  readonly indicator: Indicator
  readonly rows: readonly SourceRow[]
  /** Those that are not among `rows`; null where all are. */
  readonly rest: SourceTotal | null
}

/** Of how many records of each figure there is room: all of them, or the same number of each; the program opens all. */
export function mostOfEach(counts: readonly number[]): number {
  const fits = (most: number) => counts.reduce((sum, count) => sum + Math.min(count, most), 0) <= MOST_RECORDS
  return [Infinity, 3000, 1000, 300, 100, 30].find(fits) ?? 10
}

export function totalOf(rows: readonly Pick<SourceRow, 'amount' | 'received'>[]): SourceTotal {
  const total = { rows: rows.length, amount: 0, received: 0 }
  for (const row of rows) {
    total.amount += row.amount
    total.received += row.received
  }
  return total
}

/** What is left of all records besides those shown; null where that is none. */
export function restOf(all: SourceTotal, shown: SourceTotal): SourceTotal | null {
  if (all.rows === shown.rows) return null
  return {
    rows: all.rows - shown.rows,
    amount: all.amount - shown.amount,
    received: all.received - shown.received,
  }
}

/** As many records of a figure as there is room for, the first ones, with what the others come to. */
export function shortened(rows: readonly SourceRow[], most: number): Pick<FigureSources, 'rows' | 'rest'> {
  const shown = rows.slice(0, most)
  return { rows: shown, rest: restOf(totalOf(rows), totalOf(shown)) }
}
