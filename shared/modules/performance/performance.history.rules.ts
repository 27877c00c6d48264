import { divideRounded } from '#shared/kernel/money.ts'
import type { HistoryMonth } from './performance.history.schema.ts'
import { INDICATOR_CODES, type Indicator } from './performance.indicators.schema.ts'
import type { PersonSheet } from './performance.schema.ts'

/** What an indicator came to on average over the months in which it was measured; basis points. */
export interface MeanRate {
  readonly indicator: Indicator
  readonly rate: number
  readonly months: number
}

/** In so many months an indicator must have been measured before anything is said of it. */
export const LEAST_MONTHS = 3
/** So many strengths and so many weaknesses are named. */
const NAMED = 3

/** A locked month of a person as a line of his history; `places`: whether the reader may know the rank. */
export function historyMonth(month: string, person: PersonSheet, places: boolean): HistoryMonth {
  const corrections = person.indicators.filter((one) => one.corrected !== undefined).length
  const { total, grade, vetoed, schemeName, asLocked } = person
  return {
    month,
    schemeName,
    total,
    grade,
    vetoed,
    rank: places ? person.rank : null,
    calibration: person.calibration?.points ?? null,
    standing: person.standing ?? null,
    corrections,
    lockedTotal: asLocked && asLocked.total !== total ? asLocked.total : null,
    rates: person.indicators.map(({ indicator, rate, applicable }) => ({ indicator, rate, applicable })),
  }
}

/** The mean rate of every indicator over the months in which it was measured, in the order of the catalogue. */
export function meanRates(months: readonly Pick<HistoryMonth, 'rates'>[]): MeanRate[] {
  const measured = months.flatMap(({ rates }) => rates.filter((one) => one.applicable))
  const found = Map.groupBy(measured, (one) => one.indicator)
  return INDICATOR_CODES.flatMap((indicator) => {
    const rates = found.get(indicator) ?? []
    if (rates.length === 0) return []
    const sum = rates.reduce((all, { rate }) => all + rate, 0)
    return [{ indicator, rate: Number(divideRounded(BigInt(sum), BigInt(rates.length))), months: rates.length }]
  })
}

/**
 * The indicators with the best and with the weakest mean rate, at most three of each and none in both: what was
 * measured in fewer than three months says nothing. A strength reaches its target, a weakness does not.
 */
export function strengths(means: readonly MeanRate[]): { strong: MeanRate[]; weak: MeanRate[] } {
  const known = means.filter((mean) => mean.months >= LEAST_MONTHS).toSorted((a, b) => b.rate - a.rate)
  return {
    strong: known.filter((mean) => mean.rate >= 10_000).slice(0, NAMED),
    weak: known
      .filter((mean) => mean.rate < 10_000)
      .toReversed()
      .slice(0, NAMED),
  }
}
