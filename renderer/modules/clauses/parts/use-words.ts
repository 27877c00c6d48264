import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { wordsIn } from '#shared/modules/clauses/clauses.wording.rules.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'

type Words = Readonly<Partial<Record<Locale, string>>>

/** Names in the reader's language, else in another that they have. */
export function useWordsIn(): (words: Words) => string {
  const locale = useLocale()
  return (words) => wordsIn(words, locale)
}

/** Languages as one line of words. */
export function useLanguageNames(): (languages: readonly Locale[]) => string {
  const t = useT()
  return (languages) =>
    languages.length === 0
      ? t('clauses:templates.none')
      : LOCALES.filter((language) => languages.includes(language))
          .map((language) => t(`contracts:languages.${language}`))
          .join(' · ')
}

/** Languages for a narrow column. */
export function useShortLanguages(): (languages: readonly Locale[]) => string {
  const t = useT()
  return (languages) =>
    LOCALES.filter((language) => languages.includes(language))
      .map((language) => t(`clauses:short.${language}`))
      .join(' · ')
}
