import PizZip from 'pizzip'
import { AppError, refuse } from '#shared/kernel/app-error.ts'
import type { WordPart } from '#shared/kernel/word-model.ts'
import { readXml } from './xml-reader.ts'
import { openZip, type ZipFile } from './zip-file.ts'

const MAX_BYTES = 20 * 1024 * 1024
/** The text of a contract of a hundred pages is a tenth of this. */
const MAX_TEXT_PART = 8 * 1024 * 1024
const TYPES = '[Content_Types].xml'
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.'
const PARTS: Readonly<Record<string, WordPart>> = {
  [`${WORD}document.main+xml`]: 'body',
  [`${WORD}header+xml`]: 'header',
  [`${WORD}footer+xml`]: 'footer',
  [`${WORD}footnotes+xml`]: 'footnotes',
}
/** What brings code along, or another file. */
const FOREIGN_TYPE = /macroEnabled|vbaProject|activeX|oleObject/i
const FOREIGN_LINK =
  /\/(?:attachedTemplate|oleObject|package|control|frame|subDocument|aFChunk|vbaProject|externalLink\w*)$/i
const FOREIGN_ELEMENTS = new Set(['altChunk', 'subDoc', 'object', 'OLEObject', 'control'])
/** Fields of Word that fetch something when the file is opened or printed. */
const FETCHING_FIELDS =
  /^(?:dde|ddeauto|include|includetext|includepicture|import|link|rd|database|embed|autotext|macrobutton)$/i

/** A part that fields are filled into. */
export interface DocxPart {
  /** As the file spells it. */
  readonly name: string
  readonly part: WordPart
}

/** A Word file that was looked through: nothing in it runs, and nothing is fetched when it is opened. */
export interface DocxFile {
  readonly zip: ZipFile
  /** The text first, then headers, footers and footnotes. */
  readonly parts: readonly DocxPart[]
}

/**
 * Opens a `.docx` after all of it was unpacked, counted and parsed. Throws WORD_TYPE for anything else, WORD_MACROS,
 * WORD_LINKS, WORD_OBJECTS, WORD_FETCHES and WORD_BOMB for what it may not hold, WORD_TOO_LARGE, WORD_DAMAGED.
 */
export async function openDocx(bytes: Uint8Array): Promise<DocxFile> {
  if (bytes.byteLength > MAX_BYTES) throw refuse('WORD_TOO_LARGE')
  try {
    const zip = await openZip(bytes)
    const parts = await textParts(zip)
    const texts = new Set(parts.map(({ name }) => name.toLowerCase()))
    for (const name of zip.names()) {
      if (name.endsWith('.rels')) await assertInside(zip, name)
      else if (texts.has(name)) await assertPlain(zip, name)
      // The directory may lie: what really comes out is counted, part by part; a DOCTYPE is refused in all of them.
      else if (name.endsWith('.xml')) await readXml(zip, name, {})
      else await zip.read(name, () => undefined)
    }
    return { zip, parts }
  } catch (error) {
    throw inWords(error)
  }
}

const IN_WORDS: Readonly<Record<string, string>> = {
  IMPORT_MACROS: 'WORD_MACROS',
  IMPORT_EXTERNAL_LINKS: 'WORD_LINKS',
  IMPORT_ZIP_BOMB: 'WORD_BOMB',
  IMPORT_NOT_A_TABLE: 'WORD_TYPE',
}

/** What the reader of zips and XML refuses, as it is said of a Word file. */
function inWords(error: unknown): unknown {
  if (!(error instanceof AppError) || !error.code.startsWith('IMPORT_')) return error
  return refuse(IN_WORDS[error.code] ?? 'WORD_DAMAGED', {}, { cause: error })
}

async function textParts(zip: ZipFile): Promise<DocxPart[]> {
  if (!zip.has(TYPES)) throw refuse('WORD_TYPE')
  const parts: DocxPart[] = []
  await readXml(zip, TYPES, {
    open(tag, { PartName = '', ContentType = '' }) {
      if (FOREIGN_TYPE.test(ContentType)) throw refuse('WORD_MACROS')
      const part = tag === 'Override' && Object.hasOwn(PARTS, ContentType) ? PARTS[ContentType] : undefined
      const name = PartName.replace(/^\//, '')
      if (part !== undefined && zip.has(name)) parts.push({ name: zip.spelled(name), part })
    },
  })
  if (parts.filter(({ part }) => part === 'body').length !== 1) throw refuse('WORD_TYPE')
  for (const { name } of parts) if (zip.size(name) > MAX_TEXT_PART) throw refuse('WORD_TOO_LARGE')
  const rank = (part: WordPart) => Object.values(PARTS).indexOf(part)
  return parts.toSorted((a, b) => rank(a.part) - rank(b.part) || (a.name < b.name ? -1 : 1))
}

/** Pages and addresses may be linked to; whatever else lies outside would be loaded by itself. */
async function assertInside(zip: ZipFile, name: string): Promise<void> {
  await readXml(zip, name, {
    open(tag, { Type = '', Target = '', TargetMode = '' }) {
      if (tag !== 'Relationship') return
      if (FOREIGN_LINK.test(Type)) throw refuse(/vba/i.test(Type) ? 'WORD_MACROS' : 'WORD_LINKS')
      if (TargetMode.toLowerCase() !== 'external') return
      const page = Type.endsWith('/hyperlink') && /^(?:https?:|mailto:)/i.test(Target)
      if (!page) throw refuse('WORD_LINKS')
    },
  })
}

/** A part of text: no embedded objects, no fields that fetch. A field's words may be spread over runs. */
async function assertPlain(zip: ZipFile, name: string): Promise<void> {
  const fields: string[] = []
  let inWords = false
  const judge = (field: string) => {
    if (FETCHING_FIELDS.test(/^\W*(\w+)/.exec(field.trim())?.[1] ?? '')) throw refuse('WORD_FETCHES')
  }
  await readXml(zip, name, {
    open(tag, attributes) {
      if (FOREIGN_ELEMENTS.has(tag)) throw refuse('WORD_OBJECTS')
      const attribute = (of: string) => Object.entries(attributes).find(([key]) => key.endsWith(`:${of}`))?.[1] ?? ''
      if (tag === 'fldSimple') judge(attribute('instr'))
      if (tag === 'instrText') inWords = true
      if (tag !== 'fldChar') return
      if (attribute('fldCharType') === 'begin') fields.push('')
      else judge(fields.at(-1) ?? '')
      if (attribute('fldCharType') === 'end') fields.pop()
    },
    text(words) {
      if (!inWords) return
      const last = fields.pop() ?? ''
      fields.push(last + words)
    },
    close(tag) {
      if (tag === 'instrText') inWords = false
    },
  })
  for (const field of fields) judge(field)
}

/**
 * The same parts, spelled as they are, in the form that docxtemplater fills. Made from what was counted and checked:
 * two readers of one file may not agree on what is in it.
 */
export async function toPizZip({ zip }: DocxFile): Promise<PizZip> {
  const copy = new PizZip()
  for (const name of zip.names()) {
    const chunks: Buffer[] = []
    await zip.read(name, (bytes) => void chunks.push(bytes))
    copy.file(zip.spelled(name), Buffer.concat(chunks))
  }
  return copy
}
