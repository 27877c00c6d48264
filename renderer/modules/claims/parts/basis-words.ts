import type { Translate } from '#shared/i18n/translate.ts'
import { rateWords, type InterestBasis } from '#shared/modules/receivables/receivables.rates.rules.ts'

/** A basis as a line: its kind, its rate, and what is added to a published one. */
export function basisWords(basis: InterestBasis, t: Translate): string {
  const kind = t(`receivables:basis.kinds.${basis.kind}`)
  if (basis.kind === 'agreed' || basis.kind === 'statutoryDaily') {
    const per = basis.kind === 'agreed' ? basis.per : 'day'
    const { key, params } = rateWords({ ppm: basis.ppm, per, surcharge: 0 })
    return `${kind} · ${t(key, params)}`
  }
  const more = basis.surcharge > 0 ? ` · ${t('claims:terms.plus', { share: `${basis.surcharge / 100}%` })}` : ''
  return `${kind}${more} · ${t(`claims:terms.at.${basis.at}`)}`
}
