import ExcelJS from 'exceljs'
import type { CellFormat, CellModel, CellStyle, SheetModel, WorkbookModel } from '#shared/kernel/workbook-model.ts'

const FORMATS: Readonly<Record<CellFormat, string>> = {
  yuan: '#,##0.00;[Red]-#,##0.00',
  count: '#,##0',
  percent: '0.00%',
  score: '0.00',
  day: 'yyyy-mm-dd',
  text: '@',
}
const MAX_TEXT = 32_767
const FONT = 'Microsoft YaHei'
const BORDER = { style: 'thin' as const, color: { argb: 'FFBFBFBF' } }
const BOX = { top: BORDER, left: BORDER, bottom: BORDER, right: BORDER }

/** Writes a workbook. Only a model's `formula` becomes a formula; a text stays a text whatever it begins with. */
export async function writeWorkbook(model: WorkbookModel): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  book.creator = model.creator
  book.created = new Date(model.createdAt)
  book.modified = new Date(model.createdAt)
  book.calcProperties = { fullCalcOnLoad: true }
  const used = new Set<string>()
  for (const sheet of model.sheets) writeSheet(book, sheet, sheetName(sheet.name, used))
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** At most 31 characters, none that Excel forbids, never twice. */
export function sheetName(name: string, used: Set<string>): string {
  const clean = name.replace(/[*:/?[\]\\]/g, ' ').replace(/^'|'$/g, '').trim().slice(0, 31) || 'Sheet'
  let unique = clean
  for (let n = 2; used.has(unique.toLowerCase()); n += 1) unique = `${clean.slice(0, 28)}-${n}`
  used.add(unique.toLowerCase())
  return unique
}

async function protectSheet(sheet: ExcelJS.Worksheet): Promise<void> {
  await sheet.protect('', { selectLockedCells: true, selectUnlockedCells: true, formatColumns: true, spinCount: 1 })
}

function writeSheet(book: ExcelJS.Workbook, model: SheetModel, name: string): void {
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: model.frozenRows ?? 0, xSplit: model.frozenColumns ?? 0, showGridLines: false }],
    pageSetup: {
      paperSize: 9,
      orientation: model.landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      ...(model.printArea ? { printArea: model.printArea } : {}),
      ...(model.frozenRows ? { printTitlesRow: `1:${model.frozenRows}` } : {}),
      margins: { left: 0.5, right: 0.5, top: 0.7, bottom: 0.7, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddHeader: model.header ?? '', oddFooter: model.footer ?? '&C&P / &N' },
  })
  sheet.columns = model.columns.map((column) => ({ width: column.width }))
  model.rows.forEach((row, r) => {
    const line = sheet.getRow(r + 1)
    if (row.height !== undefined) line.height = row.height
    row.cells.forEach((cell, c) => {
      if (cell) writeCell(sheet, line.getCell(c + 1), cell)
    })
  })
  if (model.autoFilter) sheet.autoFilter = model.autoFilter
  for (const bar of model.bars ?? []) {
    sheet.addConditionalFormatting({
      ref: bar.range,
      rules: [
        {
          type: 'dataBar',
          priority: 1,
          gradient: false,
          cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
          color: { argb: bar.color },
        } as unknown as ExcelJS.DataBarRuleType,
      ],
    })
  }
  for (const defined of model.names ?? []) {
    book.definedNames.add(`'${name.replaceAll("'", "''")}'!${defined.range}`, defined.name)
  }
  if (model.protect) void protectSheet(sheet)
}

function writeCell(sheet: ExcelJS.Worksheet, cell: ExcelJS.Cell, model: CellModel): void {
  const plain = cellValue(model)
  cell.value = model.formula === undefined ? plain : { formula: model.formula, result: plain as never }
  if (model.format && !(model.format === 'text' && typeof plain === 'number')) cell.numFmt = FORMATS[model.format]
  style(cell, model.style ?? 'text')
  if (typeof plain === 'number' || model.formula) cell.alignment = { ...cell.alignment, horizontal: 'right' }
  if (model.unlocked) cell.protection = { locked: false }
  if (model.span && model.span > 1) {
    const { row, col } = cell as unknown as { row: number; col: number }
    sheet.mergeCells(row, col, row, col + model.span - 1)
  }
}

/** Fen become yuan and basis points fractions only here; days become dates at midnight UTC, whatever zone this is. */
function cellValue(model: CellModel): string | number | Date | null {
  const { value, format } = model
  if (value === null) return null
  if (typeof value === 'number') {
    if (format === 'yuan' || format === 'score') return value / 100
    return format === 'percent' ? value / 10_000 : value
  }
  const day = format === 'day' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null
  if (day) return new Date(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])))
  return value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) : value
}

function style(cell: ExcelJS.Cell, name: CellStyle): void {
  cell.font = { name: FONT, size: name === 'title' ? 16 : 10, bold: ['title', 'head', 'total'].includes(name) }
  cell.alignment = { vertical: 'middle', wrapText: name === 'wrap' || name === 'note' || name === 'head' }
  if (name === 'title' || name === 'note' || name === 'label') {
    if (name === 'note') cell.font = { ...cell.font, color: { argb: 'FF666666' }, size: 9 }
    return
  }
  cell.border = BOX
  if (name === 'head') {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDF1F5' } }
    cell.alignment = { ...cell.alignment, horizontal: 'center' }
  }
  if (name === 'total') cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF7F7F7' } }
  if (name === 'input') cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFFBE6' } }
}
