import type { Content, ContentTable, TableCell } from 'pdfmake/interfaces.js'
import type {
  BilingualRow,
  DocumentBlock,
  ImageBlock,
  ParagraphBlock,
  SignatureParty,
  TableBlock,
} from '#shared/kernel/document-model.ts'
import {
  type Area,
  BORDER,
  columnWidths,
  FACTS_GAP,
  factWidths,
  goesAlong,
  GREY,
  HEAD_FILL,
  headedRows,
  drawnImage,
  introduces,
  INSERTED,
  joinBilingual,
  LINE,
  PAD,
  PALE,
  REMOVED,
  ROW_PAD,
  rowsFit,
  SEAL_HEIGHT,
  SIGNATURES_GAP,
  SIZE,
  SMALL,
  staysWhole,
  sumSpan,
  tableFit,
  TINY,
} from './document-measures.ts'

/** Above and below a picture. */
const IMAGE_MARGINS = 10
/** Height of some lines of text under a heading. */
const KEPT_ABOVE = 56

const HAN = /\p{sc=Han}/u

/** Makes texts fit to be drawn. */
export interface Writer {
  /** Only characters that the fonts have. */
  print(value: unknown): string
  /** The same, with marks where lines may and may not end. */
  flow(value: unknown): string
}

/** Draws the blocks of one document into an area of this size in points. */
export function blockDrawer(writer: Writer, area: Area) {
  return (blocks: readonly DocumentBlock[], bookmark: string | null): Content[] => {
    const list = joinBilingual(blocks)
    const out: Content[] = []
    let breakNext = false
    const add = (content: Content) => {
      out.push(breakNext ? { stack: [content], pageBreak: 'before' } : content)
      breakNext = false
    }
    /** Headings, and words that introduce a table: drawn with what they lead to. */
    let leads: Content[] = []
    list.forEach((block, i) => {
      const next = list[i + 1]
      // Drawn together with the signatures that follow.
      if (next?.kind === 'signatures' && goesAlong(block, area)) return
      const lead = leadOf(block, next, writer, area)
      if (lead !== null) return void leads.push(lead)
      const led = leads
      leads = []
      if (led.length > 0 && block.kind === 'paragraph' && staysWhole(block, area)) {
        return add({ stack: [...led, paragraph(block, writer, area)], unbreakable: true })
      }
      if (led.length > 0) keptAbove(led, roomBelow(block, area)).forEach(add)
      if (block.kind === 'page') breakNext = out.length > 0
      else if (block.kind === 'signatures') {
        const before = list[i - 1]
        const along = goesAlong(before, area) ? [drawBlock(before, block, writer, area)] : []
        add({ stack: [...along, signatures(block.parties, writer, area)], unbreakable: true })
      } else if (block.kind === 'title') add(title(block, writer, bookmark))
      else if (block.kind !== 'heading') add(drawBlock(block, next, writer, area))
    })
    if (leads.length > 0) add({ stack: leads, unbreakable: true })
    return out
  }
}

type BilingualBlock = DocumentBlock & { readonly kind: 'bilingual' }
type Drawn = Exclude<DocumentBlock, { kind: 'title' | 'heading' | 'signatures' | 'page' }>

function drawBlock(block: Drawn, next: DocumentBlock | undefined, writer: Writer, area: Area): Content {
  switch (block.kind) {
    case 'paragraph':
      return staysWhole(block, area)
        ? { stack: [paragraph(block, writer, area)], unbreakable: true }
        : paragraph(block, writer, area)
    case 'facts':
      return facts(block.items, block.columns, writer, area)
    case 'table':
      return table(block, writer, area)
    case 'list': {
      const items = block.items.map((text) => ({ text: writer.flow(text), margin: [0, 0, 0, 3] as Margins }))
      return block.ordered === false ? { ul: items, margin: [0, 0, 0, 4] } : { ol: items, margin: [0, 0, 0, 4] }
    }
    case 'bilingual':
      return bilingual(block, next, writer, area)
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

/** What is drawn with the block after it: a heading, or a few words that introduce a table. */
function leadOf(block: DocumentBlock, next: DocumentBlock | undefined, writer: Writer, area: Area): Content | null {
  if (block.kind === 'heading') {
    return { text: writer.flow(block.text), bold: true, fontSize: 11.5, margin: [0, 8, 0, 4] }
  }
  const leads = block.kind === 'paragraph' && introduces(block, next) && staysWhole(block, area)
  return leads ? paragraph(block, writer, area) : null
}

/**
 * What never ends a page, and an empty strip of the height that is wanted below it, are one piece; what follows is drawn
 * over the strip. If the strip does not fit on the page any more, all go to the next one.
 */
function keptAbove(content: Content[], below: number): Content[] {
  const strip = { text: '', fontSize: 1, lineHeight: 0.01 }
  return [
    { unbreakable: true, stack: [...content, { ...strip, margin: [0, 0, 0, below] }] },
    { ...strip, margin: [0, -below - 0.03, 0, 0] },
  ]
}

/** Height that a heading wants below itself for what follows: some lines of text, a picture, or what of a table stands together. */
function roomBelow(next: DocumentBlock | undefined, area: Area): number {
  if (next?.kind === 'image') return Math.min(area.height * 0.5, drawnImage(next, area).height + IMAGE_MARGINS)
  if (next?.kind !== 'table' || next.columns.length === 0) return KEPT_ABOVE
  const { least } = tableFit(next, columnWidths(next, area), area)
  return Math.min(area.height * 0.5, Math.max(KEPT_ABOVE, least))
}

const MARKS = {
  inserted: { decoration: 'underline', color: INSERTED, decorationColor: INSERTED },
  removed: { decoration: 'lineThrough', color: REMOVED, decorationColor: REMOVED },
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
    ...(block.small === true ? { fontSize: TINY, color: GREY } : {}),
    // Two characters for Chinese, and all of it for Western text.
    ...(indent && !area.western ? { leadingIndent: SIZE * 2 } : {}),
    margin: [indent && area.western ? 21 : 0, 0, 0, 4],
  }
}

function facts(
  items: readonly { label: string; value: string }[],
  columns: 1 | 2,
  writer: Writer,
  area: Area,
): Content {
  const { label, value } = factWidths(items, columns, area)
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
    // pdfmake drops what does not fit of a row that it must not break, so such rows stay breakable.
    table: { widths, body: rows, dontBreakRows: rowsFit(texts, [label, value], SIZE, area) },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingTop: () => 1.5,
      paddingBottom: () => 1.5,
      paddingLeft: () => 0,
      paddingRight: () => FACTS_GAP,
    },
    margin: [0, 0, 0, 8],
  }
}

