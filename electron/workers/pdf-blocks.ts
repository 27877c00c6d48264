import type { Content, ContentTable, TableCell } from 'pdfmake/interfaces.js'
import type {
  DocumentBlock,
  ImageBlock,
  ParagraphBlock,
  SignatureParty,
  TableBlock,
} from '#shared/kernel/document-model.ts'
import { textEms } from './pdf-text.ts'

export const GREY = '#555555'
const LINE = '#a6a6a6'
const HEAD_FILL = '#f1f3f5'
const SIZE = 10.5
const SMALL = 9.5
/** Height of a line in ems: the font's own 1.448 times the line height used here. */
const LINE_EMS = 1.63
const PAD = 5
const BORDER = 0.5
/** Room a heading wants below itself, so that it never ends a page. */
const KEPT_BELOW = 56
const IMAGE = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/

/** Makes texts fit to be drawn. */
export interface Writer {
  /** Only characters that the fonts have. */
  print(value: unknown): string
  /** The same, with marks where lines may and may not end. */
  flow(value: unknown): string
}

interface Area {
  readonly width: number
  readonly height: number
  readonly western: boolean
}

/** Draws the blocks of one document into an area of this size in points. */
export function blockDrawer(writer: Writer, area: Area) {
  return (list: readonly DocumentBlock[], bookmark: string | null): Content[] => {
    const out: Content[] = []
    let breakNext = false
    const add = (content: Content) => {
      out.push(breakNext ? { stack: [content], pageBreak: 'before' } : content)
      breakNext = false
    }
    list.forEach((block, i) => {
      const next = list[i + 1]
      if (block.kind === 'page') breakNext = out.length > 0
      else if (block.kind === 'heading') heading(block.text, writer).forEach(add)
      else if (block.kind === 'paragraph' && next?.kind === 'signatures' && height(block, area) < area.height / 3) {
        // Drawn together with the signatures that follow.
      } else if (block.kind === 'signatures') {
        const before = list[i - 1]
        const along = before?.kind === 'paragraph' && height(before, area) < area.height / 3 ? before : null
        const body = signatures(block.parties, writer, area)
        add({ stack: along ? [paragraph(along, writer, area), body] : [body], unbreakable: true })
      } else if (block.kind === 'title') {
        add(title(block, writer, bookmark))
      } else add(drawBlock(block, writer, area))
    })
    return out
  }
}

type Drawn = Exclude<DocumentBlock, { kind: 'title' | 'heading' | 'signatures' | 'page' }>

function drawBlock(block: Drawn, writer: Writer, area: Area): Content {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(block, writer, area)
    case 'facts':
      return facts(block.items, block.columns, writer, area)
    case 'table':
      return table(block, writer, area)
    case 'list': {
      const items = block.items.map((text) => ({ text: writer.flow(text), margin: [0, 0, 0, 3] as Margins }))
      return block.ordered === false ? { ul: items, margin: [0, 0, 0, 4] } : { ol: items, margin: [0, 0, 0, 4] }
    }
    case 'bilingual':
      return bilingual(block.rows, writer, area)
    case 'image':
      return image(block, area)
    case 'rule':
      return {
        canvas: [{ type: 'line', x1: 0, y1: 0, x2: area.width, y2: 0, lineWidth: BORDER, lineColor: LINE }],
        margin: [0, 6, 0, 8],
      }
    case 'space':
      return { text: '', fontSize: 1, lineHeight: 0.01, margin: [0, 0, 0, Math.max(0, Number(block.points) || 0)] }
  }
}

type Margins = [number, number, number, number]

function title(block: { text: string; subtitle?: string }, writer: Writer, bookmark: string | null): Content {
  return {
    stack: [
      {
        text: writer.flow(block.text),
        fontSize: 18,
        bold: true,
        alignment: 'center',
        ...(bookmark === null ? {} : { outline: true, outlineText: writer.print(bookmark) }),
      } as Content,
      ...(block.subtitle
        ? [{ text: writer.flow(block.subtitle), alignment: 'center' as const, color: GREY, fontSize: SMALL }]
        : []),
    ],
    margin: [0, 2, 0, 12],
  }
}

/**
 * A heading and an empty strip are one piece; what follows is drawn over the strip. If the strip does not fit on the
 * page any more, heading and strip go to the next one, and so does what follows.
 */
function heading(text: string, writer: Writer): Content[] {
  return [
    {
      unbreakable: true,
      stack: [
        { text: writer.flow(text), bold: true, fontSize: 11.5, margin: [0, 9, 0, 4] },
        { text: '', fontSize: 1, lineHeight: 0.01, margin: [0, 0, 0, KEPT_BELOW] },
      ],
    },
    { text: '', fontSize: 1, lineHeight: 0.01, margin: [0, -KEPT_BELOW - 0.03, 0, 0] },
  ]
}

