import { divideRounded } from '#shared/kernel/money.ts'
import { INDICATORS } from '#shared/modules/office/office.schema.ts'
import type { Indicator, IndicatorResult, PersonSheet } from './performance.schema.ts'

/** Less than nothing does not count, more than 120 % of the target counts as 120 %. Basis points. */
export const RATE_FLOOR = 0
export const RATE_CAP = 12_000

export interface Measured {
  readonly actual: number
  readonly part: number
  readonly whole: number
}

/** `part ÷ whole` in basis points, rounded half up; 0 where there is no whole. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Number(divideRounded(BigInt(part) * 10_000n, BigInt(whole)))
}

/**
 * One indicator: rate = actual ÷ target, floor and cap, score = weight × rate in points. Without a target, or a rate
 * without anything due, there is nothing to measure: the indicator is left out and its weight goes to the others.
 */
export function scoreIndicator(
  indicator: Indicator,
  target: { weight: number; target: number },
  measured: Measured,
): IndicatorResult {
  const applicable = target.target > 0 && (indicator !== 'collectionRate' || measured.whole > 0)
  const rate = applicable ? Math.min(RATE_CAP, Math.max(RATE_FLOOR, ratio(measured.actual, target.target))) : 0
  const score = Number(divideRounded(BigInt(target.weight) * BigInt(rate), 10_000n))
  return { indicator, ...target, ...measured, applicable, rate, score }
}

/** The total over what was measured, re-normalised to 100 points. Points × 100; 0 where nothing was measured. */
export function totalScore(indicators: readonly IndicatorResult[]): number {
  const used = indicators.filter((i) => i.applicable)
  const weight = used.reduce((sum, i) => sum + i.weight, 0)
  if (weight === 0) return 0
  const score = used.reduce((sum, i) => sum + i.score, 0)
  return Number(divideRounded(BigInt(score) * 10_000n, BigInt(weight)))
}

/** Equal totals share a rank; the next one counts on: 1, 2, 2, 4. Highest first, then by name as given. */
export function ranked(people: readonly Omit<PersonSheet, 'rank'>[]): PersonSheet[] {
  const sorted = [...people].sort((a, b) => b.total - a.total)
  return sorted.map((person) => ({ ...person, rank: 1 + sorted.filter((other) => other.total > person.total).length }))
}

/** The indicators in their order, each scored. */
export function scoreAll(
  targets: Readonly<Record<Indicator, { weight: number; target: number }>>,
  measured: Readonly<Record<Indicator, Measured>>,
): IndicatorResult[] {
  return INDICATORS.map((key) => scoreIndicator(key, targets[key], measured[key]))
}
