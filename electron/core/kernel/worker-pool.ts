import { Worker } from 'node:worker_threads'
import { AppError, refuse } from '#shared/kernel/app-error.ts'
import type { DocumentBatch, DocumentModel } from '#shared/kernel/document-model.ts'
import type { WorkbookModel } from '#shared/kernel/workbook-model.ts'

/** What each kind of task takes and gives. */
export interface WorkerTasks {
  pdf: { input: DocumentModel; output: Uint8Array }
  /** One file of several documents, each with its own page numbers. */
  'pdf-batch': { input: DocumentBatch; output: Uint8Array }
  xlsx: { input: WorkbookModel; output: Uint8Array }
  /** Reads an Excel or CSV file into sheets of texts; refuses with IMPORT_… codes. */
  'read-table': { input: { bytes: Uint8Array; name: string }; output: { sheets: TableSheet[]; encoding: string | null } }
}
export type TaskKind = keyof WorkerTasks

export interface TableSheet {
  readonly name: string
  readonly rows: string[][]
}

export interface WorkerPool {
  /** Runs a task; throws its refusal, CANCELLED, or WORKER_FAILED. */
  run<K extends TaskKind>(
    kind: K,
    input: WorkerTasks[K]['input'],
    options?: { signal?: AbortSignal },
  ): Promise<WorkerTasks[K]['output']>
  close(): Promise<void>
}

export interface WorkerPoolOptions {
  readonly resourcesDir: string
  readonly size: number
  /** Where the bundle put the workers; sources are used when absent. */
  readonly urls?: { readonly documents: URL; readonly spreadsheets: URL }
}

export type WorkerMessage =
  | { id: number; ok: true; output: unknown }
  | { id: number; ok: false; code: string; data: Record<string, unknown>; message: string }

interface Task {
  readonly id: number
  readonly kind: TaskKind
  readonly input: unknown
  readonly resolve: (output: never) => void
  readonly reject: (error: unknown) => void
  readonly signal: AbortSignal | undefined
}

interface Lane {
  readonly url: URL
  readonly size: number
  readonly memoryMb: number
  readonly queue: Task[]
  readonly idle: Worker[]
  busy: number
}

const READ_LIMIT_MS = 30_000

/**
 * Threads for what would hold up the windows: documents and spreadsheets. A task that is cancelled, hangs, or takes
 * too much memory loses its thread; the next task gets a new one, and the data file is never near.
 */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const source = (name: string) => new URL(`../../workers/${name}.worker.ts`, import.meta.url)
  const lane = (url: URL, size: number, memoryMb: number): Lane => ({ url, size, memoryMb, queue: [], idle: [], busy: 0 })
  const documents = lane(options.urls?.documents ?? source('documents'), options.size, 1024)
  const spreadsheets = lane(options.urls?.spreadsheets ?? source('spreadsheets'), options.size, 512)
  const all = new Set<Worker>()
  let nextId = 1
  let closed = false

  const laneOf = (kind: TaskKind) => (kind === 'pdf' || kind === 'pdf-batch' ? documents : spreadsheets)

  function takeWorker(from: Lane): Worker {
    const waiting = from.idle.pop()
    if (waiting) return waiting
    const worker = new Worker(from.url, {
      workerData: { resourcesDir: options.resourcesDir },
      resourceLimits: { maxOldGenerationSizeMb: from.memoryMb },
    })
    worker.unref()
    all.add(worker)
    worker.on('exit', () => all.delete(worker))
    return worker
  }

  function pump(from: Lane): void {
    while (!closed && from.busy < from.size) {
      const task = from.queue.shift()
      if (!task) return
      if (task.signal?.aborted) {
        task.reject(refuse('CANCELLED'))
        continue
      }
      from.busy += 1
      void carryOut(from, task).finally(() => {
        from.busy -= 1
        pump(from)
      })
    }
  }

  function carryOut(from: Lane, task: Task): Promise<void> {
    const worker = takeWorker(from)
    return new Promise<void>((done) => {
      let timer: NodeJS.Timeout | undefined
      const finish = (keep: boolean, settle: () => void) => {
        clearTimeout(timer)
        task.signal?.removeEventListener('abort', onAbort)
        worker.off('message', onMessage)
        worker.off('error', onError)
        worker.off('exit', onExit)
        if (keep && !closed) from.idle.push(worker)
        else void worker.terminate()
        settle()
        done()
      }
      const onAbort = () => finish(false, () => task.reject(refuse('CANCELLED')))
      const onMessage = (message: WorkerMessage) => {
        if (message.id !== task.id) return
        if (message.ok) finish(true, () => task.resolve(message.output as never))
        else finish(true, () => task.reject(failure(message)))
      }
      const onError = (error: unknown) => finish(false, () => task.reject(outOfMemory(task.kind, error)))
      const onExit = () => finish(false, () => task.reject(outOfMemory(task.kind, null)))
      worker.on('message', onMessage)
      worker.on('error', onError)
      worker.on('exit', onExit)
      task.signal?.addEventListener('abort', onAbort)
      if (task.kind === 'read-table') {
        timer = setTimeout(() => finish(false, () => task.reject(refuse('IMPORT_TOO_SLOW'))), READ_LIMIT_MS)
      }
      worker.postMessage({ id: task.id, kind: task.kind, input: task.input })
    })
  }

  return {
    run: (kind, input, runOptions = {}) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(refuse('CANCELLED'))
        const from = laneOf(kind)
        from.queue.push({ id: nextId++, kind, input, resolve, reject, signal: runOptions.signal })
        pump(from)
      }),
    async close() {
      closed = true
      for (const from of [documents, spreadsheets]) {
        for (const task of from.queue.splice(0)) task.reject(refuse('CANCELLED'))
      }
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}

function failure(message: Extract<WorkerMessage, { ok: false }>): Error {
  return message.code === '' ? new Error(message.message) : new AppError(message.code, message.data)
}

function outOfMemory(kind: TaskKind, cause: unknown): Error {
  return refuse(kind === 'read-table' ? 'IMPORT_TOO_LARGE' : 'WORKER_FAILED', {}, { cause })
}
