import { createHash } from 'node:crypto'
import { refuse } from '#shared/kernel/app-error.ts'
import { unescapeCell } from '#shared/kernel/csv-safe.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { guessHeadRow, guessMapping, isBlank, normaliseHeading } from '#shared/modules/imports/imports.rules.ts'
import {
  HEAD_ROWS,
  type CheckInput,
  type ImportEntity,
  type ImportTable,
  type PlannedRow,
} from '#shared/modules/imports/imports.schema.ts'
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

/** Choices of columns by the key of their heading line. */
export type KeptMappings = ReadonlyMap<string, readonly (string | null)[]>

/** A sheet as it is shown for its columns to be chosen: as they were remembered, else as their headings read. */
export async function sheetView(
  sheet: OpenTable['sheets'][number],
  fields: Parameters<typeof guessMapping>[1],
  remembered: (keys: string[]) => Promise<KeptMappings>,
): Promise<ImportTable['sheets'][number]> {
  const top = sheet.rows.slice(0, HEAD_ROWS)
  const keys = top.map(headingKey)
  const kept = await remembered(keys)
  const known = keys.findIndex((key) => kept.has(key))
  const headRow = known >= 0 ? known : guessHeadRow(top, fields)
  return {
    name: sheet.name,
    rows: sheet.rows.length,
    columns: Math.max(0, ...top.map((row) => row.length)),
    top: top.map((row) => [...row]),
    headRow,
    mapping: [...(kept.get(keys[headRow] ?? '') ?? guessMapping(top[headRow] ?? [], fields))],
    remembered: known >= 0,
  }
}

/** A page of checked rows, which a check keeps in the order of the sheet. */
export function sheetPage<Row extends { readonly row: number }>(
  wanted: readonly Row[],
  page: Pick<PageInput<'row', unknown>, 'sort' | 'cursor' | 'limit'>,
): { rows: Row[]; nextCursor: string | null } {
  const ordered = page.sort.dir === 'asc' ? wanted : wanted.toReversed()
  const from = page.cursor ? ordered.findIndex((row) => row.row === Number(page.cursor)) + 1 : 0
  const rows = ordered.slice(from, from + page.limit)
  const last = rows.at(-1)
  return { rows, nextCursor: ordered.length > from + rows.length && last ? String(last.row) : null }
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
