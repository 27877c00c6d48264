import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  LineRuleType,
  type IRunOptions,
  type ITableCellOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { Align, BilingualRow, SignatureParty, TableBlock } from '#shared/kernel/document-model.ts'
import { ALIGN, halves, hex, twips, wordRuns } from './docx-text.ts'
import {
  type Area,
  BORDER,
  columnWidths,
  FACTS_GAP,
  factWidths,
  GREY,
  HEAD_FILL,
  LINE,
  PAD,
  PALE,
  rowsFit,
  SEAL_HEIGHT,
  SIGNATURES_GAP,
  SIZE,
  SMALL,
  sumSpan,
  tableFit,
  TINY,
} from './document-measures.ts'

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const LINED = { style: BorderStyle.SINGLE, size: BORDER * 8, color: hex(LINE) } as const
const bordersOf = (outside: typeof NONE | typeof LINED, inside: typeof NONE | typeof LINED, upright = inside) => ({
  top: outside,
  bottom: outside,
  left: outside,
  right: outside,
  insideHorizontal: inside,
  insideVertical: upright,
})

interface CellLook extends Omit<ITableCellOptions, 'children'> {
  readonly align?: (typeof AlignmentType)[keyof typeof AlignmentType]
  readonly look?: IRunOptions
}

function cell(texts: readonly unknown[], { align, look, ...options }: CellLook = {}): TableCell {
  const spacing = { before: 0, after: 0, line: 264, lineRule: LineRuleType.AUTO }
  return new TableCell({
    ...options,
    children: texts.map(
      (text) => new Paragraph({ spacing, children: wordRuns(text, look), ...(align ? { alignment: align } : {}) }),
    ),
  })
}

/** A table of fixed widths in points, padding included. */
function fixedTable(
  widths: readonly number[],
  rows: readonly TableRow[],
  borders: ReturnType<typeof bordersOf>,
  margins: { top: number; bottom: number; left: number; right: number },
): Table {
  return new Table({
    rows,
    borders,
    layout: TableLayoutType.FIXED,
    columnWidths: widths.map(twips),
    width: { size: twips(widths.reduce((sum, width) => sum + width, 0)), type: WidthType.DXA },
    margins: Object.fromEntries(Object.entries(margins).map(([side, points]) => [side, twips(points)])),
  })
}

/** The head is repeated on every page; a row is broken only where it is higher than a page would have room for. */
export function linesTable(block: TableBlock, area: Area): Table {
  const widths = columnWidths(block, area)
  const { whole, short } = tableFit(block, widths, area)
  const size = halves(SMALL)
  const look = { size, bold: true }
  const middle = { verticalAlign: VerticalAlignTable.CENTER }
  const alignOf = (i: number): Align => block.columns[i]?.align ?? 'left'
  const head = block.columns.map(({ head: text, align }) =>
    cell([text], {
      ...middle,
      look,
      align: align === 'right' ? AlignmentType.RIGHT : AlignmentType.CENTER,
      shading: { type: 'clear', color: 'auto', fill: hex(HEAD_FILL) },
    }),
  )
  const lines = block.rows.map((row) =>
    block.columns.map((_, i) => cell([row[i] ?? ''], { ...middle, look: { size }, align: ALIGN[alignOf(i)] })),
  )
  const sums = (block.sums ?? []).map((texts) => {
    const row = block.columns.map((_, i) => texts[i] ?? '')
    const span = sumSpan(row)
    const first = cell([row[0]], { ...middle, look, columnSpan: span, align: ALIGN[span > 1 ? 'left' : alignOf(0)] })
    return [
      first,
      ...row.slice(span).map((text, i) => cell([text], { ...middle, look, align: ALIGN[alignOf(span + i)] })),
    ]
  })
  const all = [head, ...lines, ...sums]
  const rows = all.map((children, i) => {
    // The head is never alone, a sum never without a line of what it sums, a short table never in two.
    const keepNext = i + 1 < all.length && whole && (short || i === 0 || i >= lines.length)
    return new TableRow({ children, cantSplit: whole, tableHeader: i === 0, keepNext })
  })
  const outer = widths.map((width) => width + 2 * PAD + BORDER)
  return fixedTable(outer, rows, bordersOf(LINED, LINED), { top: 4, bottom: 4, left: PAD, right: PAD })
}

