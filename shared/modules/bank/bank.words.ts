import type { Translate } from '#shared/i18n/translate.ts'
import { STATEMENT_COLUMNS, type StatementColumn, type StatementWords } from './bank.statement.rules.ts'

/** A column that a statement may have, and every heading that banks give it. */
export interface StatementField {
  readonly key: StatementColumn
  readonly title: string
  readonly names: readonly string[]
}

const listed = (text: string): string[] => text.split('|').filter(Boolean)

/** The columns, titled in the reader's language and known by the headings of all. */
export function statementFields(t: Translate, translators: readonly Translate[]): StatementField[] {
  return STATEMENT_COLUMNS.map((key) => ({
    key,
    title: t(`bank:sheet.${key}`),
    names: [...new Set(translators.flatMap((of) => [of(`bank:sheet.${key}`), ...listed(of(`bank:synonyms.${key}`))]))],
  }))
}

/** The words of cells in every language. */
export function statementWords(translators: readonly Translate[]): StatementWords {
  const words = (key: keyof StatementWords) => [
    ...new Set(translators.flatMap((t) => listed(t(`bank:words.${key}`).toLowerCase()))),
  ]
  return { in: words('in'), out: words('out'), passed: words('passed'), currency: words('currency') }
}
