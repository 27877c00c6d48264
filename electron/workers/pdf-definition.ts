import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { DocumentBlock, DocumentModel, SignatureParty, TableBlock } from '#shared/kernel/document-model.ts'

const FONT = 'NotoSansSC'
const GREY = '#555555'
const LINE = '#9a9a9a'
const MARGINS: [number, number, number, number] = [56, 62, 56, 56]

/** A node that was laid out: pdfmake notes on it where its lines came to stand. */
interface Anchor {
  positions?: { pageNumber: number }[]
}

/**
 * Turns models into what pdfmake draws. Values enter only as texts and numbers; images, links and files have no way
 * in. Each document of a batch counts its own pages: the feet are made after the layout, when it is known where each
 * document began.
 */
export function toDefinition(documents: readonly DocumentModel[]): TDocumentDefinitions {
  const anchors: Anchor[] = []
  const content: Content[] = []
  documents.forEach((document, index) => {
    const anchor = { text: ' ', fontSize: 1, lineHeight: 0.1, ...(index > 0 ? { pageBreak: 'before' as const } : {}) }
    anchors.push(anchor as Anchor)
    content.push(anchor, ...blocks(document.blocks))
  })
  const placeOf = (page: number, pageCount: number) => {
    let index = 0
    anchors.forEach((anchor, i) => {
      if ((anchor.positions?.[0]?.pageNumber ?? 1) <= page) index = i
    })
    const first = anchors[index]?.positions?.[0]?.pageNumber ?? 1
    const next = anchors[index + 1]?.positions?.[0]?.pageNumber ?? pageCount + 1
    return { document: documents[index] as DocumentModel, page: page - first + 1, pages: next - first }
  }
  const first = documents[0]
  return {
    pageSize: 'A4',
    pageOrientation: first?.landscape ? 'landscape' : 'portrait',
    pageMargins: MARGINS,
    info: { title: first?.title ?? '', author: first?.issuer ?? '', producer: 'Yewutai', creator: 'Yewutai' },
    defaultStyle: { font: FONT, fontSize: 10.5, lineHeight: 1.35 },
    content,
    header: (page, pageCount) => {
      const { document } = placeOf(page, pageCount)
      return {
        margin: [MARGINS[0], 28, MARGINS[2], 0],
        columns: [
          { text: document.issuer, fontSize: 8.5, color: GREY },
          { text: document.number, fontSize: 8.5, color: GREY, alignment: 'right' },
        ],
      }
    },
    footer: (page, pageCount) => {
      const place = placeOf(page, pageCount)
      const label = place.document.pageLabel
        .replaceAll('{pages}', String(place.pages))
        .replaceAll('{page}', String(place.page))
      return {
        margin: [MARGINS[0], 14, MARGINS[2], 0],
        columns: [
          { text: place.document.footNote ?? '', fontSize: 8.5, color: GREY },
          { text: label, fontSize: 8.5, color: GREY, alignment: 'right', width: 120 },
        ],
      }
    },
    ...(first?.watermark
      ? { watermark: { text: first.watermark, font: FONT, color: '#777777', opacity: 0.14, bold: true, angle: -45 } }
      : {}),
  }
}

/** A heading never ends a page: it is kept together with what follows it, unless that is a table, which may be long. */
function blocks(list: readonly DocumentBlock[]): Content[] {
  const out: Content[] = []
  for (let i = 0; i < list.length; i += 1) {
    const block = list[i] as DocumentBlock
    const next = list[i + 1]
    if (block.kind === 'heading' && next && next.kind === 'paragraph') {
      out.push({ stack: [draw(block), draw(next)], unbreakable: true })
      i += 1
    } else out.push(draw(block))
  }
  return out
}

