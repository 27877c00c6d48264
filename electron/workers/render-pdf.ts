import { createRequire } from 'node:module'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { toDefinition } from './pdf-definition.ts'
import { shareFonts } from './pdf-fonts.ts'
import { missingCharacters, printable, withBreakHints } from './pdf-text.ts'

interface PdfMake {
  virtualfs: { writeFileSync(name: string, content: Buffer): void }
  setFonts(fonts: Record<string, Record<string, string>>): void
  setUrlAccessPolicy(policy: (url: string) => boolean): void
  setLocalAccessPolicy(policy: (path: string) => boolean): void
  createPdf(definition: unknown): { getBuffer(): Promise<Buffer> }
}

export interface PdfRenderer {
  /** One file of these documents, in their order. */
  render(documents: readonly DocumentModel[]): Promise<Uint8Array>
  /** The characters of these texts that the fonts do not have. */
  missing(texts: readonly string[]): string[]
}

/** Readies pdfmake: fonts parsed once, no path and no address that it might open. */
export function createPdfRenderer(resourcesDir: string): PdfRenderer {
  const pdfmake = createRequire(import.meta.url)('pdfmake') as PdfMake
  const fonts = shareFonts(resourcesDir)
  for (const { name, marker } of fonts.files) pdfmake.virtualfs.writeFileSync(name, marker)
  pdfmake.setFonts({
    NotoSansSC: { normal: 'regular.ttf', bold: 'bold.ttf', italics: 'regular.ttf', bolditalics: 'bold.ttf' },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  const print = (value: unknown) => printable(value, fonts.hasGlyph)
  const writer = { print, flow: (value: unknown) => withBreakHints(print(value)) }
  return {
    async render(documents) {
      return new Uint8Array(await pdfmake.createPdf(toDefinition(documents, writer)).getBuffer())
    },
    missing: (texts) => missingCharacters(texts, fonts.hasGlyph),
  }
}
