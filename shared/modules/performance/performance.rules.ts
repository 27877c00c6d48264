import { divideRounded } from '#shared/kernel/money.ts'
import { needsTarget, ratio, rateBy, WHOLE } from './performance.curves.rules.ts'
import { CATALOGUE, type Indicator } from './performance.indicators.schema.ts'
import type { IndicatorResult, PersonSheet, SourceRow } from './performance.schema.ts'
import { gradeOf } from './performance.schemes.rules.ts'
import type { GradeBand, SchemeItem } from './performance.schemes.schema.ts'

/** A figure as it was measured; in the indicator's unit. `rows` counts the records behind it. */
export interface Measured {
  readonly actual: number
  readonly part: number
  readonly whole: number
  readonly rows: number
}

/**
 * The figure that these records are: their sum, their number, or part ÷ whole. There is no other way to a figure, so
 * that whoever opens the rows counts what the sheet counted.
 */
export function figureOf(indicator: Indicator, rows: readonly Pick<SourceRow, 'amount' | 'received'>[]): Measured {
  const { unit } = CATALOGUE[indicator]
  const sum = (key: 'amount' | 'received') => rows.reduce((total, row) => total + row[key], 0)
  if (unit === 'count') return { actual: rows.length, part: 0, whole: 0, rows: rows.length }
  if (unit === 'rating') return { actual: weightedMean(rows), part: 0, whole: 0, rows: rows.length }
  if (unit !== 'rate') return { actual: sum('amount'), part: 0, whole: 0, rows: rows.length }
  const [part, whole] = [sum('received'), sum('amount')]
  return { actual: ratio(part, whole), part, whole, rows: rows.length }
}

/** The mean of `amount`, each weighed by `received`; rounded half up. 0 of nothing. */
function weightedMean(rows: readonly Pick<SourceRow, 'amount' | 'received'>[]): number {
  const weight = rows.reduce((total, row) => total + row.received, 0)
  if (weight === 0) return 0
  const sum = rows.reduce((total, row) => total + BigInt(row.amount) * BigInt(row.received), 0n)
  return Number(divideRounded(sum, BigInt(weight)))
}

/** Whether there is anything to measure: an entry by hand, something that was due, a target to divide by. */
export function measurable(item: Pick<SchemeItem, 'indicator' | 'target' | 'curve'>, measured: Measured): boolean {
  const { unit, source, better } = CATALOGUE[item.indicator]
  if ((source === 'manual' || unit === 'rating') && measured.rows === 0) return false
  if (unit === 'rate' && measured.whole <= 0) return false
  return better === 'less' || item.target > 0 || !needsTarget(item.curve)
}

/** One indicator: what its curve makes of the actual, and score = weight × rate in points. */
export function scoreIndicator(item: SchemeItem, measured: Measured): IndicatorResult {
  const { actual, part, whole } = measured
  const applicable = measurable(item, measured)
  const rate = applicable ? rateBy(item.curve, CATALOGUE[item.indicator].better, item.target, actual) : 0
  const score = Number(divideRounded(BigInt(item.weight) * BigInt(rate), BigInt(WHOLE)))
  return { ...item, actual, part, whole, applicable, rate, score }
}

/** Whether one that had to be reached was missed. */
export function isVetoed(indicators: readonly IndicatorResult[]): boolean {
  return indicators.some((one) => one.applicable && one.curve.kind === 'veto' && one.rate === 0)
}

/**
 * The total over what was measured, re-normalised to 100 points. Points × 100; 0 where nothing was measured, or where
 * one that had to be reached was missed.
 */
export function totalScore(indicators: readonly IndicatorResult[]): number {
  if (isVetoed(indicators)) return 0
  const used = indicators.filter((one) => one.applicable)
  const weight = used.reduce((sum, one) => sum + one.weight, 0)
  if (weight === 0) return 0
  const score = used.reduce((sum, one) => sum + one.score, 0)
  return Number(divideRounded(BigInt(score) * BigInt(WHOLE), BigInt(weight)))
}

/**
 * What a person's indicators come to: total, grade and coefficient by the grades of his scheme. Points that a superior
 * gave or took, within their caps, are added to what the indicators came to, and may not take it below nothing; then
 * those of calibration, likewise. A veto stands whatever is added.
 */
export function outcomeOf(
  {
    grades,
    calibration,
    extra,
  }: Pick<PersonSheet, 'calibration' | 'extra'> & { readonly grades: readonly GradeBand[] },
  indicators: readonly IndicatorResult[],
) {
  const scored = Math.max(0, totalScore(indicators) + (extra?.points ?? 0))
  const total = isVetoed(indicators) ? 0 : Math.max(0, scored + (calibration?.points ?? 0))
  const grade = gradeOf(grades, total)
  return {
    vetoed: isVetoed(indicators),
    total,
    grade: grade?.name ?? null,
    coefficient: grade?.coefficient ?? null,
  }
}

/** What a person's month comes to: each indicator, the total and the grade. */
export function scoreAll(
  items: readonly SchemeItem[],
  grades: readonly GradeBand[],
  measuredOf: (indicator: Indicator) => Measured,
) {
  const indicators = items.map((item) => scoreIndicator(item, measuredOf(item.indicator)))
  return { indicators, ...outcomeOf({ grades }, indicators), grades: [...grades] }
}

/** Equal totals share a rank; the next one counts on: 1, 2, 2, 4. Highest first, then by name as given. */
export function ranked(people: readonly Omit<PersonSheet, 'rank'>[]): PersonSheet[] {
  const sorted = people.toSorted((a, b) => b.total - a.total)
  const firstAt = new Map<number, number>()
  sorted.forEach((person, i) => {
    if (!firstAt.has(person.total)) firstAt.set(person.total, i + 1)
  })
  return sorted.map((person) => ({ ...person, rank: firstAt.get(person.total) ?? 1 }))
}
