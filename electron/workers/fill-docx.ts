import { refuse } from '#shared/kernel/app-error.ts'
import { fillText, type WordFill } from '#shared/kernel/word-model.ts'
import { openDocx, toPizZip } from './docx-file.ts'
import { compileDocx } from './docx-tags.ts'

/**
 * Fills a Word file: texts in place of their names, lists row by row. Values are text and nothing else; what looks like
 * a tag or like XML in them is printed as it is. Throws what `openDocx` throws, and WORD_BROKEN where tags cannot be
 * filled.
 */
export async function fillDocx({ bytes, scope, blank, mark }: WordFill): Promise<Uint8Array> {
  const file = await openDocx(bytes)
  const zip = await toPizZip(file)
  try {
    const filled = compileDocx(zip, file, blank).render(scope)
    const body = file.parts.find(({ part }) => part === 'body')?.name ?? ''
    if (mark !== null) zip.file(body, marked(zip.file(body)?.asText() ?? '', mark))
    // A Word file has parts, not folders.
    for (const [name, entry] of Object.entries(zip.files)) if (entry.dir) delete zip.files[name]
    return filled.toUint8Array({ compression: 'DEFLATE' })
  } catch (error) {
    throw refuse('WORD_BROKEN', {}, { cause: error })
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A bold line at the right of the first page that says what the paper is. */
function marked(xml: string, mark: string): string {
  const text = fillText(mark).replace(/[&<>]/g, (character) => ESCAPES[character] ?? '')
  const line = `<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val="C00000"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
  return xml.replace(/<w:body\b[^>]*>/, (body) => `${body}${line}`)
}
