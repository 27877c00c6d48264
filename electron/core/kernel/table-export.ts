import { escapeCell } from '#shared/kernel/csv-safe.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { CellFormat, CellModel, RowModel, WorkbookModel } from '#shared/kernel/workbook-model.ts'
import type { CoreDeps } from './deps.ts'
import type { RunningJob } from './jobs/jobs.ts'

/** A column of an exported list. Amounts are given in fen, rates in basis points. */
export interface ExportColumn<Row> {
  readonly head: string
  readonly width: number
  readonly format: CellFormat
  readonly value: (row: Row) => string | number | null
}

export interface TableExport<Row> {
  /** Parts of the file's name, without extension. */
  readonly nameParts: readonly string[]
  readonly sheet: string
  readonly format: 'xlsx' | 'csv'
  readonly columns: readonly ExportColumn<Row>[]
  /** Words of the sum line's first cell and the columns (by place) that are added up; no line where absent. */
  readonly sum?: { readonly label: string; readonly columns: readonly number[] }
}

/** The media type of a workbook. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Writes rows as an Excel or CSV file and hands it to the job's reader. Texts can never run as formulas. */
export async function exportTable<Row>(
  deps: CoreDeps,
  job: RunningJob,
  table: TableExport<Row>,
  rows: readonly Row[],
): Promise<{ rows: number }> {
  const csv = table.format === 'csv'
  const bytes = csv
    ? new TextEncoder().encode(toCsv(table, rows))
    : await deps.workers.run('xlsx', toWorkbook(deps, table, rows), { signal: job.signal })
  job.signal.throwIfAborted()
  await job.addFile({
    name: documentName([...table.nameParts, deps.clock.today().replaceAll('-', '')], table.format),
    mime: csv ? 'text/csv' : XLSX,
    bytes,
  })
  return { rows: rows.length }
}

/** UTF-8 with a byte order mark, CRLF, every text cell quoted and made harmless: what Excel and WPS open as it is. */
export function toCsv<Row>(table: Pick<TableExport<Row>, 'columns'>, rows: readonly Row[]): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
  const cell = (column: ExportColumn<Row>, row: Row): string => {
    const value = column.value(row)
    if (value === null) return ''
    if (typeof value === 'string') return quote(escapeCell(value))
    if (column.format === 'yuan') return formatYuan(value, { grouping: false })
    return column.format === 'percent' ? `${value / 100}%` : String(value)
  }
  const lines = [
    table.columns.map((column) => quote(escapeCell(column.head))).join(','),
    ...rows.map((row) => table.columns.map((column) => cell(column, row)).join(',')),
  ]
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function toWorkbook<Row>(deps: CoreDeps, table: TableExport<Row>, rows: readonly Row[]): WorkbookModel {
  const head: RowModel = { cells: table.columns.map((column) => ({ value: column.head, style: 'head' })) }
  // What is not there stands in its frame and its format all the same.
  const nothing = table.columns.map(({ format }): CellModel => ({ value: null, format, style: 'text' }))
  const body = rows.map((row): RowModel => ({
    cells: table.columns.map((column, i) => column.value(row) ?? nothing[i] ?? null),
  }))
  return {
    creator: 'Yewutai',
    createdAt: deps.clock.now(),
    sheets: [
      {
        name: table.sheet,
        columns: table.columns.map(({ width, format }) => ({ width, format })),
        rows: [head, ...body, ...sumRow(table, rows)],
        frozenRows: 1,
        landscape: true,
        autoFilter: `A1:${columnName(table.columns.length)}${rows.length + 1}`,
      },
    ],
  }
}

/** Sums as live formulas, so that a filtered or corrected sheet still adds up; SUBTOTAL leaves hidden rows out. */
function sumRow<Row>(table: TableExport<Row>, rows: readonly Row[]): RowModel[] {
  const { sum } = table
  if (!sum || rows.length === 0) return []
  const cells: RowModel['cells'] = table.columns.map((column, index) => {
    if (index === 0) return { value: sum.label, style: 'total' }
    if (!sum.columns.includes(index)) return { value: null, style: 'total' }
    const name = columnName(index + 1)
    const total = rows.reduce((all, row) => all + Number(column.value(row) ?? 0), 0)
    const formula = `SUBTOTAL(109,${name}2:${name}${rows.length + 1})`
    return { value: total, formula, format: column.format, style: 'total' }
  })
  return [{ cells }]
}

/** 1 → A, 27 → AA. */
function columnName(index: number): string {
  const rest = (index - 1) % 26
  const head = Math.floor((index - 1) / 26)
  return `${head > 0 ? columnName(head) : ''}${String.fromCharCode(65 + rest)}`
}
