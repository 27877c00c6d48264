import { Worker } from 'node:worker_threads'
import { AppError, refuse } from '#shared/kernel/app-error.ts'
import type { ChartModel } from '#shared/kernel/chart-model.ts'
import type { DocumentBatch, DocumentModel } from '#shared/kernel/document-model.ts'
import type { WordFill, WordScan } from '#shared/kernel/word-model.ts'
import type { WorkbookModel } from '#shared/kernel/workbook-model.ts'
import type { FileTexts } from '#shared/modules/invoices/invoices.file.rules.ts'

/** What each kind of task takes and gives. */
export interface WorkerTasks {
  pdf: { input: DocumentModel; output: Uint8Array }
  /** The same document for Word, so that the other side can work on it. */
  docx: { input: DocumentModel; output: Uint8Array }
  /** One file of several documents, each with its own page numbers. */
  'pdf-batch': { input: DocumentBatch; output: Uint8Array }
  /** The characters of texts that a PDF cannot show (it prints 〓 for each), to be named before it is made. */
  'missing-characters': { input: { texts: readonly string[] }; output: string[] }
  /** Files in folders as one archive; not compressed, since documents are already. */
  zip: { input: { entries: readonly { path: string; bytes: Uint8Array }[] }; output: Uint8Array }
  xlsx: { input: WorkbookModel; output: Uint8Array }
  /** Charts as PNG pictures, one for each. */
  charts: { input: { charts: readonly ChartModel[] }; output: Uint8Array[] }
  /** Reads an Excel or CSV file into sheets of texts; refuses with IMPORT_… codes. */
  'read-table': {
    input: { bytes: Uint8Array; name: string }
    output: { sheets: TableSheet[]; encoding: string | null }
  }
  /** Which Office or OFD file the bytes are, all of them looked through; null: none. Refuses with IMPORT_… codes. */
  'office-kind': { input: { bytes: Uint8Array }; output: 'docx' | 'xlsx' | 'pptx' | 'ofd' | null }
  /** The texts of a digital invoice's XML file; null where it is none. Refuses with IMPORT_… codes. */
  'read-invoice': { input: { bytes: Uint8Array }; output: FileTexts | null }
  /** How many pages a PDF has; null: torn, or locked by a password. */
  'pdf-pages': { input: { bytes: Uint8Array }; output: number | null }
  /** The tags of a Word file that is to be filled, all of it looked through. Refuses with WORD_… codes. */
  'inspect-docx': { input: { bytes: Uint8Array }; output: WordScan }
  /** Fills such a file. Refuses with WORD_… codes. */
  'fill-docx': { input: WordFill; output: Uint8Array }
}
export type TaskKind = keyof WorkerTasks

/** What comes from outside: it gets less time, and its failures are the file's. */
const READING: ReadonlySet<TaskKind> = new Set([
  'read-table',
  'office-kind',
  'read-invoice',
  'pdf-pages',
  'inspect-docx',
  'fill-docx',
])
const isReading = (kind: TaskKind) => READING.has(kind)

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

/** The script of each kind of thread. */
export type WorkerUrls = Readonly<Record<'documents' | 'spreadsheets' | 'drawings', URL>>

export interface WorkerPoolOptions {
  readonly resourcesDir: string
  readonly size: number
  /** Where the bundle put the workers; sources are used when absent. */
  readonly urls?: WorkerUrls
  /** After how many ms without a task a thread ends; a minute where absent. */
  readonly idleMs?: number
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
  /** Whether it was given to a thread already that ended before it could begin. */
  again: boolean
}

interface Lane {
  readonly url: URL
  readonly size: number
  readonly memoryMb: number
  readonly queue: Task[]
  readonly idle: Worker[]
  readonly alive: Set<Worker>
  /** What its threads share; gone with the last of them. */
  room: SharedArrayBuffer | null
  busy: number
}

/**
 * A small nursery: a page leaves behind many short-lived objects, and with V8's own size of it a thread takes three
 * times the memory before it first looks what is still in use; the rate is the same.
 */
const YOUNG_MB = 8
/** Room for the fonts that all threads of a lane share: it begins with its state and grows to what they are. */
const ROOM = { begin: 64, most: 64 * 1024 * 1024 }
/** A thread that had nothing to do for so long ends, and gives its fonts and its heap back. */
const IDLE_MS = 60_000
/** A thread keeps for as long as it lives the heap that a workbook of so many bytes took. */
const LARGE_BOOK = 2_000_000
const READ_LIMIT_MS = 30_000
/** For everything that is written: long for the largest batch, short for a thread that hangs. */
const WRITE_LIMIT_MS = 300_000

