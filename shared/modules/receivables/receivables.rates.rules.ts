import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { divideRounded } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import type { LawRow } from '#shared/modules/contracts/contracts.law.schema.ts'

/**
 * Rates of interest are held in parts per million, hundredths of a basis point: 3.45 % is 34,500, 0.05 % is 500, so
 * that a part of a basis point a day and a third of a reference rate stay exact.
 */
const MILLION = 1_000_000n
const WHOLE_BP = 10_000n

/** From this day on the rate is that. */
export interface DatedRate {
  readonly from: PlainDay
  readonly ppm: number
}

/** A published rate over time; until `validThrough` somebody has made sure that no change is missing. */
export interface RateTable {
  readonly rows: readonly DatedRate[]
  readonly validThrough: PlainDay
}

/** The tables that a basis may refer to. The benchmark is that of the central bank, in use until 2019-08-19. */
export interface RateTables {
  readonly lpr: RateTable
  readonly benchmark: RateTable
}

export const RATE_UNITS = ['day', 'month', 'year'] as const
export type RateUnit = (typeof RATE_UNITS)[number]

/**
 * What interest is counted by. `agreed`: as the contract prints it, per day, month or year. `statutoryDaily`: where a
 * large enterprise or public body owes a small firm and nothing was agreed (保障中小企业款项支付条例 17). `lpr`,
 * `benchmark`: a published rate and so many basis points of it on top (买卖合同解释 18: 3000–5000; 法释〔2024〕11号: 0),
 * as it stood on the first day of delay or as it moves.
 */
export type InterestBasis =
  | { readonly kind: 'agreed'; readonly ppm: number; readonly per: RateUnit }
  | { readonly kind: 'statutoryDaily'; readonly ppm: number }
  | {
      readonly kind: 'lpr' | 'benchmark'
      readonly surcharge: number
      readonly at: 'breach' | 'floating'
    }

/** Days that a year is divided by: courts use both, so that the choice is printed wherever interest is. */
export const DAY_COUNTS = [365, 360] as const
export type DayCount = (typeof DAY_COUNTS)[number]

/** A rate as it is printed: parts per million in its unit, basis points on top of it. */
export interface PrintedRate {
  readonly ppm: number
  readonly per: RateUnit
  readonly surcharge: number
}

/** A published rate out of the table of legal numbers, which holds basis points. Rows written later count first. */
export function rateTable(rows: readonly LawRow[], key: 'lpr1y' | 'benchmark1y', validThrough: PlainDay): RateTable {
  const own = rows.filter((row) => row.key === key)
  return { rows: own.map(({ from, value }) => ({ from, ppm: value * 100 })), validThrough }
}

/** The row in force on a day; of two from the same day the later one in the table. Null before the first. */
export function rateOn(table: RateTable, day: PlainDay): DatedRate | null {
  let found: DatedRate | null = null
  for (const row of table.rows) {
    if (row.from <= day && (found === null || row.from >= found.from)) found = row
  }
  return found
}

/** True for a day beyond what anybody has checked: the rate may have changed unseen. */
export function isStale(table: RateTable, day: PlainDay): boolean {
  return day > table.validThrough
}

/** The rate of a basis on a day of a delay that began on `breachDay`; null where the table does not reach back. */
export function basisRateOn(
  basis: InterestBasis,
  tables: RateTables,
  breachDay: PlainDay,
  day: PlainDay,
): PrintedRate | null {
  if (basis.kind === 'agreed') return { ppm: basis.ppm, per: basis.per, surcharge: 0 }
  if (basis.kind === 'statutoryDaily') return { ppm: basis.ppm, per: 'day', surcharge: 0 }
  const row = rateOn(tables[basis.kind], basis.at === 'breach' ? breachDay : day)
  return row === null ? null : { ppm: row.ppm, per: 'year', surcharge: basis.surcharge }
}

/** The days after `from` up to `to` on which the rate of a basis may be another than the day before. */
export function rateChanges(basis: InterestBasis, tables: RateTables, from: PlainDay, to: PlainDay): PlainDay[] {
  if (basis.kind === 'agreed' || basis.kind === 'statutoryDaily' || basis.at === 'breach') return []
  const table = tables[basis.kind]
  return table.rows
    .map((row) => row.from)
    .filter((day) => day > from && day <= to && rateOn(table, day)?.ppm !== rateOn(table, addDays(day, -1))?.ppm)
}

/** The last day on which a basis needs its table, where that lies beyond what was checked; otherwise null. */
export function staleSince(
  basis: InterestBasis,
  tables: RateTables,
  breachDay: PlainDay,
  asOf: PlainDay,
): PlainDay | null {
  if (basis.kind === 'agreed' || basis.kind === 'statutoryDaily') return null
  const table = tables[basis.kind]
  return isStale(table, basis.at === 'breach' ? breachDay : asOf) ? table.validThrough : null
}

/**
 * Interest in fen of a principal over whole days, rounded once, half up. A month is a twelfth of a year, so that a
 * monthly rate counts as the yearly one it is printed for: with 360 days a month has 30.
 */
export function interestFor(principal: number, days: number, rate: PrintedRate, dayCount: DayCount): number {
  const year = BigInt(dayCount)
  const [up, down] = rate.per === 'day' ? [1n, 1n] : rate.per === 'month' ? [12n, year] : [1n, year]
  const numerator = BigInt(principal) * BigInt(days) * BigInt(rate.ppm) * up * (WHOLE_BP + BigInt(rate.surcharge))
  return Number(divideRounded(numerator, MILLION * down * WHOLE_BP))
}

/** `3.45%` from parts per million, exactly. */
export function formatPpm(ppm: number): string {
  const digits = String(Math.abs(ppm)).padStart(5, '0')
  const decimals = digits.slice(-4).replace(/0+$/, '')
  return `${ppm < 0 ? '-' : ''}${digits.slice(0, -4)}${decimals === '' ? '' : `.${decimals}`}%`
}

/** A rate in words, with what comes on top of a published one. */
export function rateWords(rate: PrintedRate): Reason {
  const params = { rate: formatPpm(rate.ppm), surcharge: formatPpm(rate.surcharge * 100) }
  if (rate.surcharge > 0) return { key: 'receivables:rate.surcharge', params }
  return { key: `receivables:rate.${rate.per}`, params: { rate: params.rate } }
}
