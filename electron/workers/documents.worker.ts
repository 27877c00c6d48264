import { parentPort, workerData } from 'node:worker_threads'
import type { DocumentBatch, DocumentModel } from '#shared/kernel/document-model.ts'
import type { ZipInput } from './write-zip.ts'
import { createPdfRenderer, type PdfRenderer } from './render-pdf.ts'

/** Renders document models to PDF and Word. No handle on the data file, no network, no file but the fonts. */
const { resourcesDir, room } = workerData as { resourcesDir: string; room?: SharedArrayBuffer }
let renderer: PdfRenderer | undefined
/** With the fonts, which Word needs not. */
const pdf = () => (renderer ??= createPdfRenderer(resourcesDir, room))

type Task =
  | { id: number; kind: 'pdf'; input: DocumentModel }
  | { id: number; kind: 'pdf-batch'; input: DocumentBatch }
  | { id: number; kind: 'docx'; input: DocumentModel }
  | { id: number; kind: 'zip'; input: ZipInput }
  | { id: number; kind: 'missing-characters'; input: { texts: readonly string[] } }

async function carryOut(task: Task): Promise<Uint8Array | string[]> {
  if (task.kind === 'missing-characters') return pdf().missing(task.input.texts)
  if (task.kind === 'zip') return (await import('./write-zip.ts')).writeZip(task.input)
  // Loaded with the first one: most threads never write for Word.
  if (task.kind === 'docx') return (await import('./render-docx.ts')).renderDocx(task.input)
  return pdf().render(task.kind === 'pdf' ? [task.input] : task.input.documents)
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
