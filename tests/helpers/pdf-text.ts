import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The text of each page of a PDF, without spaces: what a reader could copy out of it. */
export async function pdfPages(bytes: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: bytes.slice(), useSystemFonts: false, verbosity: 0 })
  const document = await task.promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const content = await (await document.getPage(number)).getTextContent()
    const text = content.items.map((item) => ('str' in item ? item.str : '')).join('')
    pages.push(text.replace(/\s+/g, ''))
  }
  await task.destroy()
  return pages
}
