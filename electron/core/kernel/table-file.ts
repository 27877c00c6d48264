import type { CellModel } from '#shared/kernel/workbook-model.ts'
import type { CoreDeps } from './deps.ts'
import type { FileContent } from './files.ts'

export type TableFormat = 'xlsx' | 'csv'

const MIME = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

/**
 * A list as a file for Excel: `xlsx` with a frozen, filtered head, or CSV in UTF-8 with a mark that Excel knows.
 * Cells come in already escaped by whoever knows which of them are texts.
 */
export async function tableFile(
  deps: Pick<CoreDeps, 'workers' | 'clock'>,
  table: {
    format: TableFormat
    name: string
    sheet: string
    head: readonly string[]
    rows: readonly (readonly (string | CellModel)[])[]
    signal?: AbortSignal
  },
): Promise<FileContent> {
  if (table.format === 'csv') {
    const lines = [table.head, ...table.rows].map((row) => row.map((cell) => quote(plain(cell))).join(','))
    return { name: table.name, mime: MIME.csv, bytes: new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`) }
  }
  const bytes = await deps.workers.run(
    'xlsx',
    {
      creator: 'Yewutai',
      createdAt: deps.clock.now(),
      sheets: [
        {
          name: table.sheet,
          columns: table.head.map((title, i) => ({ width: columnWidth(title, table.rows, i) })),
          frozenRows: 1,
          autoFilter: `A1:${columnName(table.head.length)}${table.rows.length + 1}`,
          rows: [
            { cells: table.head.map((value) => ({ value, style: 'head' as const })) },
            ...table.rows.map((row) => ({
              cells: row.map((cell) => (typeof cell === 'string' ? { value: cell, format: 'text' as const } : cell)),
            })),
          ],
        },
      ],
    },
    table.signal ? { signal: table.signal } : {},
  )
  return { name: table.name, mime: MIME.xlsx, bytes }
}

/** `A`, `Z`, `AA` for 1, 26, 27. */
export function columnName(index: number): string {
  let name = ''
  for (let rest = index; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

function plain(cell: string | CellModel): string {
  if (typeof cell === 'string') return cell
  return cell.value === null ? '' : String(cell.value)
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function columnWidth(title: string, rows: readonly (readonly (string | CellModel)[])[], index: number): number {
  const width = (text: string) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)
  const sample = rows.slice(0, 50).map((row) => width(plain(row[index] ?? '')))
  return Math.min(40, Math.max(8, width(title), ...sample) + 2)
}
