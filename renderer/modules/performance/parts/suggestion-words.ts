import { formatRate } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { Suggestion } from '#shared/modules/performance/performance.proposals.schema.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'

/** By which figures of which months something is suggested, in a sentence. */
export function figureOfSuggestion({ cause, indicator, months, grade, figure }: Suggestion, t: Translate): string {
  const [first, last] = [months[0] ?? '', months.at(-1) ?? '']
  const span = first === last ? first : `${first} – ${last}`
  const key = cause === 'best' || cause === 'below' ? cause : 'weak'
  return t(`performance:proposals.causes.${key}`, {
    months: span,
    grade: grade ?? '',
    indicator: indicator === null ? '' : t(`performance:indicators.${indicator}`),
    figure: figure === null ? '' : key === 'weak' ? formatRate(figure) : formatScore(figure),
  })
}
