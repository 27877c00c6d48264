import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { DocumentBatch, DocumentModel } from '#shared/kernel/document-model.ts'
import { toDefinition } from './pdf-definition.ts'
import { shareFonts } from './pdf-fonts.ts'
import { missingCharacters, printable, withBreakHints } from './pdf-text.ts'

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
const fonts = shareFonts(resourcesDir)
for (const { name, marker } of fonts.files) pdfmake.virtualfs.writeFileSync(name, marker)
pdfmake.setFonts({
  NotoSansSC: { normal: 'regular.ttf', bold: 'bold.ttf', italics: 'regular.ttf', bolditalics: 'bold.ttf' },
})
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(() => false)

const print = (value: unknown) => printable(value, fonts.hasGlyph)
const writer = { print, flow: (value: unknown) => withBreakHints(print(value)) }

type Task =
  | { id: number; kind: 'pdf'; input: DocumentModel }
  | { id: number; kind: 'pdf-batch'; input: DocumentBatch }
  | { id: number; kind: 'missing-characters'; input: { texts: readonly string[] } }

async function carryOut(task: Task): Promise<Uint8Array | string[]> {
  if (task.kind === 'missing-characters') return missingCharacters(task.input.texts, fonts.hasGlyph)
  const documents = task.kind === 'pdf' ? [task.input] : task.input.documents
  return new Uint8Array(await pdfmake.createPdf(toDefinition(documents, writer)).getBuffer())
}

parentPort?.on('message', (task: Task) => {
  carryOut(task)
    .then((output) => {
      const transfer = output instanceof Uint8Array ? [output.buffer as ArrayBuffer] : []
      parentPort?.postMessage({ id: task.id, ok: true, output }, transfer)
    })
    .catch((error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      parentPort?.postMessage({ id: task.id, ok: false, code: '', data: {}, message })
    })
})
