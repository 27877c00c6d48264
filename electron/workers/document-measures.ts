import { imageSize } from './image-size.ts'
import type {
  BilingualRow,
  DocumentBlock,
  DocumentModel,
  ImageBlock,
  ParagraphBlock,
  TableBlock,
} from '#shared/kernel/document-model.ts'

/**
 * The page of a document and how much room its blocks take there, in points: rough, by the number of characters, before
 * anything is drawn. PDF and Word decide by it alike how wide a column is and what stays together.
 */
export const PAGE = { shortEdge: 595.28, longEdge: 841.89, side: 56, top: 62, bottom: 54, head: 30, foot: 28 } as const

export const GREY = '#555555'
export const PALE = '#8a8a8a'
export const LINE = '#a6a6a6'
export const HEAD_FILL = '#f1f3f5'
export const INSERTED = '#1a7f37'
export const REMOVED = '#b42318'
export const SIZE = 10.5
export const SMALL = 9.5
export const TINY = 8.5
/** Of running text; with the font's own 1.448 ems it makes lines half as far apart again as they are high. */
export const LINE_HEIGHT = 1.05
const LINE_EMS = 1.448 * LINE_HEIGHT
/** Above and below the text of a row. */
export const ROW_PAD = 3.4
export const PAD = 5
export const BORDER = 0.5
/** Between the columns of facts and of signatures. */
export const FACTS_GAP = 10
export const SIGNATURES_GAP = 28
export const SEAL_HEIGHT = 92

type BilingualBlock = DocumentBlock & { readonly kind: 'bilingual' }

/** What of a page is written on. */
export interface Area {
  readonly width: number
  readonly height: number
  readonly western: boolean
}

export function areaOf(document: DocumentModel): Area {
  const [width, height] =
    document.landscape === true ? [PAGE.longEdge, PAGE.shortEdge] : [PAGE.shortEdge, PAGE.longEdge]
  return { width: width - 2 * PAGE.side, height: height - PAGE.top - PAGE.bottom, western: document.language === 'en' }
}

/** Rough width of a text in ems: a Han character is one, others a little over half. */
export function textEms(text: string): number {
  let ems = 0
  for (const sign of text) ems += (sign.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.56
  return ems
}

/** Whether a block is drawn together with the signatures after it: words that are not too long for that. */
export function goesAlong(block: DocumentBlock | undefined, area: Area): block is ParagraphBlock | BilingualBlock {
  const high = (text: string, width: number) => linesOf(text, width, SIZE) * SIZE * LINE_EMS + 6
  if (block?.kind === 'paragraph') {
    return high(block.runs.map((run) => String(run.text)).join(''), area.width) < area.height / 3
  }
  if (block?.kind !== 'bilingual') return false
  const heights = block.rows.map(({ left, right }) =>
    Math.max(high(String(left), area.width / 2 - 8), high(String(right), area.width / 2 - 8)),
  )
  return heights.reduce((sum, height) => sum + height, 0) < area.height / 3
}

/** Up to so many lines a paragraph stays on one page, so that no line of it stands alone. */
const KEPT_LINES = 5

/** Whether a paragraph is so short that it is not broken. */
export function staysWhole({ runs, small }: ParagraphBlock, area: Area): boolean {
  const text = runs.map((run) => String(run.text)).join('')
  return linesOf(text, area.width, small === true ? TINY : SIZE) <= KEPT_LINES
}

const COLON = /[:\uff1a]\s*$/

/** Whether a block ends with the words that introduce the table after it. */
export function introduces(block: DocumentBlock | undefined, next: DocumentBlock | undefined): boolean {
  if (next?.kind !== 'table') return false
  if (block?.kind === 'paragraph') return COLON.test(String(block.runs.at(-1)?.text ?? ''))
  return block?.kind === 'bilingual' && COLON.test(String(block.rows.at(-1)?.left ?? ''))
}

function linesOf(text: string, width: number, size: number): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((textEms(line) * size * 1.1) / width)), 0)
}

/** Whether every row has room on a page, so that none need be broken. */
export function rowsFit(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  size: number,
  area: Area,
): boolean {
  const most = area.height * 0.4
  return rows.every((row) =>
    row.every((text, i) => linesOf(String(text ?? ''), Math.max(8, widths[i] ?? 8), size) * size * LINE_EMS < most),
  )
}

/** Widths of the labels and the values of facts; labels in two languages may want more room. */
export function factWidths(
  items: readonly { readonly label: string }[],
  columns: 1 | 2,
  area: Area,
): { label: number; value: number } {
  const lines = items.flatMap((item) => String(item.label ?? '').split('\n'))
  const wanted = Math.max(0, ...lines.map(textEms)) * SIZE + 2
  const label = Math.min(130, Math.max(area.western ? 104 : 74, wanted))
  return { label, value: area.width / columns - label - FACTS_GAP }
}

