import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { DocumentBatch, DocumentModel } from '#shared/kernel/document-model.ts'
import { fontFiles } from './fonts.ts'
import { toDefinition } from './pdf-definition.ts'

/** Renders document models to PDF. No handle on the data file, no network, no file but the fonts. */
const { resourcesDir } = workerData as { resourcesDir: string }

interface PdfMake {
  virtualfs: { writeFileSync(name: string, content: Buffer): void }
  setFonts(fonts: Record<string, Record<string, string>>): void
  setUrlAccessPolicy(policy: (url: string) => boolean): void
  setLocalAccessPolicy(policy: (path: string) => boolean): void
  createPdf(definition: unknown): { getBuffer(): Promise<Buffer> }
}

const pdfmake = createRequire(import.meta.url)('pdfmake') as PdfMake
const files = fontFiles(resourcesDir)
// Fonts are read once and kept; pdfmake is told of no path at all.
pdfmake.virtualfs.writeFileSync('regular.ttf', readFileSync(files.regular))
pdfmake.virtualfs.writeFileSync('bold.ttf', readFileSync(files.bold))
pdfmake.setFonts({
  NotoSansSC: { normal: 'regular.ttf', bold: 'bold.ttf', italics: 'regular.ttf', bolditalics: 'bold.ttf' },
})
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(() => false)

type Task =
  | { id: number; kind: 'pdf'; input: DocumentModel }
  | { id: number; kind: 'pdf-batch'; input: DocumentBatch }

parentPort?.on('message', (task: Task) => {
  const documents = task.kind === 'pdf' ? [task.input] : task.input.documents
  pdfmake
    .createPdf(toDefinition(documents))
    .getBuffer()
    .then((bytes) => {
      const output = new Uint8Array(bytes)
      parentPort?.postMessage({ id: task.id, ok: true, output }, [output.buffer])
    })
    .catch((error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      parentPort?.postMessage({ id: task.id, ok: false, code: '', data: {}, message })
    })
})
