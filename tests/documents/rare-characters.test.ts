import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, it } from 'vitest'
import { createPdfRenderer } from '#workers/render-pdf.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { hasPoppler, poppler } from '#tests/helpers/pdf-tools.ts'
import { GB18030_BLOCKS, spreadRare, STANDARD_RARE } from '#tests/helpers/rare-characters.ts'
import { everywhere, paragraph, sampleDocument } from '#tests/helpers/sample-document.ts'

const renderer = createPdfRenderer(new URL('../../resources', import.meta.url).pathname)
const plain = (text: string) => text.replace(/\s+/g, '')

describe('rare characters', () => {
  it('of GB 18030 are there, all 87 000 of them; what is in no font is named', () => {
    for (const [from, to] of GB18030_BLOCKS) {
      const all = Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('')
      expect(renderer.missing([all])).toEqual([])
    }
    expect(renderer.missing(['𠮷\u{30000}野\u{323af}\u{30000}'])).toEqual(['\u{30000}', '\u{323af}'])
  })

  it('come out as they went in: those of the national table, and 600 from all extensions', async () => {
    const names = STANDARD_RARE + spreadRare(97)
    expect(Array.from(names).length).toBeGreaterThan(273 + 600)
    const bytes = await renderer.render([sampleDocument([paragraph(names), paragraph(names, true)])])
    const printed = (await pdfPages(bytes)).map((page) => page.replace('重庆渝机配件有限公司YZ-2026-0001', ''))
    expect(printed.join('').replace(/第\d+页共\d+页/g, '')).toBe(names + names)
    if (!hasPoppler()) return
    const read = plain(poppler('pdftotext', bytes, ['-raw', '-enc', 'UTF-8', '%', '-']))
    expect(read.replace(/第\d+页共\d+页\f?|重庆渝机配件有限公司YZ-2026-0001/g, '')).toBe(names + names)
    const fonts = poppler('pdffonts', bytes, ['%']).trim().split('\n').slice(2)
    for (const font of fonts) expect(font).toMatch(/ +CID TrueType +Identity-H +yes yes yes/)
  }, 60_000)

  it('are drawn in every place of a document, the bookmark too', async () => {
    const name = '𠮷𪚥野家'
    const document = sampleDocument(everywhere(name), { issuer: name, number: name, footNote: name, title: name })
    const bytes = await renderer.render([document, document])
    for (const page of await pdfPages(bytes)) expect(page.split(name)).toHaveLength(1 + 21)
    const task = getDocument({ data: bytes.slice(), verbosity: 0 })
    const pdf = await task.promise
    expect((await pdf.getOutline()).map(({ title }) => title)).toEqual([name, name])
    expect((await pdf.getMetadata()).info).toMatchObject({ Title: name, Author: name })
    await task.destroy()
  })

  it('are as wide as the others, so that lines end where they should', async () => {
    const wide = async (text: string) => {
      const task = getDocument({
        data: (await renderer.render([sampleDocument([paragraph(text)])])).slice(),
        verbosity: 0,
      })
      const { items } = await (await (await task.promise).getPage(1)).getTextContent()
      const lines = items.flatMap((item) => ('str' in item && item.str.length > 20 ? [item] : []))
      await task.destroy()
      return lines.map((line) => Array.from(line.str).length)
    }
    expect(await wide('𠮷𪚥'.repeat(80))).toEqual(await wide('吉龙'.repeat(80)))
  })
})
