import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { contractDocument, type ContractDocumentInput } from '#shared/modules/contracts/contracts.documents.ts'
import { secondLanguageOf } from '#shared/modules/contracts/contracts.languages.ts'
import type { TemplateSource } from './contracts.templates.ts'

/** A contract as it is printed, in both its languages where it has two. */
export async function contractModel(source: TemplateSource, input: ContractDocumentInput): Promise<DocumentModel> {
  const words = async (language: Locale) => ({ template: await source(language), t: makeTranslator(language) })
  const { template, t } = await words(input.fields.language)
  const second = secondLanguageOf(input.fields)
  return contractDocument(input, template, t, second === null ? null : await words(second))
}
