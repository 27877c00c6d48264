import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { refuse } from '#shared/kernel/app-error.ts'
import { guardZip } from './zip-guard.ts'

export interface ReadTable {
  readonly sheets: { name: string; rows: string[][] }[]
  /** For a CSV file, what it was read as; shown for confirmation. */
  readonly encoding: string | null
}

const MAX_BYTES = 20 * 1024 * 1024
const MAX_ROWS = 100_000
const MAX_COLUMNS = 200

/** Reads an Excel or CSV file into texts. Formulas give their stored values; dates give `YYYY-MM-DD`. */
export async function readTable(bytes: Uint8Array, name: string): Promise<ReadTable> {
  if (bytes.byteLength > MAX_BYTES) throw refuse('IMPORT_FILE_TOO_LARGE')
  if (bytes.byteLength === 0) throw refuse('IMPORT_EMPTY')
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const result = zip ? await readXlsx(bytes) : readCsv(bytes, name)
  if (result.sheets.every((sheet) => sheet.rows.length === 0)) throw refuse('IMPORT_EMPTY')
  return result
}

async function readXlsx(bytes: Uint8Array): Promise<ReadTable> {
  await guardZip(bytes)
  const book = new ExcelJS.Workbook()
  try {
    await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer)
  } catch (error) {
    throw refuse('IMPORT_NOT_A_TABLE', {}, { cause: error })
  }
  if (book.worksheets.length === 0) throw refuse('IMPORT_NOT_A_TABLE')
  const sheets = book.worksheets.map((sheet) => {
    if (sheet.rowCount > MAX_ROWS + 1 || sheet.columnCount > MAX_COLUMNS) throw refuse('IMPORT_TOO_MANY_ROWS')
    const rows: string[][] = []
    sheet.eachRow({ includeEmpty: true }, (row) => {
      const cells: string[] = []
      for (let c = 1; c <= sheet.columnCount; c += 1) cells.push(cellText(row.getCell(c).value))
      rows.push(cells)
    })
    return { name: sheet.name, rows: trimEnd(rows) }
  })
  return { sheets, encoding: null }
}

function cellText(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map((run) => run.text).join('')
  if ('result' in value) return cellText((value.result ?? null) as ExcelJS.CellValue)
  if ('formula' in value || 'sharedFormula' in value) return ''
  if ('text' in value) return typeof value.text === 'string' ? value.text : cellText(value.text as ExcelJS.CellValue)
  return ''
}

/** UTF-16 by its mark, UTF-8 where it is valid, otherwise GB18030, as older Excel, 用友 and 金蝶 write it. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } {
  const tries: readonly string[] =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? ['utf-16le']
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? ['utf-16be']
        : ['utf-8', 'gb18030']
  for (const encoding of tries) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!text.includes('\0')) return { text, encoding }
    } catch {
      // the next one
    }
  }
  throw refuse('IMPORT_BAD_ENCODING')
}

function readCsv(bytes: Uint8Array, name: string): ReadTable {
  const { text, encoding } = decodeText(bytes)
  const head = text.slice(0, 4096)
  const delimiter = ['\t', ';', ','].reduce((best, mark) =>
    head.split(mark).length > head.split(best).length ? mark : best,
  )
  let rows: string[][]
  try {
    rows = parse(text, { delimiter, bom: true, relaxColumnCount: true, skipEmptyLines: true }) as string[][]
  } catch (error) {
    throw refuse('IMPORT_NOT_A_TABLE', {}, { cause: error })
  }
  if (rows.length > MAX_ROWS + 1 || rows.some((row) => row.length > MAX_COLUMNS)) throw refuse('IMPORT_TOO_MANY_ROWS')
  return { sheets: [{ name, rows: trimEnd(rows) }], encoding }
}

function trimEnd(rows: string[][]): string[][] {
  let end = rows.length
  while (end > 0 && (rows[end - 1] ?? []).every((cell) => cell.trim() === '')) end -= 1
  return rows.slice(0, end)
}
