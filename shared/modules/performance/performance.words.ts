import { formatCount, formatRate } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { tierFigures, type ScoringCurve } from './performance.curves.rules.ts'
import { CATALOGUE, type Indicator } from './performance.indicators.schema.ts'

/** Points of a score, kept in hundredths: `7.50`. */
export const formatScore = (hundredths: number): string => (hundredths / 100).toFixed(2)

/** Points that are given or taken: `+7.50`, `-7.50`. */
export const signedScore = (hundredths: number): string => `${hundredths > 0 ? '+' : ''}${formatScore(hundredths)}`

/** A figure in the unit of its indicator. */
export function figureText(indicator: Indicator, value: number): string {
  switch (CATALOGUE[indicator].unit) {
    case 'fen':
      return formatYuan(value)
    case 'rate':
      return formatRate(value)
    case 'points':
    case 'rating':
      return formatScore(value)
    case 'count':
      return formatCount(value)
  }
}

/** The rule of a curve in a sentence, as it stands on the sheet. */
export function curveText(curve: ScoringCurve, indicator: Indicator, t: Translate): string {
  const { better } = CATALOGUE[indicator]
  switch (curve.kind) {
    case 'linear':
      return t(`performance:rules.linear.${better}`, { floor: formatRate(curve.floor), cap: formatRate(curve.cap) })
    case 'tiers':
      return t('performance:rules.tiers', {
        floor: formatRate(curve.floorAt),
        floorGives: formatRate(curve.floorGives),
        stretch: formatRate(curve.stretchAt),
        stretchGives: formatRate(curve.stretchGives),
      })
    case 'steps': {
      const steps = curve.steps.map((step) =>
        t('performance:rules.step', { from: formatRate(step.from), gives: formatRate(step.gives) }),
      )
      return t('performance:rules.steps', { steps: steps.join(t('performance:rules.between')) })
    }
    case 'deduction':
      return t(`performance:rules.deduction.${better}`, {
        per: figureText(indicator, curve.per),
        deduct: formatRate(curve.deduct),
        floor: formatRate(curve.floor),
      })
    case 'veto':
      return t(`performance:rules.veto.${better}`)
  }
}

/** Floor and stretch beside a target of three tiers, in a short line; null where there are none. */
export function tiersText(curve: ScoringCurve, indicator: Indicator, target: number, t: Translate): string | null {
  if (curve.kind !== 'tiers') return null
  const { floor, stretch } = tierFigures(curve, CATALOGUE[indicator].better, target)
  const words = { floor: figureText(indicator, floor), stretch: figureText(indicator, stretch) }
  return t('performance:rules.tierLine', words)
}

/** What an indicator counts, with the number that the scheme chose. */
export function definitionText(indicator: Indicator, param: number | null, t: Translate): string {
  const text = t(`performance:definitions.${indicator}`, { param: param ?? 0 })
  return indicator === 'newCustomers' && (param ?? 0) > 0
    ? t('performance:definitions.newAgain', { param: param ?? 0 })
    : text
}