const MARKS = {
  inserted: { decoration: 'underline', color: '#1a7f37', decorationColor: '#1a7f37' },
  removed: { decoration: 'lineThrough', color: '#b42318', decorationColor: '#b42318' },
} as const

function paragraph(block: ParagraphBlock, writer: Writer, area: Area): Content {
  const indent = block.indent === true
  const runs = block.runs.map((run) => ({
    text: writer.flow(run.text),
    bold: run.bold === true,
    ...(run.mark === undefined ? {} : MARKS[run.mark]),
  }))
  return {
    text: runs,
    alignment: block.align ?? (area.western ? 'left' : 'justify'),
    ...(block.small === true ? { fontSize: 8.5, color: GREY } : {}),
    // Two characters for Chinese, and all of it for Western text.
    ...(indent && !area.western ? { leadingIndent: SIZE * 2 } : {}),
    margin: [indent && area.western ? 21 : 0, 0, 0, 5],
  }
}

/** About how high a paragraph will be; enough to tell what fits on a page from what does not. */
function height(block: ParagraphBlock, area: Area): number {
  return linesOf(block.runs.map((run) => String(run.text)).join(''), area.width, SIZE) * SIZE * LINE_EMS + 5
}

function linesOf(text: string, width: number, size: number): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((textEms(line) * size * 1.1) / width)), 0)
}

/** pdfmake drops what does not fit of a row that it must not break, so such rows stay breakable. */
function rowsFit(rows: readonly (readonly string[])[], widths: readonly number[], size: number, area: Area): boolean {
  const most = area.height * 0.4
  return rows.every((row) =>
    row.every((text, i) => linesOf(String(text ?? ''), Math.max(8, widths[i] ?? 8), size) * size * LINE_EMS < most),
  )
}

function facts(
  items: readonly { label: string; value: string }[],
  columns: 1 | 2,
  writer: Writer,
  area: Area,
): Content {
  const label = area.western ? 104 : 74
  const gap = 10
  const value = area.width / columns - label - gap
  const cell = (item: { label: string; value: string } | undefined): TableCell[] => [
    { text: writer.flow(item?.label ?? ''), color: GREY },
    { text: writer.flow(item?.value ?? '') },
  ]
  const rows: TableCell[][] = []
  for (let i = 0; i < items.length; i += columns) {
    rows.push(columns === 2 ? [...cell(items[i]), ...cell(items[i + 1])] : cell(items[i]))
  }
  if (rows.length === 0) return { text: '' }
  const widths = columns === 2 ? [label, value, label, value] : [label, value]
  const texts = items.map((item) => ['', item.value])
  return {
    table: { widths, body: rows, dontBreakRows: rowsFit(texts, [label, value], SIZE, area) },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingTop: () => 1.5,
      paddingBottom: () => 1.5,
      paddingLeft: () => 0,
      paddingRight: () => gap,
    },
    margin: [0, 0, 0, 8],
  }
}

function bilingual(
  rows: readonly { left: string; right: string; bold?: boolean }[],
  writer: Writer,
  area: Area,
): Content {
  if (rows.length === 0) return { text: '' }
  const width = area.width / 2 - 8
  const texts = rows.map((row) => [row.left, row.right])
  return {
    table: {
      widths: [width, width],
      dontBreakRows: rowsFit(texts, [width, width], SIZE, area),
      body: rows.map((row) => [
        { text: writer.flow(row.left), bold: row.bold === true, alignment: 'justify' },
        { text: writer.flow(row.right), bold: row.bold === true, fontSize: 10 },
      ]),
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: (i) => (i === 1 ? BORDER : 0),
      vLineColor: () => LINE,
      paddingLeft: (i) => (i === 0 ? 0 : 8),
      paddingRight: (i) => (i === 0 ? 8 : 0),
      paddingTop: () => 3,
      paddingBottom: () => 3,
    },
    margin: [0, 0, 0, 8],
  }
}

/**
 * Widths in points for every column: a long word can then never push a table over the edge of the page. A column that
 * shares the rest is at least as wide as the longest word of its head; the others give way for it.
 */
