import { refuse } from '#shared/kernel/app-error.ts'
import {
  MAX_WORD_DEPTH,
  MAX_WORD_TAGS,
  type WordLine,
  type WordMisplaced,
  type WordScan,
} from '#shared/kernel/word-model.ts'
import { openDocx, toPizZip, type DocxFile, type DocxPart } from './docx-file.ts'
import { compileDocx } from './docx-tags.ts'
import { readXml } from './xml-reader.ts'

/** Of either width: a Chinese keyboard writes ｛ and ｝. */
const BRACE = /[{}\uFF5B\uFF5D]/
/** More text than this between two braces is none of a field. */
const MAX_LINE = 20_000
/** What docxtemplater calls a tag that stands where it would tear the file: half in a table, across a cell. */
const TEARS = new Set(['loop_position_invalid', 'unbalanced_loop_tags'])

/**
 * Reads the paragraphs that hold tags, each with its place, and which tags cannot be filled where they stand. Throws
 * what `openDocx` throws, and WORD_TOO_MANY_TAGS.
 */
export async function inspectDocx(bytes: Uint8Array): Promise<WordScan> {
  const file = await openDocx(bytes)
  const lines: WordLine[] = []
  for (const part of file.parts) lines.push(...(await readLines(file, part)))
  assertFew(lines)
  return { lines, misplaced: await misplacedTags(file) }
}

/** Before docxtemplater sees them: pairs within pairs cost it the square of their depth. */
function assertFew(lines: readonly WordLine[]): void {
  let tags = 0
  let depth = 0
  for (const { text } of lines) {
    for (const [, mark] of text.matchAll(/\{\s*(.?)/gu)) {
      tags += 1
      if (mark === '#' || mark === '^') depth += 1
      if (mark === '/') depth = Math.max(0, depth - 1)
      if (tags > MAX_WORD_TAGS || depth > MAX_WORD_DEPTH) {
        throw refuse('WORD_TOO_MANY_TAGS', { limit: MAX_WORD_TAGS, depth: MAX_WORD_DEPTH })
      }
    }
  }
}

async function readLines({ zip }: DocxFile, { name, part }: DocxPart): Promise<WordLine[]> {
  const lines: WordLine[] = []
  const tables: { no: number; row: number; column: number }[] = []
  // A text box is a paragraph within a paragraph.
  const paragraphs: { line: WordLine; text: string }[] = []
  const counted = { paragraphs: 0, tables: 0 }
  let inText = 0
  await readXml(zip, name, {
    open(tag) {
      if (tag === 'tbl') {
        counted.tables += 1
        tables.push({ no: counted.tables, row: 0, column: 0 })
      }
      const table = tables.at(-1)
      if (tag === 'tr' && table) Object.assign(table, { row: table.row + 1, column: 0 })
      if (tag === 'tc' && table) table.column += 1
      if (tag === 't') inText += 1
      if (tag !== 'p') return
      counted.paragraphs += 1
      const cell = table && table.row > 0 ? { table: table.no, row: table.row, column: table.column } : null
      paragraphs.push({ line: { place: { part, paragraph: counted.paragraphs, cell }, text: '' }, text: '' })
    },
    text(words) {
      const paragraph = paragraphs.at(-1)
      if (inText > 0 && paragraph) paragraph.text += words
    },
    close(tag) {
      if (tag === 'tbl') tables.pop()
      if (tag === 't') inText -= 1
      const ended = tag === 'p' ? paragraphs.pop() : undefined
      if (!ended || !BRACE.test(ended.text)) return
      if (ended.text.length > MAX_LINE) throw refuse('WORD_TOO_LARGE')
      lines.push({ place: ended.line.place, text: ended.text })
    },
  })
  return lines.toSorted((a, b) => a.place.paragraph - b.place.paragraph)
}

/** What docxtemplater itself objects to; of braces and pairs more is told by the lines. */
async function misplacedTags(file: DocxFile): Promise<WordMisplaced[]> {
  try {
    compileDocx(await toPizZip(file), file, '')
    return []
  } catch (error) {
    return objections(error).map(({ id = '', xtag, openingtag, pair }) => ({
      tag: xtag ?? openingtag ?? pair?.left ?? '',
      torn: TEARS.has(id),
    }))
  }
}

interface Objection {
  readonly id?: string
  readonly xtag?: string
  readonly openingtag?: string
  readonly pair?: { readonly left: string }
}

function objections(error: unknown): Objection[] {
  const { properties } = error as { properties?: Objection & { errors?: { properties?: Objection }[] } }
  if (properties === undefined) throw refuse('WORD_DAMAGED', {}, { cause: error })
  return properties.errors?.map((one) => one.properties ?? {}) ?? [properties]
}
