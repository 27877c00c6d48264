import { posix } from 'node:path'
import { refuse } from '#shared/kernel/app-error.ts'
import { readXml } from './xml-reader.ts'
import { columnOf, numberKind, numberText, unescapeXlsx, type NumberKind } from './xlsx-values.ts'
import { openZip, type ZipFile } from './zip-file.ts'

export const MAX_ROWS = 100_000
export const MAX_COLUMNS = 200
const MAX_CELLS = 1_500_000
const MAX_STYLES = 65_000
const MAX_TEXT = 40_000
const MAX_SHEETS = 255
const COUNTED_FROM = 24 * 1024 * 1024

export interface ReadSheet {
  readonly name: string
  readonly rows: string[][]
}

interface Book {
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly from1904: boolean
}

/**
 * Reads the visible sheets of an .xlsx file into texts. Formulas give the values stored with them; nothing is
 * calculated, followed or fetched. A part at a time goes by as a stream, so memory holds only the texts themselves.
 */
export async function readXlsx(bytes: Uint8Array): Promise<ReadSheet[]> {
  const zip = await openZip(bytes)
  const main = await mainPart(zip)
  const links = await relations(zip, main)
  const book = await readBook(zip, main, links)
  if (book.sheets.length === 0) throw refuse('IMPORT_NOT_A_TABLE')
  const kinds = await readStyles(zip, partOf(zip, links, main, 'styles'))
  const strings = await readStrings(zip, partOf(zip, links, main, 'sharedStrings'))
  const budget = { cells: MAX_CELLS }
  const sheets: ReadSheet[] = []
  for (const { name, part } of book.sheets) {
    sheets.push({ name, rows: await readSheet(zip, part, { strings, kinds, from1904: book.from1904, budget }) })
  }
  return sheets
}

async function mainPart(zip: ZipFile): Promise<string> {
  if (!zip.has('_rels/.rels')) throw refuse('IMPORT_NOT_A_TABLE')
  for (const link of await relations(zip, '')) {
    if (link.type.endsWith('/officeDocument') && zip.has(link.target) && /workbook[^/]*\.xml$/i.test(link.target))
      return link.target
  }
  throw refuse('IMPORT_NOT_A_TABLE')
}

interface Link {
  readonly id: string
  readonly type: string
  readonly target: string
}

