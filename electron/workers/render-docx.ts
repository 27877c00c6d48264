import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  type IContext,
  type ISectionOptions,
  type IXmlableObject,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Tab,
  TabStopType,
  TextRun,
} from 'docx'
import { TextWatermark } from 'docx/watermarks'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { BULLETS, NUMBERS, writeBlocks } from './docx-blocks.ts'
import { halves, hex, twips, wordRuns, wordText } from './docx-text.ts'
import { type Area, areaOf, GREY, LINE, PAGE, SIZE, textEms, TINY } from './document-measures.ts'
import { withoutTimes } from './zip-times.ts'

/** The fonts that every Word has for these characters; Latin letters are set in the same one everywhere. */
const LATIN = 'Times New Roman'
const CHINESE = { 'zh-CN': 'SimSun', 'zh-TW': 'PMingLiU', en: 'SimSun' } as const
const CORE = 'docProps/core.xml'

/**
 * The document as a file that Word opens: the same text as the PDF, for the other side to work on. It holds no macro, no
 * link, and nothing of the person, the computer or the hour that made it; the same model gives the same bytes.
 */
export async function renderDocx(document: DocumentModel): Promise<Uint8Array> {
  const area = areaOf(document)
  const font = { ascii: LATIN, hAnsi: LATIN, cs: LATIN, eastAsia: CHINESE[document.language] }
  const language = { value: 'en-US', eastAsia: document.language === 'en' ? 'zh-CN' : document.language }
  const black = { color: '000000', bold: true, font }
  const file = new Document({
    title: wordText(document.title),
    creator: wordText(document.issuer),
    compatibility: { version: 15 },
    styles: {
      default: {
        document: {
          run: { font, size: halves(SIZE), language },
          paragraph: { spacing: { before: 0, after: twips(5), line: 300, lineRule: LineRuleType.AUTO } },
        },
        title: {
          run: { ...black, size: halves(18) },
          paragraph: {
            alignment: AlignmentType.CENTER,
            spacing: { before: twips(2), after: twips(8) },
            keepNext: true,
          },
        },
        heading1: {
          run: { ...black, size: halves(11.5) },
          paragraph: {
            spacing: { before: twips(9), after: twips(4), line: 300, lineRule: LineRuleType.AUTO },
            keepNext: true,
          },
        },
      },
    },
    numbering: { config: [listOf(NUMBERS, LevelFormat.DECIMAL, '%1.'), listOf(BULLETS, LevelFormat.BULLET, '•')] },
    sections: [section(document, area)],
  })
  const bytes = await Packer.toBuffer(file, undefined, [{ path: CORE, data: coreProperties(document) }])
  return withoutTimes(bytes)
}

function listOf(reference: string, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) {
  const paragraph = { indent: { left: twips(22), hanging: twips(22) } }
  return { reference, levels: [{ level: 0, format, text, alignment: AlignmentType.LEFT, style: { paragraph } }] }
}

function section(document: DocumentModel, area: Area): ISectionOptions {
  const landscape = document.landscape === true
  return {
    properties: {
      page: {
        size: {
          width: twips(PAGE.shortEdge),
          height: twips(PAGE.longEdge),
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twips(PAGE.top),
          bottom: twips(PAGE.bottom),
          left: twips(PAGE.side),
          right: twips(PAGE.side),
          header: twips(PAGE.head),
          footer: twips(PAGE.foot),
        },
      },
    },
    headers: { default: new Header({ children: [head(document, area)] }) },
    footers: { default: new Footer({ children: [foot(document, area)] }) },
    children: writeBlocks(document.blocks, area),
  }
}

const SMALL_GREY = { size: halves(TINY), color: hex(GREY) }
const toTheRight = (area: Area) => [{ type: TabStopType.RIGHT, position: twips(area.width) }]
const tab = () => new TextRun({ children: [new Tab()] })

/** Our firm and the number of the document over a line; behind the text, where it is not final, what it is. */
function head(document: DocumentModel, area: Area): Paragraph {
  return new Paragraph({
    tabStops: toTheRight(area),
    spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO },
    border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: hex(LINE), space: 2 } },
    children: [
      ...wordRuns(document.issuer, SMALL_GREY),
      tab(),
      ...wordRuns(document.number, SMALL_GREY),
      ...(document.watermark ? [watermark(document.watermark, area)] : []),
    ],
  })
}

/** Word knows its watermarks by how their names begin; the rest of it would be another one every time. */
class NamedWatermark extends TextWatermark {
  override prepForXml(context: IContext): IXmlableObject | undefined {
    const named = JSON.stringify(super.prepForXml(context)).replace(/(PowerPlusWaterMarkObject)[\w-]+/, '$11')
    return JSON.parse(named) as IXmlableObject
  }
}

function watermark(words: string, area: Area): TextWatermark {
  const text = wordText(words).replaceAll('\n', ' ')
  const ems = Math.max(1, textEms(text))
  // As in the PDF: four characters reach across the page, longer texts shrink.
  const size = Math.min(110, (area.width * 1.05) / Math.max(3, ems))
  return new NamedWatermark({
    text,
    font: CHINESE['zh-CN'],
    color: '808080',
    opacity: 0.25,
    width: size * ems,
    height: size,
  })
}

/** The foot note left, right which page of how many: fields that Word fills in. */
function foot(document: DocumentModel, area: Area): Paragraph {
  const parts = wordText(document.pageLabel).split(/(\{pages?\})/)
  const fields = { '{page}': PageNumber.CURRENT, '{pages}': PageNumber.TOTAL_PAGES } as const
  const label = parts
    .filter((part) => part !== '')
    .map((part) => new TextRun({ ...SMALL_GREY, children: [fields[part as keyof typeof fields] ?? part] }))
  return new Paragraph({
    tabStops: toTheRight(area),
    spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO },
    children: [...wordRuns(document.footNote ?? '', SMALL_GREY), tab(), ...label],
  })
}

/** Title, firm and language, and no day, name or program. */
function coreProperties(document: DocumentModel): string {
  const xml = (text: string) => wordText(text).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<dc:title>${xml(document.title)}</dc:title><dc:creator>${xml(document.issuer)}</dc:creator>` +
    `<dc:language>${document.language}</dc:language></cp:coreProperties>`
  )
}
