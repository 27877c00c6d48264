import ExcelJS from 'exceljs'
import { cellOf, type CellModel, type SheetModel, type WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { packZip } from './pack-zip.ts'
import { createStyles, TONES } from './workbook-styles.ts'

/** Packed afterwards. exceljs hands this on to its zip, untyped. */
const UNPACKED = { zip: { compression: 'STORE' } } as Partial<ExcelJS.XlsxWriteOptions>
const MAX_TEXT = 32_767
const MAX_LIST = 255
/** Hardly any text has such a character, or the `_x` that Excel writes one with. */
const WANTS_CARE = /[\0-\u001f\u007f\ud800-\udfff\ufffe\uffff]|_x/

/** Writes a workbook. Only a model's `formula` becomes a formula; a text stays a text whatever it begins with. */
export async function writeWorkbook(model: WorkbookModel): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  book.creator = model.creator
  book.created = new Date(model.createdAt)
  book.modified = new Date(model.createdAt)
  book.calcProperties = { fullCalcOnLoad: true }
  const used = new Set<string>()
  const styles = createStyles()
  for (const sheet of model.sheets) await writeSheet(book, sheet, sheetName(sheet.name, used), styles)
  return packZip(Buffer.from(await book.xlsx.writeBuffer(UNPACKED)), book.created)
}

/** At most 31 characters, none that Excel forbids, never twice. */
export function sheetName(name: string, used: Set<string>): string {
  const clean = trimQuotes(cut(trimQuotes(cellText(name).replace(/[*:/?[\]\\\n\t]/g, ' ')), 31))
  // `History` is the one name that Excel keeps for itself.
  const base = clean === '' ? 'Sheet' : clean.toLowerCase() === 'history' ? `${clean}-1` : clean
  let unique = base
  for (let n = 2; used.has(unique.toLowerCase()); n += 1) unique = `${cut(base, 30 - String(n).length)}-${n}`
  used.add(unique.toLowerCase())
  return unique
}

/** A name may not begin or end with an apostrophe. */
const trimQuotes = (name: string) => name.replace(/^[\s']+|[\s']+$/g, '')

/** Cuts without leaving half of a character that takes two places. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}

/**
 * A text as the file can hold it: whole characters, `\n` at line ends, at most 32 767 of them; what looks like
 * Excel's own `_x000D_` notation is written so that it comes back as it was.
 */
export function cellText(text: string): string {
  if (text.length <= MAX_TEXT && !WANTS_CARE.test(text)) return text
  const plain = text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '')
  return cut(plain, MAX_TEXT).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

async function writeSheet(
  book: ExcelJS.Workbook,
  model: SheetModel,
  name: string,
  styles: ReturnType<typeof createStyles>,
): Promise<void> {
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
  const looks: Looks[] = []
  model.rows.forEach((row, r) => {
    const line = sheet.getRow(r + 1)
    if (row.height !== undefined) line.height = row.height
    row.cells.forEach((cell, c) => {
      if (cell === null) return
      if (typeof cell === 'object') return writeCell(sheet, r + 1, c + 1, cell, styles)
      writePlain(line.getCell(c + 1), cellOf(cell, model.columns[c]?.format), (looks[c] ??= new Map()), styles)
    })
  })
  if (model.autoFilter) sheet.autoFilter = model.autoFilter
  writeRanges(book, sheet, model, name)
  for (const { png, at, width, height } of model.images ?? []) {
    const { row, col } = sheet.getCell(at) as unknown as { row: number; col: number }
    const id = book.addImage({ base64: png, extension: 'png' })
    sheet.addImage(id, { tl: { col: col - 1, row: row - 1 }, ext: { width, height } })
  }
  if (model.protect) {
    await sheet.protect('', { selectLockedCells: true, selectUnlockedCells: true, formatColumns: true, spinCount: 1 })
  }
}

function writeRanges(book: ExcelJS.Workbook, sheet: ExcelJS.Worksheet, model: SheetModel, name: string): void {
  let priority = 1
  for (const { range, formula, tone } of model.highlights ?? []) {
    const { fill, text } = TONES[tone]
    const style = {
      font: { color: { argb: text } },
      fill: { type: 'pattern' as const, pattern: 'solid' as const, bgColor: { argb: fill } },
    }
    sheet.addConditionalFormatting({
      ref: range,
      rules: [{ type: 'expression', priority: priority++, formulae: [formula], style }],
    })
  }
  for (const bar of model.bars ?? []) {
    const rule = {
      type: 'dataBar',
      priority: priority++,
      gradient: false,
      cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
      color: { argb: bar.color },
    }
    sheet.addConditionalFormatting({ ref: bar.range, rules: [rule as unknown as ExcelJS.DataBarRuleType] })
  }
  for (const { range, values } of model.choices ?? []) {
    const list = values.map((value) => cellText(value).replace(/[",]/g, ' ')).join(',')
    if (list.length > MAX_LIST) continue
    const rule: ExcelJS.DataValidation = {
      type: 'list',
      allowBlank: true,
      formulae: [`"${list}"`],
      showErrorMessage: true,
    }
    // exceljs has the method but not its type.
    const { dataValidations } = sheet as unknown as { dataValidations: { add(range: string, rule: unknown): void } }
    dataValidations.add(range, rule)
  }
  for (const defined of model.names ?? []) {
    book.definedNames.add(`'${name.replaceAll("'", "''")}'!${defined.range}`, defined.name)
  }
}

/** How plain values of a column look, those that are numbers and those that are not. */
type Looks = Map<boolean, Partial<ExcelJS.Style>>

/** Most cells of a long list are plain: their looks are found once for each column. */
function writePlain(at: ExcelJS.Cell, model: CellModel, looks: Looks, styles: ReturnType<typeof createStyles>): void {
  const value = cellValue(model)
  const numeric = typeof value === 'number'
  const look = looks.get(numeric) ?? styles(model, numeric)
  looks.set(numeric, look)
  at.value = value
  at.style = look
}

function writeCell(
  sheet: ExcelJS.Worksheet,
  row: number,
  column: number,
  model: CellModel,
  styles: ReturnType<typeof createStyles>,
): void {
  const cell = sheet.getCell(row, column)
  const plain = cellValue(model)
  const formula = typeof model.formula === 'string' ? model.formula : undefined
  cell.value = formula === undefined ? plain : { formula, result: plain as never }
  const numeric = typeof plain === 'number' || (formula !== undefined && typeof plain !== 'string')
  cell.style = styles(model, numeric)
  const right = column + Math.max(1, model.span ?? 1) - 1
  const bottom = row + Math.max(1, model.rowSpan ?? 1) - 1
  if (right > column || bottom > row) sheet.mergeCells(row, column, bottom, right)
}

/** Fen become yuan and basis points fractions only here; days become dates at midnight UTC, whatever zone this is. */
function cellValue(model: CellModel): string | number | Date | null {
  const { format } = model
  const value: unknown = model.value
  if (value === null || value === undefined) return null
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null
    if (format === 'yuan' || format === 'score') return value / 100
    return format === 'percent' ? value / 10_000 : value
  }
  // Whatever is not a text or a number here is a slip of ours; as a text it can do no harm.
  const text = String(value)
  const day = format === 'day' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : null
  if (day) return new Date(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])))
  return cellText(text)
}
