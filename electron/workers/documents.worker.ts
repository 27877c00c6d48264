import { parentPort, workerData } from 'node:worker_threads'
import type { DocumentBatch, DocumentModel } from '#shared/kernel/document-model.ts'
import { createPdfRenderer } from './render-pdf.ts'

/** Renders document models to PDF. No handle on the data file, no network, no file but the fonts. */
const { resourcesDir, room } = workerData as { resourcesDir: string; room?: SharedArrayBuffer }
const renderer = createPdfRenderer(resourcesDir, room)

type Task =
  | { id: number; kind: 'pdf'; input: DocumentModel }
  | { id: number; kind: 'pdf-batch'; input: DocumentBatch }
  | { id: number; kind: 'missing-characters'; input: { texts: readonly string[] } }

async function carryOut(task: Task): Promise<Uint8Array | string[]> {
  if (task.kind === 'missing-characters') return renderer.missing(task.input.texts)
  return renderer.render(task.kind === 'pdf' ? [task.input] : task.input.documents)
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