/**
 * Two languages side by side; a heading stands with the row after it, or else with the block that follows, and so do words
 * that introduce a table.
 */
function bilingual(block: BilingualBlock, next: DocumentBlock | undefined, writer: Writer, area: Area): Content {
  const below = roomBelow(next, area)
  const width = area.width / 2 - 8
  const fit = (rows: readonly BilingualRow[]) =>
    rowsFit(
      rows.map((row) => [row.left, row.right]),
      [width, width],
      SIZE,
      area,
    )
  const draw = (rows: readonly BilingualRow[]): Content => ({
    table: {
      widths: [width, width],
      dontBreakRows: fit(rows),
      body: rows.map((row) => [row.left, row.right].map((text) => column(text, row, writer))),
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
  })
  const pieces = headedRows(block.rows)
  const stack = pieces.flatMap((rows, i): Content[] => {
    if (i === pieces.length - 1 && introduces(block, next)) return keptAbove([draw(rows)], below)
    const body = rows.findIndex((row) => row.head !== true)
    if (body < 0) return keptAbove([draw(rows)], below)
    if (body === 0) return [draw(rows)]
    if (fit(rows)) return [{ stack: [draw(rows)], unbreakable: true }]
    return [...keptAbove([draw(rows.slice(0, body))], KEPT_ABOVE), draw(rows.slice(body))]
  })
  return stack.length === 0 ? { text: '' } : { stack, margin: [0, 0, 0, 8] }
}

/** A narrow column is not justified: an account's number would stretch the characters of a whole line. */
function column(text: string, row: BilingualRow, writer: Writer): TableCell {
  const size = row.head === true ? 11 : HAN.test(String(text)) ? SIZE : SIZE - 0.5
  const above = row.head === true ? 5 : 0
  return { text: writer.flow(text), bold: row.bold === true, fontSize: size, margin: [0, above, 0, 0] }
}

function table(block: TableBlock, writer: Writer, area: Area): Content {
  if (block.columns.length === 0) return { text: '' }
  const widths = columnWidths(block, area)
  const { whole, short } = tableFit(block, widths, area)
  // What pdfmake moves down within a row that goes on over the page, it moves on the wrong one.
  const base = { fontSize: SMALL, lineHeight: 1.02, ...(whole ? { verticalAlignment: 'middle' } : {}) }
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
  const content: ContentTable & { unbreakable: boolean } = {
    // A short table stays on one page, so that its sum is never alone under a repeated head.
    unbreakable: short,
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
      paddingTop: () => ROW_PAD,
      paddingBottom: () => ROW_PAD,
      paddingLeft: () => PAD,
      paddingRight: () => PAD,
    },
    margin: [0, 3, 0, 9],
  }
  return content
}

/** Empty cells behind the first text are joined to it, so that a sum's label has room. */
function sumRow(row: readonly string[], cell: (text: string, i: number, bold: boolean) => TableCell): TableCell[] {
  const span = sumSpan(row)
  const label = cell(row[0] ?? '', 0, true) as object
  const rest = Array.from({ length: span - 1 }, () => ({ text: '' }))
  const first = { ...label, ...(span > 1 ? { colSpan: span, alignment: 'left' } : {}) } as TableCell
  return [first, ...rest, ...row.slice(span).map((text, i) => cell(text, span + i, true))]
}

function image(block: ImageBlock, area: Area): Content {
  return {
    image: block.data,
    width: drawnImage(block, area).width,
    alignment: block.align ?? 'left',
    margin: [0, 2, 0, 8],
  }
}

function signatures(parties: readonly SignatureParty[], writer: Writer, area: Area): Content {
  const width = (area.width - SIGNATURES_GAP * (parties.length - 1)) / Math.max(1, parties.length)
  return {
    columns: parties.map((party) => ({ width, stack: signature(party, writer, width) })),
    columnGap: SIGNATURES_GAP,
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
      color: PALE,
      fontSize: TINY,
      alignment: 'center',
      margin: [6, -SEAL_HEIGHT / 2 - 8, 6, SEAL_HEIGHT / 2 - 6],
    },
  ]
}
