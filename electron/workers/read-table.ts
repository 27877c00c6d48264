import { refuse } from '#shared/kernel/app-error.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx, type ReadSheet } from './read-xlsx.ts'

export interface ReadTable {
  readonly sheets: ReadSheet[]
  /** For a CSV file, what it was read as; shown for confirmation. */
  readonly encoding: string | null
}

const MAX_BYTES = 20 * 1024 * 1024
const OLE = [0xd0, 0xcf, 0x11, 0xe0]

/**
 * Reads an Excel or CSV file into texts, every row of a sheet equally long, without empty rows and columns at the end.
 * Formulas give their stored values; days give `YYYY-MM-DD`. Throws one of the IMPORT_… refusals, never a part of the
 * file.
 */
export async function readTable(bytes: Uint8Array, name: string): Promise<ReadTable> {
  if (bytes.byteLength > MAX_BYTES) throw refuse('IMPORT_FILE_TOO_LARGE')
  if (bytes.byteLength === 0) throw refuse('IMPORT_EMPTY')
  // .xls of before 2007, and every workbook with a password, is an OLE file.
  if (OLE.every((byte, i) => bytes[i] === byte)) throw refuse('IMPORT_OLD_FORMAT')
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (!zip && /\.xls[xmb]?$/i.test(name)) throw refuse('IMPORT_DAMAGED')
  const result = zip ? { sheets: await readXlsx(bytes), encoding: null } : csvTable(bytes, name)
  const sheets = result.sheets.map((sheet) => ({ name: sheet.name, rows: rectangle(sheet.rows) }))
  if (sheets.every((sheet) => sheet.rows.length === 0)) throw refuse('IMPORT_EMPTY')
  return { sheets, encoding: result.encoding }
}

function csvTable(bytes: Uint8Array, name: string): ReadTable {
  const { rows, encoding } = readCsv(bytes)
  return { sheets: [{ name: name.replace(/\.[^.]*$/, ''), rows }], encoding }
}

function rectangle(rows: string[][]): string[][] {
  let height = 0
  let width = 0
  rows.forEach((row, r) => {
    for (let c = row.length - 1; c >= 0; c -= 1) {
      if ((row[c] ?? '').trim() === '') continue
      height = r + 1
      width = Math.max(width, c + 1)
      break
    }
  })
  return rows.slice(0, height).map((row) => Array.from({ length: width }, (_, c) => row[c] ?? ''))
}