/** Labels with their values in one or two columns, without lines. */
export function factsTable(items: readonly { label: string; value: string }[], columns: 1 | 2, area: Area): Table {
  const { label, value } = factWidths(items, columns, area)
  const whole = rowsFit(
    items.map((item) => ['', item.value]),
    [label, value],
    SIZE,
    area,
  )
  const pair = (item: { label: string; value: string } | undefined) => [
    cell([item?.label ?? ''], { look: { color: hex(GREY) }, align: AlignmentType.LEFT }),
    cell([item?.value ?? ''], { align: AlignmentType.LEFT }),
  ]
  const rows: TableRow[] = []
  for (let i = 0; i < items.length; i += columns) {
    const children = columns === 2 ? [...pair(items[i]), ...pair(items[i + 1])] : pair(items[i])
    rows.push(new TableRow({ children, cantSplit: whole }))
  }
  const widths = [label, value + FACTS_GAP]
  const all = columns === 2 ? [...widths, ...widths] : widths
  return fixedTable(all, rows, bordersOf(NONE, NONE), { top: 1.5, bottom: 1.5, left: 0, right: FACTS_GAP })
}

/** Two languages side by side, a line between them; all of it kept with what follows, or only headings. */
export function bilingualTable(rows: readonly BilingualRow[], along: boolean, area: Area): Table {
  const width = area.width / 2
  const texts = rows.map((row) => [row.left, row.right])
  const whole = rowsFit(texts, [width - 8, width - 8], SIZE, area)
  const made = rows.map((row) => {
    const bold = row.bold === true
    return new TableRow({
      cantSplit: whole,
      keepNext: along || row.head === true,
      children: [
        cell([row.left], { look: { bold }, margins: { right: twips(8) }, align: AlignmentType.JUSTIFIED }),
        cell([row.right], { look: { bold, size: 20 }, margins: { left: twips(8) }, align: AlignmentType.LEFT }),
      ],
    })
  })
  return fixedTable([width, width], made, bordersOf(NONE, NONE, LINED), { top: 3, bottom: 3, left: 0, right: 0 })
}

/** Who signs, the lines to fill in, and below them a frame where the seal goes, all on one page. */
export function signatureTable(parties: readonly SignatureParty[], area: Area): Table {
  const gaps = SIGNATURES_GAP * (parties.length - 1)
  const width = (area.width - gaps) / parties.length
  const between = <T>(cells: readonly T[], gap: () => T) => cells.flatMap((one, i) => (i === 0 ? [one] : [gap(), one]))
  const empty = () => cell([''])
  const words = parties.map((party) => signatory(party))
  const dashed = { style: BorderStyle.DASHED, size: BORDER * 8, color: hex(LINE) }
  const frame = { top: dashed, bottom: dashed, left: dashed, right: dashed }
  const seals = parties.map(({ seal }) =>
    cell([seal], {
      align: AlignmentType.CENTER,
      verticalAlign: VerticalAlignTable.CENTER,
      look: { size: halves(TINY), color: hex(PALE) },
      ...(seal === '' ? {} : { borders: frame }),
    }),
  )
  const rows = [
    new TableRow({ children: between(words, empty), cantSplit: true, keepNext: true }),
    new TableRow({
      children: between(seals, empty),
      cantSplit: true,
      height: { value: twips(SEAL_HEIGHT), rule: HeightRule.ATLEAST },
    }),
  ]
  const widths = between(
    parties.map(() => width),
    () => SIGNATURES_GAP,
  )
  const sealed = parties.some(({ seal }) => seal !== '')
  return fixedTable(widths, sealed ? rows : rows.slice(0, 1), bordersOf(NONE, NONE), {
    top: 0,
    bottom: 0,
    left: 0,
    right: 0,
  })
}

function signatory({ heading, name, lines }: SignatureParty): TableCell {
  const line = (text: string, bold: boolean) =>
    text === ''
      ? []
      : [new Paragraph({ spacing: { before: 0, after: twips(4) }, keepNext: true, children: wordRuns(text, { bold }) })]
  const children = [...line(heading, true), ...[name, ...lines].flatMap((text) => line(text, false))]
  return new TableCell({ children: children.length > 0 ? children : [new Paragraph({ keepNext: true })] })
}
