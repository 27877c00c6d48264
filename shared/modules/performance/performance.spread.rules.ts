import { allocate } from '#shared/kernel/money.ts'
import type { Indicator } from './performance.indicators.schema.ts'

/** Those whose months add up to a year: a rate, a balance or a mark does not. */
export const SPREAD_INDICATORS = [
  'contractAmount',
  'invoiced',
  'collected',
  'grossProfit',
  'newCustomers',
  'visits',
  'helpGiven',
  'notesAdopted',
  'trainingHours',
] as const satisfies readonly Indicator[]
export type SpreadIndicator = (typeof SPREAD_INDICATORS)[number]

/**
 * A year's target over its twelve months by weights, in the indicator's smallest unit (fen, a case, a hundredth); the
 * months sum to the year exactly. `kept` has null for a month that takes part, and for any other what it stands at: a
 * locked month keeps its target, and the rest of the year shares what is left. Weights that are all 0 share equally.
 * Null where the kept months come to more than the year, or to less and no month takes part.
 */
export function spreadYear(
  total: number,
  weights: readonly number[],
  kept: readonly (number | null)[],
): number[] | null {
  const left = total - kept.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const open = kept.flatMap((one, at) => (one === null ? [at] : []))
  if (left < 0 || (left > 0 && open.length === 0)) return null
  const shares = allocate(
    left,
    open.map((at) => weights[at] ?? 0),
  )
  const shareOf = new Map(open.map((at, i) => [at, shares[i] ?? 0]))
  return kept.map((one, at) => one ?? shareOf.get(at) ?? 0)
}
