import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { inSecondLanguage, secondLanguageOf, sideIn } from './contracts.languages.ts'
import type { ContractDraft, Party } from './contracts.schema.ts'
import type { ContractTemplate } from './contracts.template.schema.ts'

/** A contract in one of its languages: words and free texts. */
export interface Speaker {
  readonly language: Locale
  readonly t: Translate
  readonly fields: ContractDraft
  readonly seller: Party
  /** In place of a value that nobody gave: a line to be filled in by hand. */
  readonly blank: string
}

/** And with its wording. */
export interface Voice extends Speaker {
  readonly template: ContractTemplate
}

/** The wording of the second language and its words. */
export interface SecondWords {
  readonly template: ContractTemplate
  readonly t: Translate
}

/** The contract in its own language, and in the second one where it has one and its wording is given. */
export type Voices = readonly [Voice] | readonly [Voice, Voice]
export type Speakers = readonly [Speaker] | readonly [Speaker, Speaker]

export function voicesOf(
  given: { readonly fields: ContractDraft; readonly seller: Party },
  words: SecondWords,
  second: SecondWords | null,
): Voices {
  const { fields, seller } = given
  const voice = (language: Locale, { template, t }: SecondWords, said: ContractDraft, side: Party): Voice => ({
    language,
    t,
    template,
    fields: said,
    seller: side,
    blank: t('contracts:document.blank'),
  })
  const first = voice(fields.language, words, fields, seller)
  const language = secondLanguageOf(fields)
  if (language === null || second === null) return [first]
  const { sellerName, sellerAddress } = fields.terms.second
  const side = sideIn(seller, sellerName, sellerAddress)
  return [first, voice(language, second, inSecondLanguage(fields, language), side)]
}

/** The same in each language, one under the other; once where it is the same text. */
export function stacked<Of extends Speaker>(speakers: readonly Of[], say: (speaker: Of) => string): string {
  return [...new Set(speakers.map(say))].join('\n')
}

/** The same in each language, side by side. */
export function slashed<Of extends Speaker>(speakers: readonly Of[], say: (speaker: Of) => string): string {
  return [...new Set(speakers.map(say))].join(' / ')
}

/** What a contract of services calls in its own words. */
const OF_SERVICES: ReadonlySet<string> = new Set(['seller', 'buyer', 'lineName', 'lineSpec'])

/** A word of the document, as its kind of contract has it. */
export function documentWord({ t, fields }: Pick<Speaker, 't' | 'fields'>, key: string): string {
  const own = fields.kind === 'services' && OF_SERVICES.has(key)
  return t(own ? `contracts:document.services.${key}` : `contracts:document.${key}`)
}

/** Words of the document in each language, one under the other. */
export const heads =
  (speakers: readonly Speaker[]) =>
  (key: string): string =>
    stacked(speakers, (speaker) => documentWord(speaker, key))
