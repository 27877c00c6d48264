import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { toDefinition } from '#workers/pdf-definition.ts'
import { fontFiles } from '#workers/pdf-fonts.ts'
import { RESOURCES } from '#tests/helpers/test-core.ts'

/** pdfmake as its guide shows it: fonts in its virtual files, one document after the other. */
export function barePdf(): (model: DocumentModel) => Promise<Buffer> {
  const pdfmake = createRequire(import.meta.url)('pdfmake') as {
    virtualfs: { writeFileSync(name: string, bytes: Buffer): void }
    setFonts(fonts: unknown): void
    setUrlAccessPolicy(policy: () => boolean): void
    setLocalAccessPolicy(policy: () => boolean): void
    createPdf(definition: unknown): { getBuffer(): Promise<Buffer> }
  }
  const files = fontFiles(RESOURCES)
  pdfmake.virtualfs.writeFileSync('r.ttf', readFileSync(files.regular))
  pdfmake.virtualfs.writeFileSync('b.ttf', readFileSync(files.bold))
  pdfmake.setFonts({ NotoSansSC: { normal: 'r.ttf', bold: 'b.ttf' } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  return (model) => pdfmake.createPdf(toDefinition(model, { print: String, flow: String })).getBuffer()
}
