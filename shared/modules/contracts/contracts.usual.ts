import type { Translate } from '#shared/i18n/translate.ts'
import { CHECK_RULES } from './contracts.check.ts'
import { SECOND_TEXTS } from './contracts.languages.ts'
import type { ContractTerms } from './contracts.schema.ts'
import type { SecondTexts } from './contracts.texts.schema.ts'

/**
 * Second texts that nobody needs to write: where the first text is what a new draft starts with, or what the check
 * proposes, the same words in the other language. What is translated already is left alone.
 */
export function usualTranslations(terms: ContractTerms, from: Translate, to: Translate): Partial<SecondTexts> {
  const found: Partial<Record<keyof SecondTexts, string>> = {}
  for (const name of SECOND_TEXTS) {
    if (!(name in terms) || terms.second[name] !== '') continue
    const text = terms[name as keyof ContractTerms]
    const proposed = CHECK_RULES.filter((rule) => rule.wording === `terms.${name}`).map(
      ({ code }) => `wordings.${code}`,
    )
    const same = [`defaults.${name}`, ...proposed].find((key) => from(`contracts:${key}`) === text)
    if (same !== undefined) found[name] = to(`contracts:${same}`)
  }
  return found
}
