import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { LAYOUT_PAGE, toContent, toDefinition } from './pdf-definition.ts'
import { shareFonts } from './pdf-fonts.ts'
import { missingCharacters, printable, withHints } from './pdf-text.ts'

interface PdfMake {
  virtualfs: { writeFileSync(name: string, content: Buffer): void }
  setFonts(fonts: Record<string, Record<string, string>>): void
  setUrlAccessPolicy(policy: (url: string) => boolean): void
  setLocalAccessPolicy(policy: (path: string) => boolean): void
  createPdf(definition: unknown, options?: unknown): { getStream(): Promise<PdfStream> }
}
/** The file while it is being written: pages that are finished are given out, fonts follow at its end. */
interface PdfStream {
  on(event: 'data', listener: (piece: Buffer) => void): void
  on(event: 'end', listener: () => void): void
  on(event: 'error', listener: (error: unknown) => void): void
  end(): void
}
/** pdfmake's own two halves, which `createPdf` runs once over the whole file. */
interface PdfMakeParts {
  LayoutBuilder: new (
    size: typeof LAYOUT_PAGE.size,
    margins: typeof LAYOUT_PAGE.margins,
    drawings: null,
  ) => {
    layoutDocument(content: unknown, file: PdfStream, styles: object, style: unknown): unknown[]
  }
  Renderer: new (file: PdfStream) => { renderPages(pages: unknown[]): void }
}

export interface PdfRenderer {
  /** One file of these documents, in their order. */
  render(documents: readonly DocumentModel[]): Promise<Uint8Array>
  /** The characters of these texts that the fonts do not have. */
  missing(texts: readonly string[]): string[]
}

/** Readies pdfmake: fonts parsed once, no path and no address that it might open. */
export function createPdfRenderer(resourcesDir: string, room?: SharedArrayBuffer): PdfRenderer {
  const require = createRequire(import.meta.url)
  const pdfmake = require('pdfmake') as PdfMake
  const part = (name: string) => (require(`pdfmake/js/${name}.js`) as { default: unknown }).default
  const { LayoutBuilder, Renderer } = {
    LayoutBuilder: part('LayoutBuilder'),
    Renderer: part('Renderer'),
  } as PdfMakeParts
  const fonts = shareFonts(resourcesDir, room)
  for (const { name, marker } of fonts.files) pdfmake.virtualfs.writeFileSync(name, marker)
  pdfmake.setFonts({
    NotoSansSC: { normal: 'regular.ttf', bold: 'bold.ttf', italics: 'regular.ttf', bolditalics: 'bold.ttf' },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  const print = (value: unknown) => printable(value, fonts.hasGlyph)
  const writer = { print, flow: (value: unknown) => withHints(print(value)) }
  return {
    async render([first, ...others]) {
      if (!first) throw new Error('a file has at least one document')
      const definition = toDefinition(first, writer, others.length > 0)
      // The fonts remember for the whole thread; pdfmake would remember once more for every file.
      const file = await pdfmake.createPdf(definition, { fontLayoutCache: false }).getStream()
      const bytes = collect(file)
      // Laid out all at once, hundreds of documents take as much memory as they have words. One after the other, each
      // is drawn, handed out and forgotten; the fonts are still written once, for all of them.
      const renderer = new Renderer(file)
      for (const document of others) {
        const layout = new LayoutBuilder(LAYOUT_PAGE.size, LAYOUT_PAGE.margins, null)
        const content = toContent(document, writer, true)
        renderer.renderPages(layout.layoutDocument(content, file, {}, definition.defaultStyle))
        await setImmediate()
      }
      file.end()
      return bytes
    },
    missing: (texts) => missingCharacters(texts, fonts.hasGlyph),
  }
}

/**
 * The pieces as one. They are copied as they come: each is a small part of a larger block, which would be kept with it.
 * The result lies in memory of its own, so that it can be handed to another thread.
 */
function collect(file: PdfStream): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let bytes = new Uint8Array(128 * 1024)
    let length = 0
    file.on('data', (piece) => {
      if (length + piece.byteLength > bytes.byteLength) {
        const larger = new Uint8Array(2 * (length + piece.byteLength))
        larger.set(bytes.subarray(0, length))
        bytes = larger
      }
      bytes.set(piece, length)
      length += piece.byteLength
    })
    file.on('end', () => resolve(bytes.slice(0, length)))
    file.on('error', reject)
  })
}