/** The parts a part belongs with; links out of the file are left out. */
async function relations(zip: ZipFile, part: string): Promise<Link[]> {
  const folder = posix.dirname(part === '' ? 'x' : part)
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const links: Link[] = []
  if (!zip.has(name)) return links
  await readXml(zip, name, {
    open(tag, { Id = '', Type = '', Target = '', TargetMode }) {
      if (tag !== 'Relationship' || TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      links.push({ id: Id, type: Type, target })
    },
  })
  return links
}

function partOf(zip: ZipFile, links: readonly Link[], main: string, kind: string): string {
  const found = links.find((link) => link.type.endsWith(`/${kind}`))
  // A part that is promised but gone is damage: without its styles, days would be read as numbers.
  if (found && !zip.has(found.target)) throw refuse('IMPORT_DAMAGED')
  return found?.target ?? posix.join(posix.dirname(main), `${kind}.xml`)
}

async function readBook(zip: ZipFile, main: string, links: readonly Link[]): Promise<Book> {
  const parts = new Map(links.filter(({ type }) => type.endsWith('/worksheet')).map(({ id, target }) => [id, target]))
  const sheets: { name: string; part: string; hidden: boolean }[] = []
  let from1904 = false
  await readXml(zip, main, {
    open(tag, attributes) {
      if (tag === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (tag !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      const part = parts.get(id)
      const hidden = (attributes['state'] ?? 'visible') !== 'visible'
      if (part) sheets.push({ name: attributes['name'] ?? '', part, hidden })
      if (sheets.length > MAX_SHEETS) throw refuse('IMPORT_TOO_LARGE')
    },
  })
  const visible = sheets.filter(({ hidden }) => !hidden)
  return { sheets: visible.length > 0 ? visible : sheets, from1904 }
}

/** For every cell style, how its numbers are to be read. */
async function readStyles(zip: ZipFile, part: string): Promise<NumberKind[]> {
  if (!zip.has(part)) return []
  const codes = new Map<number, string>()
  const kinds: NumberKind[] = []
  let inCells = false
  await readXml(zip, part, {
    open(tag, attributes) {
      if (tag === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      if (tag === 'cellXfs') inCells = true
      if (tag === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0)
        kinds.push(numberKind(id, codes.get(id)))
        if (kinds.length > MAX_STYLES) throw refuse('IMPORT_ZIP_BOMB')
      }
    },
    close(tag) {
      if (tag === 'cellXfs') inCells = false
    },
  })
  return kinds
}

async function readStrings(zip: ZipFile, part: string): Promise<string[]> {
  const strings: string[] = []
  if (!zip.has(part)) return strings
  let current = ''
  let inText = false
  let aside = false
  await readXml(zip, part, {
    open(tag) {
      if (tag === 'si') current = ''
      else if (tag === 't') inText = true
      else if (tag === 'rPh') aside = true
    },
    text(text) {
      if (!inText || aside) return
      current += text
      if (current.length > MAX_TEXT) throw refuse('IMPORT_TOO_LARGE')
    },
    close(tag) {
      if (tag === 't') inText = false
      else if (tag === 'rPh') aside = false
      else if (tag === 'si') {
        strings.push(unescapeXlsx(current))
        if (strings.length > MAX_CELLS) throw refuse('IMPORT_TOO_MANY_ROWS')
      }
    },
  })
  return strings
}

interface SheetContext {
  readonly strings: readonly string[]
  readonly kinds: readonly NumberKind[]
  readonly from1904: boolean
  readonly budget: { cells: number }
}

/** Counts the cells of a large sheet before they are parsed, which is ten times quicker than finding out on the way. */
async function countCells(zip: ZipFile, part: string, most: number): Promise<void> {
  if (zip.size(part) < COUNTED_FROM) return
  let found = 0
  await zip.read(part, (bytes) => {
    for (let at = bytes.indexOf('<c '); at >= 0; at = bytes.indexOf('<c ', at + 3)) found += 1
    if (found > most) throw refuse('IMPORT_TOO_MANY_ROWS')
  })
}

async function readSheet(zip: ZipFile, part: string, context: SheetContext): Promise<string[][]> {
  await countCells(zip, part, context.budget.cells)
  const rows: string[][] = []
  let row = -1
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let taking = false
  let aside = false
  const keep = (text: string) => {
    if (text === '') return
    if (row > MAX_ROWS || column >= MAX_COLUMNS) throw refuse('IMPORT_TOO_MANY_ROWS')
    while (rows.length <= row) rows.push([])
    const cells = rows[row] as string[]
    while (cells.length < column) cells.push('')
    cells[column] = text
  }
  await readXml(zip, part, {
    open(tag, attributes) {
      if (tag === 'row') {
        row = attributes['r'] === undefined ? row + 1 : Number(attributes['r']) - 1
        if (!Number.isInteger(row) || row < 0) throw refuse('IMPORT_DAMAGED')
        column = -1
      } else if (tag === 'c') {
        if ((context.budget.cells -= 1) < 0) throw refuse('IMPORT_TOO_MANY_ROWS')
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r'])
        if (column < 0 || row < 0) throw refuse('IMPORT_DAMAGED')
        type = attributes['t'] ?? 'n'
        style = Number(attributes['s'] ?? 0)
        value = ''
      } else if (tag === 'v' || tag === 't') taking = true
      else if (tag === 'rPh') aside = true
    },
    text(text) {
      if (!taking || aside) return
      value += text
      if (value.length > MAX_TEXT) throw refuse('IMPORT_TOO_LARGE')
    },
    close(tag) {
      if (tag === 'v' || tag === 't') taking = false
      else if (tag === 'rPh') aside = false
      else if (tag === 'c') keep(cellText(value, type, style, context))
    },
  })
  return rows
}

function cellText(value: string, type: string, style: number, context: SheetContext): string {
  switch (type) {
    case 's': {
      const text = context.strings[Number(value)]
      // A reference to a text that is not there is damage, not an empty cell.
      if (text === undefined) throw refuse('IMPORT_DAMAGED')
      return text
    }
    case 'b':
      return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value
    case 'd':
      return value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '')
    case 'n': {
      const kind = context.kinds[style]
      if (kind === undefined && style !== 0) throw refuse('IMPORT_DAMAGED')
      return numberText(value, kind ?? { kind: 'plain' }, context.from1904)
    }
    default:
      return unescapeXlsx(value)
  }
}