function columnWidths(block: TableBlock, area: Area): number[] {
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

function tableHeight(rows: readonly (readonly string[])[], widths: readonly number[]): number {
  const high = (row: readonly string[]) =>
    Math.max(1, ...row.map((text, i) => linesOf(String(text ?? ''), Math.max(8, widths[i] ?? 8), SMALL)))
  return rows.reduce((sum, row) => sum + high(row) * SMALL * 1.48 + 2 * 4 + BORDER, 0)
}

function table(block: TableBlock, writer: Writer, area: Area): Content {
  if (block.columns.length === 0) return { text: '' }
  const widths = columnWidths(block, area)
  const base = { fontSize: SMALL, lineHeight: 1.02, verticalAlignment: 'middle' }
  const cell = (text: unknown, i: number, bold: boolean): TableCell =>
    ({ ...base, text: writer.flow(text), bold, alignment: block.columns[i]?.align ?? 'left' }) as TableCell
  const head = block.columns.map(
    (column) =>
      ({
        ...base,
        text: writer.flow(column.head),
        bold: true,
        alignment: column.align === 'right' ? 'right' : 'center',
        fillColor: HEAD_FILL,
      }) as TableCell,
  )
  const body = block.rows.map((row) => block.columns.map((_, i) => cell(row[i] ?? '', i, false)))
  const sums = (block.sums ?? []).map((row) =>
    sumRow(
      block.columns.map((_, i) => row[i] ?? ''),
      cell,
    ),
  )
  const all = [block.columns.map((column) => column.head), ...block.rows, ...(block.sums ?? [])]
  const whole = rowsFit(all, widths, SMALL, area)
  const content: ContentTable & { unbreakable: boolean } = {
    // A short table stays on one page, so that its sum is never alone under a repeated head.
    unbreakable: whole && tableHeight(all, widths) < area.height * 0.35,
    table: {
      headerRows: 1,
      ...(whole && body.length > 0 ? { keepWithHeaderRows: 1 } : {}),
      dontBreakRows: whole,
      widths,
      body: [head, ...body, ...sums],
    },
    layout: {
      hLineWidth: () => BORDER,
      vLineWidth: () => BORDER,
      hLineColor: () => LINE,
      vLineColor: () => LINE,
      paddingTop: () => 4,
      paddingBottom: () => 4,
      paddingLeft: () => PAD,
      paddingRight: () => PAD,
    },
    margin: [0, 3, 0, 9],
  }
  return content
}

/** Empty cells behind the first text are joined to it, so that a sum's label has room. */
function sumRow(row: readonly string[], cell: (text: string, i: number, bold: boolean) => TableCell): TableCell[] {
  let span = 1
  while (span < row.length && row[span] === '') span += 1
  const label = cell(row[0] ?? '', 0, true) as object
  const rest = Array.from({ length: span - 1 }, () => ({ text: '' }))
  const first = { ...label, ...(span > 1 ? { colSpan: span, alignment: 'left' } : {}) } as TableCell
  return [first, ...rest, ...row.slice(span).map((text, i) => cell(text, span + i, true))]
}

function image(block: ImageBlock, area: Area): Content {
  if (typeof block.data !== 'string' || !IMAGE.test(block.data))
    throw new Error('an image must be a PNG or JPEG data URI')
  const width = Math.min(area.width, Math.max(1, Number(block.width) || 1))
  return { image: block.data, width, alignment: block.align ?? 'left', margin: [0, 2, 0, 8] }
}

const SEAL_HEIGHT = 92

function signatures(parties: readonly SignatureParty[], writer: Writer, area: Area): Content {
  const gap = 28
  const width = (area.width - gap * (parties.length - 1)) / Math.max(1, parties.length)
  return {
    columns: parties.map((party) => ({ width, stack: signature(party, writer, width) })),
    columnGap: gap,
    margin: [0, 14, 0, 0],
  }
}

/** Who signs, the lines to fill in, and a frame where the seal goes. */
function signature(party: SignatureParty, writer: Writer, width: number): Content[] {
  const line = (text: string, bold: boolean): Content[] =>
    text === '' ? [] : [{ text: writer.flow(text), bold, margin: [0, 0, 0, 4] }]
  return [
    ...line(party.heading, true),
    ...line(party.name, false),
    ...party.lines.flatMap((text) => line(text, false)),
    ...(party.seal === '' ? [] : seal(party.seal, writer, width)),
  ]
}

function seal(words: string, writer: Writer, width: number): Content[] {
  return [
    {
      canvas: [
        {
          type: 'rect',
          x: 0,
          y: 4,
          w: width,
          h: SEAL_HEIGHT,
          r: 3,
          lineWidth: BORDER,
          lineColor: LINE,
          dash: { length: 3, space: 3 },
        },
      ],
    },
    {
      text: writer.flow(words),
      color: '#8a8a8a',
      fontSize: 8.5,
      alignment: 'center',
      margin: [6, -SEAL_HEIGHT / 2 - 8, 6, SEAL_HEIGHT / 2 - 6],
    },
  ]
}