/**
 * Threads for what would hold up the windows: documents and spreadsheets. A task that is cancelled, hangs, or takes
 * too much memory loses its thread; the next task gets a new one, and the data file is never near.
 */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const source = (name: string) => new URL(`../../workers/${name}.worker.ts`, import.meta.url)
  const lane = (url: URL, size: number, memoryMb: number): Lane => ({
    url,
    size,
    memoryMb,
    queue: [],
    idle: [],
    alive: new Set(),
    room: null,
    busy: 0,
  })
  const documents = lane(options.urls?.documents ?? source('documents'), options.size, 512)
  const spreadsheets = lane(options.urls?.spreadsheets ?? source('spreadsheets'), options.size, 512)
  const drawings = lane(options.urls?.drawings ?? source('drawings'), 1, 256)
  const lanes = [documents, spreadsheets, drawings]
  /** When each waiting thread ended its last task. */
  const resting = new WeakMap<Worker, number>()
  let nextId = 1
  let closed = false

  const laneOf = (kind: TaskKind) => {
    if (kind === 'charts') return drawings
    return kind === 'xlsx' || isReading(kind) ? spreadsheets : documents
  }

  function takeWorker(from: Lane): { worker: Worker; rested: boolean } {
    const waiting = from.idle.pop()
    if (waiting) return { worker: waiting, rested: true }
    from.room ??= new SharedArrayBuffer(ROOM.begin, { maxByteLength: ROOM.most })
    const worker = new Worker(from.url, {
      workerData: { resourcesDir: options.resourcesDir, room: from.room },
      resourceLimits: { maxOldGenerationSizeMb: from.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
    })
    worker.unref()
    from.alive.add(worker)
    // Between two tasks nobody else listens, and an error that nobody hears would end the program.
    worker.on('error', () => undefined)
    worker.on('exit', () => {
      from.alive.delete(worker)
      if (from.alive.size === 0) from.room = null
      const place = from.idle.indexOf(worker)
      if (place >= 0) from.idle.splice(place, 1)
    })
    return { worker, rested: false }
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

  /** Waits for the next task, but not for ever. */
  function rest(from: Lane, worker: Worker): void {
    from.idle.push(worker)
    const since = performance.now()
    resting.set(worker, since)
    setTimeout(() => {
      const place = from.idle.indexOf(worker)
      if (resting.get(worker) !== since || place < 0) return
      // Out of the row before it ends: no task may be given to a thread that is going.
      from.idle.splice(place, 1)
      void worker.terminate()
    }, options.idleMs ?? IDLE_MS).unref()
  }

  /** A task that is cancelled before its turn does not wait for it. */
  function leaveQueue(from: Lane, task: Task): void {
    const place = from.queue.indexOf(task)
    if (place < 0) return
    from.queue.splice(place, 1)
    task.reject(refuse('CANCELLED'))
  }

  function carryOut(from: Lane, task: Task): Promise<void> {
    const { worker, rested } = takeWorker(from)
    // One file of hundreds of documents is the largest thing there is: it gets the room of those who wait.
    if (task.kind === 'pdf-batch') for (const waiting of from.idle.splice(0)) void waiting.terminate()
    return new Promise<void>((done) => {
      const finish = (keep: boolean, settle: () => void) => {
        clearTimeout(timer)
        task.signal?.removeEventListener('abort', onAbort)
        worker.off('message', onMessage)
        worker.off('error', onError)
        worker.off('exit', onExit)
        if (keep && !closed) rest(from, worker)
        else void worker.terminate()
        settle()
        done()
      }
      const onAbort = () => finish(false, () => task.reject(refuse('CANCELLED')))
      const onMessage = (message: WorkerMessage) => {
        if (message.id !== task.id) return
        if (message.ok) finish(!endsAfter(task.kind, message.output), () => task.resolve(message.output as never))
        else finish(true, () => task.reject(failure(message)))
      }
      const onError = (error: unknown) => finish(false, () => task.reject(outOfMemory(task.kind, error)))
      const onExit = () =>
        finish(false, () => {
          if (!rested || task.again) return task.reject(outOfMemory(task.kind, null))
          // A thread that waited may have died without our having heard of it yet: that is not the task's fault.
          task.again = true
          from.queue.unshift(task)
        })
      worker.on('message', onMessage)
      worker.on('error', onError)
      worker.on('exit', onExit)
      task.signal?.addEventListener('abort', onAbort)
      const [limit, code] = isReading(task.kind)
        ? [READ_LIMIT_MS, 'IMPORT_TOO_SLOW']
        : [WRITE_LIMIT_MS, 'WORKER_FAILED']
      const timer = setTimeout(() => finish(false, () => task.reject(refuse(code))), limit)
      try {
        worker.postMessage({ id: task.id, kind: task.kind, input: task.input })
      } catch (error) {
        // Something in the input that is not plain data: a slip of ours, and the thread is as good as before.
        finish(true, () => task.reject(error))
      }
    })
  }

  return {
    async run(kind, input, { signal } = {}) {
      if (closed) throw refuse('CANCELLED')
      const { promise, resolve, reject } = Promise.withResolvers<never>()
      const from = laneOf(kind)
      const task: Task = { id: nextId++, kind, input, resolve, reject, signal, again: false }
      from.queue.push(task)
      const onAbort = () => leaveQueue(from, task)
      signal?.addEventListener('abort', onAbort, { once: true })
      pump(from)
      try {
        return await promise
      } finally {
        // Whoever may cancel lives longer than the task, and would keep all that it was given.
        signal?.removeEventListener('abort', onAbort)
      }
    },
    async close() {
      closed = true
      for (const from of lanes) {
        for (const task of from.queue.splice(0)) task.reject(refuse('CANCELLED'))
      }
      await Promise.all(lanes.flatMap((from) => [...from.alive].map((worker) => worker.terminate())))
    },
  }
}

/** Whether a thread ends with such a task, to give back at once what it took: pictures, and large workbooks. */
const endsAfter = (kind: TaskKind, output: unknown) =>
  kind === 'charts' || (kind === 'xlsx' && output instanceof Uint8Array && output.byteLength > LARGE_BOOK)

function failure(message: Extract<WorkerMessage, { ok: false }>): Error {
  return message.code === '' ? new Error(message.message) : new AppError(message.code, message.data)
}

function outOfMemory(kind: TaskKind, cause: unknown): Error {
  return refuse(isReading(kind) ? 'IMPORT_TOO_LARGE' : 'WORKER_FAILED', {}, { cause })
}
