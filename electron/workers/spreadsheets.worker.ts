import { parentPort } from 'node:worker_threads'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WordFill } from '#shared/kernel/word-model.ts'
import type { WorkbookModel } from '#shared/kernel/workbook-model.ts'
/** Writes workbooks, reads what people hand in and fills it, apart from all else: a bad file ends only this thread. */
type Task =
  | { id: number; kind: 'xlsx'; input: WorkbookModel }
  | { id: number; kind: 'read-table'; input: { bytes: Uint8Array; name: string } }
  | { id: number; kind: 'office-kind' | 'read-invoice' | 'pdf-pages' | 'inspect-docx'; input: { bytes: Uint8Array } }
  | { id: number; kind: 'fill-docx'; input: WordFill }

/** Each kind brings its own libraries, when the first of it comes: a thread that writes workbooks needs no other. */
async function carryOut(task: Task): Promise<unknown> {
  switch (task.kind) {
    case 'xlsx':
      return (await import('./write-workbook.ts')).writeWorkbook(task.input)
    case 'read-table':
      return (await import('./read-table.ts')).readTable(task.input.bytes, task.input.name)
    case 'office-kind':
      return (await import('./office-kind.ts')).officeKind(task.input.bytes)
    case 'read-invoice':
      return (await import('./read-invoice.ts')).readInvoice(task.input.bytes)
    case 'pdf-pages':
      return (await import('./pdf-pages.ts')).pdfPageCount(task.input.bytes)
    case 'inspect-docx':
      return (await import('./inspect-docx.ts')).inspectDocx(task.input.bytes)
    case 'fill-docx':
      return (await import('./fill-docx.ts')).fillDocx(task.input)
  }
}

parentPort?.on('message', (task: Task) => {
  carryOut(task)
    .then((output) => {
      const transfer = output instanceof Uint8Array ? [output.buffer as ArrayBuffer] : []
      parentPort?.postMessage({ id: task.id, ok: true, output }, transfer)
    })
    .catch((error: unknown) => {
      const known = error instanceof AppError
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      parentPort?.postMessage({
        id: task.id,
        ok: false,
        code: known ? error.code : task.kind !== 'xlsx' ? 'IMPORT_DAMAGED' : '',
        data: known ? error.data : {},
        message,
      })
    })
})
