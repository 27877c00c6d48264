import { createHash } from 'node:crypto'
import { refuse } from '#shared/kernel/app-error.ts'
import { unescapeCell } from '#shared/kernel/csv-safe.ts'
import { isBlank, normaliseHeading } from '#shared/modules/imports/imports.rules.ts'
import type { CheckInput, ImportEntity, PlannedRow } from '#shared/modules/imports/imports.schema.ts'
import type { Files } from '#core/kernel/files.ts'
import { keptJson } from '#core/kernel/kept-json.ts'
import type { SheetRow } from './imports.plan.ts'

/** A file as it was read, between the steps of its import. */
export interface OpenTable {
  readonly entity: ImportEntity
  readonly fileName: string
  readonly sheets: readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[]
}

/** A finished check, between check and run. */
export interface FinishedCheck {
  readonly input: CheckInput
  readonly rows: readonly PlannedRow[]
}

/** What an import keeps between its steps. */
export function createImportMemory(files: Files) {
  const tables = keptJson<OpenTable>(files, 'import-table.json')
  const checks = keptJson<FinishedCheck>(files, 'import-check.json')
  return { keepTable: tables.keep, table: tables.read, keepCheck: checks.keep, check: checks.read }
}

/** Cells as they are judged: our own guard against formulas taken off (CSV only), one kind of line end. */
export function cleanSheet(rows: readonly (readonly string[])[], csv: boolean): string[][] {
  return rows.map((row) => row.map((cell) => (csv ? unescapeCell(cell) : cell).replace(/\r\n?/g, '\n')))
}

/** Stands for a heading line, so that a choice of columns is found again whatever else the sheet holds. */
export function headingKey(headings: readonly string[]): string {
  return createHash('sha256').update(headings.map(normaliseHeading).join('\u001f')).digest('hex')
}

/** The rows beneath the headings with their cells by field; blank ones are passed over. */
export function mappedRows(
  table: Pick<OpenTable, 'sheets'>,
  input: Pick<CheckInput, 'sheet' | 'headRow' | 'mapping'>,
): SheetRow[] {
  const sheet = table.sheets[input.sheet]
  if (!sheet) throw refuse('NOT_FOUND', { entity: 'sheet' })
  const columns = input.mapping.flatMap((key, column) => (key === null ? [] : [{ key, column }]))
  return sheet.rows
    .map((row, i) => ({ row: i + 1, given: row }))
    .slice(input.headRow + 1)
    .filter(({ given }) => !isBlank(given))
    .map(({ row, given }) => ({
      row,
      cells: Object.fromEntries(columns.map(({ key, column }) => [key, given[column] ?? ''])),
    }))
}
