import { parentPort } from 'node:worker_threads'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { officeKind } from './office-kind.ts'
import { pdfPageCount } from './pdf-pages.ts'
import { readTable } from './read-table.ts'
import { writeWorkbook } from './write-workbook.ts'

/** Writes workbooks and reads what people hand in, apart from everything else: a bad file ends only this thread. */
type Task =
  | { id: number; kind: 'xlsx'; input: WorkbookModel }
  | { id: number; kind: 'read-table'; input: { bytes: Uint8Array; name: string } }
  | { id: number; kind: 'office-kind'; input: { bytes: Uint8Array } }
  | { id: number; kind: 'pdf-pages'; input: { bytes: Uint8Array } }

async function carryOut(task: Task): Promise<unknown> {
  if (task.kind === 'pdf-pages') return pdfPageCount(task.input.bytes)
  if (task.kind === 'office-kind') return officeKind(task.input.bytes)
  return task.kind === 'xlsx' ? writeWorkbook(task.input) : readTable(task.input.bytes, task.input.name)
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
