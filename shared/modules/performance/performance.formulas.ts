import { needsTarget, type TiersCurve } from './performance.curves.rules.ts'
import { CATALOGUE, type IndicatorUnit } from './performance.indicators.schema.ts'
import type { IndicatorResult } from './performance.schema.ts'
import type { GradeBand } from './performance.schemes.schema.ts'

/** A number of the program as it stands in a cell: yuan, a fraction, points with two decimals, or a count. */
const SCALES: Readonly<Record<IndicatorUnit, number>> = { fen: 100, rate: 10_000, count: 1, points: 100, rating: 100 }
const fraction = (basisPoints: number) => String(basisPoints / 10_000)

/** The cells of one indicator's row: target, actual, and for a rate the cell with what it is of. */
export interface FormulaCells {
  readonly target: string
  readonly actual: string
  readonly whole: string
}

/** The formula that makes of target and actual what the curve makes of them; the same decisions as `rateBy`. */
export function rateFormula(result: IndicatorResult, cells: FormulaCells): string {
  const { better, unit } = CATALOGUE[result.indicator]
  const { target: b, actual: c } = cells
  const missedBy = better === 'more' ? `${b}-${c}` : `${c}-${b}`
  const reached = better === 'more' ? `ROUND(${c}/${b},4)` : `IF(${b}=0,IF(${c}<=0,1,0),2-ROUND(${c}/${b},4))`
  const { curve } = result
  switch (curve.kind) {
    case 'linear':
      return `MIN(${fraction(curve.cap)},MAX(${fraction(curve.floor)},${reached}))`
    case 'tiers':
      return tiersFormula(curve, better, cells)
    case 'steps':
      return curve.steps.reduce(
        (below, step) => `IF(ROUND(${reached},4)>=${fraction(step.from)},${fraction(step.gives)},${below})`,
        '0',
      )
    case 'deduction': {
      // The quotient is rounded before it is cut: 0.3 ÷ 0.1 must be three full units.
      const units = `INT(ROUND(MAX(0,${missedBy})/${curve.per / SCALES[unit]},6))`
      return `MAX(${fraction(curve.floor)},1-${units}*${fraction(curve.deduct)})`
    }
    case 'veto':
      return `IF(ROUND(${missedBy},6)<=0,1,0)`
  }
}

/** The same decisions as `rateBy` makes of three tiers; rounded first to where a half is still a half. */
function tiersFormula(curve: TiersCurve, better: 'more' | 'less', { target: b, actual: c }: FormulaCells): string {
  const share = `ROUND(${c}/${b},4)`
  const reaches = (at: number) => `${share}${better === 'more' ? '>=' : '<='}${fraction(at)}`
  const between = (from: number, given: number, to: number, most: number) =>
    `ROUND(ROUND(${fraction(given)}+(${share}-${fraction(from)})*${fraction(most - given)}/(${fraction(to - from)}),10),4)`
  const { floorAt, floorGives, stretchAt, stretchGives } = curve
  const below = `IF(${reaches(floorAt)},${between(floorAt, floorGives, 10_000, 10_000)},0)`
  const above = `IF(${reaches(10_000)},${between(10_000, 10_000, stretchAt, stretchGives)},${below})`
  const tiers = `IF(${reaches(stretchAt)},${fraction(stretchGives)},${above})`
  return better === 'more' ? tiers : `IF(${b}=0,IF(${c}<=0,1,0),${tiers})`
}

/** The figure of a tier as a formula of the target: as `tierFigures` has it, in the decimals of the unit. */
export function tierFormula(result: IndicatorResult, share: number, target: string): string {
  const { better, unit } = CATALOGUE[result.indicator]
  const decimals = Math.round(Math.log10(SCALES[unit]))
  return `${better === 'more' ? 'ROUNDUP' : 'ROUNDDOWN'}(ROUND(${target}*${fraction(share)},8),${decimals})`
}

/** The condition under which an indicator is measured, or null where the sheet cannot decide it: an entry by hand. */
export function measuredFormula(result: IndicatorResult, cells: FormulaCells): string | null {
  const { better, unit, source } = CATALOGUE[result.indicator]
  if ((source === 'manual' || unit === 'rating') && !result.applicable) return null
  const divides = better === 'more' && needsTarget(result.curve)
  const halves = unit === 'rate' && result.corrected === undefined
  const parts = [...(divides ? [`${cells.target}>0`] : []), ...(halves ? [`${cells.whole}>0`] : [])]
  return parts.length === 0 ? 'TRUE' : parts.length === 1 ? (parts[0] ?? '') : `AND(${parts.join(',')})`
}

/** The grade that a total in this cell reaches, or its coefficient. */
export function gradeFormula(grades: readonly GradeBand[], total: string, what: 'name' | 'coefficient'): string {
  const value = (band: GradeBand) =>
    what === 'name' ? `"${band.name.replaceAll('"', '""')}"` : fraction(band.coefficient)
  const last = grades.at(-1)
  return grades
    .slice(0, -1)
    .reduceRight((below, band) => `IF(${total}>=${band.from / 100},${value(band)},${below})`, last ? value(last) : '""')
}
