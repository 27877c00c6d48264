import { LOCALES } from './locale.ts'
import { makeTranslator } from './translate.ts'

/** A translator of each language: files that firms bring may be headed in any of them. */
export const TRANSLATORS = LOCALES.map(makeTranslator)
