import type { Locale } from '#shared/i18n/locale.ts'
import type { ContractDraft, ContractTerms, Party } from './contracts.schema.ts'
import { secondTexts, type SecondText } from './contracts.texts.schema.ts'

export const SECOND_TEXTS = Object.keys(secondTexts.shape) as SecondText[]

/** What identifies the sides: many firms have no name in another language, so that these may stay as they are. */
const NAMES = ['sellerName', 'sellerAddress', 'buyerName', 'buyerAddress'] as const
type Name = (typeof NAMES)[number]
const isName = (name: SecondText): name is Name => (NAMES as readonly string[]).includes(name)

/** The key of the words for a second text: that of the clause it translates, where it is one. */
export function secondLabel(name: SecondText): string {
  return name === 'title' || isName(name) ? `contracts:fields.second.${name}` : `contracts:fields.terms.${name}`
}

/** The second language of a contract; null for one in a single language. */
export function secondLanguageOf(fields: Pick<ContractDraft, 'language' | 'terms'>): Locale | null {
  const { secondLanguage } = fields.terms
  return secondLanguage === fields.language ? null : secondLanguage
}

/** What a second text translates, in the first language; '' for the sides, whose names stand for themselves. */
export function firstText(fields: ContractDraft, name: SecondText): string {
  if (name === 'title') return fields.title
  return isName(name) ? '' : fields.terms[name]
}

/** The texts that are to be translated and are not. */
export function untranslated(fields: ContractDraft): SecondText[] {
  return SECOND_TEXTS.filter((name) => firstText(fields, name).trim() !== '' && fields.terms.second[name].trim() === '')
}

/** A contract as its second language says it, beside the first; what nobody translated stays as it is. */
export function inSecondLanguage(fields: ContractDraft, language: Locale): ContractDraft {
  const { second } = fields.terms
  const texts = SECOND_TEXTS.filter((name) => second[name] !== '' && name !== 'title' && !isName(name))
  const said = Object.fromEntries(texts.map((name) => [name, second[name]])) as Partial<ContractTerms>
  return {
    ...fields,
    language,
    title: second.title || fields.title,
    buyer: sideIn(fields.buyer, second.buyerName, second.buyerAddress),
    terms: { ...fields.terms, ...said, secondLanguage: fields.language },
  }
}

/** One of the sides with its name and address in the second language, as far as they were given. */
export function sideIn(side: Party, name: string, address: string): Party {
  return { ...side, name: name || side.name, address: address || side.address }
}
