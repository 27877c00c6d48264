import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import type { FieldWords } from './customers.fields.rules.ts'

/** The words that values of own fields are shown with in this language. */
export function fieldWords(t: Translate, locale: Locale): FieldWords {
  const more = (key: string) => t(key).split('|').filter(Boolean)
  return {
    locale,
    yes: t('fields:yes'),
    no: t('fields:no'),
    yesToo: more('fields:yesToo'),
    noToo: more('fields:noToo'),
  }
}

/** Of every language: what a sheet may be written in. */
export const everyFieldWords = (): FieldWords[] => LOCALES.map((locale) => fieldWords(makeTranslator(locale), locale))
