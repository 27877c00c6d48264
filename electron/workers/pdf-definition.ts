import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { areaOf, GREY, LINE_HEIGHT, PAGE, SIZE, textEms, TINY } from './document-measures.ts'
import { blockDrawer, type Writer } from './pdf-blocks.ts'

const FONT = 'NotoSansSC'
const RULE = '#c4c4c4'
const MARGINS: [number, number, number, number] = [PAGE.side, PAGE.top, PAGE.side, PAGE.bottom]

/** A document as pages of its own kind; pdfmake 0.3 knows it, its types do not yet. */
interface Section {
  section: Content[]
  pageOrientation: 'portrait' | 'landscape'
  header: () => Content
  /** With the page and how many there are, both of this document alone. */
  footer: (page: number, pages: number) => Content
  watermark: { text: string; font: string; color: string; opacity: number; bold: boolean; fontSize: number } | null
}

/** The page of every document, as pdfmake's layout wants it; a document may turn it. */
export const LAYOUT_PAGE = {
  size: { orientation: 'portrait', width: PAGE.shortEdge, height: PAGE.longEdge },
  margins: { left: PAGE.side, top: PAGE.top, right: PAGE.side, bottom: PAGE.bottom },
} as const

/** A file of one document; others of the batch it leads are drawn into the same file afterwards. */
export function toDefinition(document: DocumentModel, writer: Writer, leads = false): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: MARGINS,
    info: {
      title: writer.print(document.title),
      author: writer.print(document.issuer),
      producer: 'Yewutai',
      creator: 'Yewutai',
    },
    displayTitle: true,
    language: document.language,
    defaultStyle: { font: FONT, fontSize: SIZE, lineHeight: LINE_HEIGHT },
    content: toContent(document, writer, leads),
  }
}

/**
 * Turns a model into what pdfmake draws. Values enter only as texts and numbers that `writer` has made printable;
 * links, files and drawings have no way in. A document is a section with its own head, foot, watermark, direction and,
 * in a batch, its bookmark.
 */
export function toContent(document: DocumentModel, writer: Writer, bookmarked: boolean): Content {
  return [section(document, writer, bookmarked)] as unknown as Content
}

function section(document: DocumentModel, writer: Writer, bookmarked: boolean): Section {
  const area = areaOf(document)
  const { width } = area
  const draw = blockDrawer(writer, area)
  const head = (text: string, align: 'left' | 'right') => ({
    text: writer.print(text),
    fontSize: TINY,
    color: GREY,
    alignment: align,
  })
  return {
    section: draw(document.blocks, bookmarked ? document.number || document.title : null),
    pageOrientation: document.landscape === true ? 'landscape' : 'portrait',
    header: () => ({
      margin: [PAGE.side, PAGE.head, PAGE.side, 0],
      stack: [
        { columns: [head(document.issuer, 'left'), head(document.number, 'right')], columnGap: 12 },
        { canvas: [{ type: 'line', x1: 0, y1: 3, x2: width, y2: 3, lineWidth: 0.5, lineColor: RULE }] },
      ],
    }),
    footer: (page, pages) => {
      const label = document.pageLabel.replaceAll('{pages}', String(pages)).replaceAll('{page}', String(page))
      return {
        margin: [PAGE.side, 18, PAGE.side, 0],
        columns: [head(document.footNote ?? '', 'left'), { ...head(label, 'right'), width: 190 }],
        columnGap: 12,
      }
    },
    watermark: document.watermark
      ? {
          text: writer.print(document.watermark),
          font: FONT,
          color: '#777777',
          opacity: 0.13,
          bold: true,
          // One size whatever the words: four characters reach across the page, longer ones shrink.
          fontSize: Math.min(110, (width * 1.05) / Math.max(3, textEms(document.watermark))),
        }
      : null,
  }
}
