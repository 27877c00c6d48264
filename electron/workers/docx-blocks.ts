import { AlignmentType, HeadingLevel, ImageRun, type IRunOptions, LineRuleType, Paragraph, type Table } from 'docx'
import type { DocumentBlock, ImageBlock, ParagraphBlock } from '#shared/kernel/document-model.ts'
import { bilingualTable, factsTable, linesTable, signatureTable } from './docx-tables.ts'
import { ALIGN, halves, hex, twips, wordRuns } from './docx-text.ts'
import {
  type Area,
  goesAlong,
  GREY,
  drawnImage,
  introduces,
  INSERTED,
  joinBilingual,
  LINE,
  REMOVED,
  SIZE,
  SMALL,
  TINY,
} from './document-measures.ts'

/** What lists of a document are numbered by; each begins at 1. */
export const NUMBERS = 'numbers'
export const BULLETS = 'bullets'
const PIXELS = 96 / 72
/** Word wants a paragraph after a table, and one for a page to begin with; this one is hardly there. */
const HAIR = 1

/** Writes the blocks of one document for an area of this size. */
export function writeBlocks(all: readonly DocumentBlock[], area: Area): (Paragraph | Table)[] {
  const blocks = joinBilingual(all)
  const out: (Paragraph | Table)[] = []
  let breakNext = false
  blocks.forEach((block, i) => {
    if (block.kind === 'page') {
      breakNext = out.length > 0
      return
    }
    if (breakNext) out.push(strip(HAIR, { pageBreakBefore: true }))
    breakNext = false
    const along = blocks[i + 1]?.kind === 'signatures' && goesAlong(block, area)
    if (block.kind === 'list') out.push(...list(block, i + 1))
    else if (block.kind === 'image') out.push(image(block, area, i + 1))
    else if (block.kind === 'paragraph') out.push(paragraph(block, area, along || introduces(block, blocks[i + 1])))
    else if (block.kind === 'bilingual' && block.rows.length > 0) {
      const keepNext = along || block.rows.at(-1)?.head === true || introduces(block, blocks[i + 1])
      out.push(bilingualTable(block.rows, along, area), strip(8, { keepNext }))
    } else if (block.kind !== 'bilingual') out.push(...write(block, area))
  })
  return out
}

type Other = Exclude<DocumentBlock, { kind: 'page' | 'list' | 'image' | 'paragraph' | 'bilingual' }>

function write(block: Other, area: Area): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'title': {
      const subtitle = wordRuns(block.subtitle ?? '', { size: halves(SMALL), color: hex(GREY) })
      const under = { alignment: AlignmentType.CENTER, spacing: { after: twips(12) }, children: subtitle }
      return [
        new Paragraph({ heading: HeadingLevel.TITLE, children: wordRuns(block.text) }),
        ...(block.subtitle ? [new Paragraph(under)] : []),
      ]
    }
    case 'heading':
      return [new Paragraph({ heading: HeadingLevel.HEADING_1, keepNext: true, children: wordRuns(block.text) })]
    case 'facts':
      return block.items.length === 0 ? [] : [factsTable(block.items, block.columns, area), strip(8)]
    case 'table':
      return block.columns.length === 0 ? [] : [linesTable(block, area), strip(9)]
    case 'signatures':
      return block.parties.length === 0
        ? []
        : [strip(14, { keepNext: true }), signatureTable(block.parties, area), strip(HAIR)]
    case 'rule': {
      const bottom = { style: 'single' as const, size: 4, color: hex(LINE), space: 1 }
      return [strip(6, { border: { bottom } }), strip(8)]
    }
    case 'space':
      return [strip(Math.max(HAIR, Number(block.points) || 0))]
  }
}

/** An empty paragraph of this height. */
function strip(points: number, more: ConstructorParameters<typeof Paragraph>[0] & object = {}): Paragraph {
  return new Paragraph({ ...more, spacing: { before: 0, after: 0, line: twips(points), lineRule: LineRuleType.EXACT } })
}

const MARKS: Record<'inserted' | 'removed', IRunOptions> = {
  inserted: { underline: { type: 'single', color: hex(INSERTED) }, color: hex(INSERTED) },
  removed: { strike: true, color: hex(REMOVED) },
}

function paragraph(block: ParagraphBlock, area: Area, along: boolean): Paragraph {
  const small = block.small === true ? { size: halves(TINY), color: hex(GREY) } : {}
  const indent = twips(SIZE * 2)
  return new Paragraph({
    alignment: ALIGN[block.align ?? (area.western ? 'left' : 'justify')],
    keepNext: along,
    keepLines: along,
    // Two characters for Chinese, and all of it for Western text.
    ...(block.indent === true ? { indent: area.western ? { left: indent } : { firstLine: indent } } : {}),
    children: block.runs.flatMap((run) =>
      wordRuns(run.text, {
        ...small,
        ...(run.bold === true ? { bold: true } : {}),
        ...(run.mark === undefined ? {} : MARKS[run.mark]),
      }),
    ),
  })
}

function list(block: DocumentBlock & { kind: 'list' }, instance: number): Paragraph[] {
  const reference = block.ordered === false ? BULLETS : NUMBERS
  return block.items.map(
    (text) =>
      new Paragraph({
        numbering: { reference, level: 0, instance, custom: true },
        spacing: { after: twips(3) },
        children: wordRuns(text),
      }),
  )
}

function image(block: ImageBlock, area: Area, number: number): Paragraph {
  const { data, type, width, height } = drawnImage(block, area)
  const transformation = { width: width * PIXELS, height: height * PIXELS }
  return new Paragraph({
    alignment: ALIGN[block.align ?? 'left'],
    spacing: { before: twips(2), after: twips(8) },
    children: [new ImageRun({ type, data, transformation, altText: { id: String(number) } })],
  })
}