/**
 * Widths in points for every column: a long word can then never push a table over the edge of the page. A column that
 * shares the rest is at least as wide as the longest word of its head; the others give way for it.
 */
export function columnWidths(block: TableBlock, area: Area): number[] {
  const count = block.columns.length
  const room = area.width - count * 2 * PAD - (count + 1) * BORDER
  const least = block.columns.map(({ head, width }) => (width === '*' ? longestWord(head) * SMALL * 1.12 : 0))
  const fixed = block.columns.reduce((sum, { width }) => sum + (width === '*' ? 0 : width), 0)
  const shares = block.columns.filter(({ width }) => width === '*').length
  const wanted = Math.min(room * 0.8, Math.max(0, ...least) * shares)
  const scale = fixed > 0 && fixed > room - wanted ? (room - wanted) / fixed : 1
  const share = shares > 0 ? (room - fixed * scale) / shares : 0
  return block.columns.map(({ width }) => (width === '*' ? share : width * scale))
}

function longestWord(text: string): number {
  return Math.max(
    2.5,
    ...String(text)
      .split(/\s|(?<=[\u2e80-\uffef])/u)
      .map(textEms),
  )
}

/** How a table goes on pages, by the rough heights of its rows. */
export interface TableFit {
  /** Each row has room on a page. */
  readonly whole: boolean
  /** All of them together are so short that they stay on one. */
  readonly short: boolean
  /** What must stand together at its top: all of a short one, the head with a line of others. */
  readonly least: number
}

export function tableFit(block: TableBlock, widths: readonly number[], area: Area): TableFit {
  const rows = [block.columns.map((column) => column.head), ...block.rows, ...(block.sums ?? [])]
  const heights = rows.map((row) => {
    const lines = row.map((text, i) => linesOf(String(text ?? ''), Math.max(8, widths[i] ?? 8), SMALL))
    return Math.max(1, ...lines) * SMALL * 1.48 + 2 * ROW_PAD + BORDER
  })
  const sum = (list: readonly number[]) => list.reduce((all, height) => all + height, 0)
  // With the head that is repeated above it; the rest is for what the estimate does not see.
  const whole = (heights[0] ?? 0) + Math.max(0, ...heights.slice(1)) < area.height * 0.7
  const short = whole && sum(heights) < area.height * 0.35
  return { whole, short, least: sum(short ? heights : heights.slice(0, 2)) }
}

/** How many columns the label of a row of sums takes: the empty cells behind it are joined to it. */
export function sumSpan(row: readonly string[]): number {
  const next = row.findIndex((text, i) => i > 0 && text !== '')
  return next < 0 ? row.length : next
}

const IMAGE = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/

/** A picture's bytes and the size it is drawn in, points. Refuses what is no picture in the model itself: a path, an address. */
export function drawnImage(block: ImageBlock, area: Area) {
  if (typeof block.data !== 'string' || !IMAGE.test(block.data)) {
    throw new Error('an image must be a PNG or JPEG data URI')
  }
  const data = Buffer.from(block.data.slice(block.data.indexOf(',') + 1), 'base64')
  const size = imageSize(data)
  const width = Math.min(area.width, Math.max(1, Number(block.width) || 1))
  return { data, type: size.type, width, height: (width * size.height) / Math.max(1, size.width) }
}

/**
 * Bilingual blocks that follow each other as one: the same two columns go on. What stands last in them before the
 * signatures is a block of its own, so that it can go along.
 */
export function joinBilingual(blocks: readonly DocumentBlock[]): DocumentBlock[] {
  const joined: DocumentBlock[] = []
  for (const block of blocks) {
    const last = joined.at(-1)
    if (last?.kind !== 'bilingual') joined.push(block)
    else if (block.kind === 'bilingual') {
      joined[joined.length - 1] = { kind: 'bilingual', rows: [...last.rows, ...block.rows] }
    } else if (block.kind === 'signatures') {
      const pieces = headedRows(last.rows)
      const end = pieces.pop() ?? []
      const before: DocumentBlock[] = pieces.length > 0 ? [{ kind: 'bilingual', rows: pieces.flat() }] : []
      joined.splice(-1, 1, ...before, { kind: 'bilingual', rows: end }, block)
    } else joined.push(block)
  }
  return joined
}

/** The rows in pieces that begin a page together: headings with what they are the headings of, others by themselves. */
export function headedRows(rows: readonly BilingualRow[]): BilingualRow[][] {
  const pieces: BilingualRow[][] = []
  rows.forEach((row, i) => {
    if (rows[i - 1]?.head === true) pieces.at(-1)?.push(row)
    else pieces.push([row])
  })
  return pieces
}
