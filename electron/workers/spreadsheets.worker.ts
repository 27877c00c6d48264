import { parentPort } from 'node:worker_threads'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WordFill } from '#shared/kernel/word-model.ts'
import type { WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { fillDocx } from './fill-docx.ts'
import { inspectDocx } from './inspect-docx.ts'
import { officeKind } from './office-kind.ts'
import { pdfPageCount } from './pdf-pages.ts'
import { readInvoice } from './read-invoice.ts'
import { readTable } from './read-table.ts'
import { writeWorkbook } from './write-workbook.ts'

/** Writes workbooks, reads what people hand in and fills it, apart from all else: a bad file ends only this thread. */
type Task =
  | { id: number; kind: 'xlsx'; input: WorkbookModel }
  | { id: number; kind: 'read-table'; input: { bytes: Uint8Array; name: string } }
  | { id: number; kind: 'office-kind' | 'read-invoice' | 'pdf-pages' | 'inspect-docx'; input: { bytes: Uint8Array } }
  | { id: number; kind: 'fill-docx'; input: WordFill }

async function carryOut(task: Task): Promise<unknown> {
  switch (task.kind) {
    case 'xlsx':
      return writeWorkbook(task.input)
    case 'read-table':
      return readTable(task.input.bytes, task.input.name)
    case 'office-kind':
      return officeKind(task.input.bytes)
    case 'read-invoice':
      return readInvoice(task.input.bytes)
    case 'pdf-pages':
      return pdfPageCount(task.input.bytes)
    case 'inspect-docx':
      return inspectDocx(task.input.bytes)
    case 'fill-docx':
      return fillDocx(task.input)
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