function draw(block: DocumentBlock): Content {
  switch (block.kind) {
    case 'title':
      return {
        stack: [
          { text: block.text, fontSize: 18, bold: true, alignment: 'center' },
          ...(block.subtitle ? [{ text: block.subtitle, alignment: 'center' as const, color: GREY, fontSize: 9.5 }] : []),
        ],
        margin: [0, 0, 0, 10],
      }
    case 'heading':
      return { text: block.text, bold: true, fontSize: 11.5, margin: [0, 8, 0, 3] }
    case 'paragraph':
      return {
        text: block.runs.map((run) => ({ text: run.text, bold: run.bold ?? false })),
        alignment: block.align ?? 'left',
        margin: [block.indent ? 21 : 0, 0, 0, 4],
      }
    case 'facts':
      return facts(block.items, block.columns)
    case 'table':
      return table(block)
    case 'list':
      return { ol: block.items.map((text) => ({ text, margin: [0, 0, 0, 2] })), margin: [0, 0, 0, 4] }
    case 'signatures':
      return {
        columns: block.parties.map(signature),
        columnGap: 24,
        unbreakable: true,
        margin: [0, 18, 0, 0],
      }
    case 'bilingual':
      return {
        table: {
          widths: ['*', '*'],
          dontBreakRows: true,
          body: block.rows.map((row) => [
            { text: row.left, bold: row.bold ?? false },
            { text: row.right, bold: row.bold ?? false },
          ]),
        },
        layout: 'noBorders',
      }
    case 'space':
      return { text: ' ', fontSize: 1, margin: [0, 0, 0, block.points] }
    case 'page':
      return { text: ' ', fontSize: 1, pageBreak: 'after' }
  }
}

function facts(items: readonly { label: string; value: string }[], columns: 1 | 2): Content {
  const cell = (item: { label: string; value: string } | undefined): TableCell[] =>
    item ? [{ text: item.label, color: GREY }, { text: item.value }] : [{ text: '' }, { text: '' }]
  const rows: TableCell[][] = []
  const half = columns === 2 ? Math.ceil(items.length / 2) : items.length
  for (let i = 0; i < half; i += 1) {
    rows.push(columns === 2 ? [...cell(items[i]), ...cell(items[half + i])] : cell(items[i]))
  }
  return {
    table: { widths: columns === 2 ? [68, '*', 68, '*'] : [90, '*'], body: rows, dontBreakRows: true },
    layout: { hLineWidth: () => 0, vLineWidth: () => 0, paddingTop: () => 1, paddingBottom: () => 1, paddingLeft: () => 0 },
    margin: [0, 0, 0, 8],
  }
}

function table(block: TableBlock): Content {
  const cell = (text: string, i: number, bold: boolean): TableCell => ({
    text,
    bold,
    fontSize: 9.5,
    alignment: block.columns[i]?.align ?? 'left',
  })
  const head: TableCell[] = block.columns.map((column) => ({
    text: column.head,
    bold: true,
    fontSize: 9.5,
    alignment: column.align === 'right' ? 'right' : 'center',
    fillColor: '#f0f0f0',
  }))
  const body = block.rows.map((row) => block.columns.map((_, i) => cell(row[i] ?? '', i, false)))
  const sums = (block.sums ?? []).map((row) => sumRow(row, cell))
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: block.columns.map((column) => column.width),
      body: [head, ...body, ...sums],
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      hLineColor: () => LINE,
      vLineColor: () => LINE,
      paddingTop: () => 3,
      paddingBottom: () => 3,
    },
    margin: [0, 2, 0, 8],
  }
}

/** Empty cells behind a text are joined to it, so that a sum's label has room. */
function sumRow(row: readonly string[], cell: (text: string, i: number, bold: boolean) => TableCell): TableCell[] {
  const out: TableCell[] = []
  for (let i = 0; i < row.length; ) {
    let span = 1
    if (i === 0) while (i + span < row.length && row[i + span] === '') span += 1
    out.push({ ...(cell(row[i] ?? '', i, true) as object), ...(span > 1 ? { colSpan: span, alignment: 'left' } : {}) } as TableCell)
    for (let k = 1; k < span; k += 1) out.push({ text: '' })
    i += span
  }
  return out
}

function signature(party: SignatureParty): Content {
  return {
    stack: [
      { text: party.heading, bold: true, margin: [0, 0, 0, 3] },
      { text: party.name, margin: [0, 0, 0, 3] },
      ...party.lines.map((text) => ({ text, margin: [0, 2, 0, 2] as [number, number, number, number] })),
      { text: party.seal, color: GREY, fontSize: 9, margin: [0, 26, 0, 26], alignment: 'center' as const },
    ],
  }
}
