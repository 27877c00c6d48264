import type { Locale } from '#shared/i18n/locale.ts'
import type { FieldIssue } from '#shared/kernel/app-error.ts'
import {
  fieldsInUse,
  formatCell,
  headingsOf,
  labelIn,
  ownValue,
  parseCell,
  type FieldWords,
} from './customers.fields.rules.ts'
import type { FieldValues, FieldView, GivenFields } from './customers.fields.schema.ts'

/** Name of the column of an own field among those of the file. */
export const fieldColumn = (key: string) => `field:${key}`

/** The columns that own fields are in a sheet: headed by their label, found by any of their labels or code name. */
export function fieldColumns(
  fields: readonly FieldView[],
  locale: Locale,
): { key: string; required: boolean; title: string; names: string[] }[] {
  return fieldsInUse(fields).map((field) => ({
    key: fieldColumn(field.key),
    required: field.required,
    title: labelIn(field.labels, locale),
    names: headingsOf(field),
  }))
}

/** A value as the cell of an exported sheet: numbers as numbers, so that a spreadsheet can add them up. */
export function toFieldCell(field: FieldView, values: FieldValues, words: FieldWords): string | number | null {
  const value = ownValue(values, field.key)
  return typeof value === 'number' ? value : formatCell(field, value, words)
}

/**
 * What a row says of own fields. An empty cell says nothing, and a cell that says what the file says already is left
 * alone, even where it could no longer be entered.
 */
export function fromFieldCells(
  fields: readonly FieldView[],
  cells: Readonly<Record<string, string>>,
  before: FieldValues,
  words: readonly FieldWords[],
): { given: GivenFields; issues: FieldIssue[] } {
  const given: GivenFields = {}
  const issues: FieldIssue[] = []
  for (const field of fieldsInUse(fields)) {
    const cell = (cells[fieldColumn(field.key)] ?? '').replace(/\r\n?/g, '\n').trim()
    if (cell === '') continue
    const had = ownValue(before, field.key)
    if (had !== null && words.some((of) => formatCell(field, had, of) === cell)) continue
    const read = parseCell(field, cell, words)
    if ('problem' in read) issues.push({ path: ['fields', field.key], ...read.problem })
    else given[field.key] = read.value
  }
  return { given, issues }
}
