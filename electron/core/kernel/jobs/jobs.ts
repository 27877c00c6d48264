import { createHash, randomUUID } from 'node:crypto'
import { AppError, refuse, type ErrorData } from '#shared/kernel/app-error.ts'
import type { JobView } from '#shared/modules/jobs/jobs.contract.ts'
import type { Clock } from '../clock.ts'
import type { CallContext } from '../deps.ts'
import type { Files } from '../files.ts'
import type { Log } from '../log.ts'
import { Subscribers } from '../subscribers.ts'

export interface JobStep {
  /** i18n key of what is going on, `ns:path`. */
  readonly key: string
  /** Its share of the whole, in any unit. */
  readonly weight: number
}

/** What the work itself sees. */
export interface RunningJob {
  readonly id: string
  readonly signal: AbortSignal
  /** Tells how far this step is; throws CANCELLED when the reader has cancelled. */
  step(key: string, done: number, total: number): void
  /** Hands a result file to the reader. */
  addFile(file: { name: string; mime: string; bytes: Uint8Array }): Promise<{ fileId: string; sha256: string }>
}

export interface JobSpec {
  /** `<module>.<what>`; the words are i18n `jobs:kinds.<kind with dots as dashes>`. */
  readonly kind: string
  readonly steps: readonly JobStep[]
  run(job: RunningJob): Promise<unknown>
}

export interface Jobs {
  /** Queues the work for its user; at most two jobs run at once, so that the seats stay quick. */
  start(ctx: CallContext, spec: JobSpec): { jobId: string }
  list(userId: string): JobView[]
  get(userId: string, id: string): JobView
  cancel(userId: string, id: string): JobView['state']
  dismiss(userId: string, id: string): void
  watch(userId: string, signal: AbortSignal | undefined): AsyncGenerator<JobView, void, void>
  /** Resolves when the job has ended, however it ended. */
  settled(id: string): Promise<JobView>
  /** Cancels everything and waits for it to stop; part of closing the core. */
  close(): Promise<void>
}

interface Job {
  view: JobView
  readonly userId: string
  readonly spec: JobSpec
  readonly abort: AbortController
  readonly ended: Promise<void>
  readonly end: () => void
  told: number
}

const MAX_RUNNING = 2
const KEEP_ENDED = 50
const TELL_EVERY_MS = 100

/** The queue of long work. Jobs outlive windows; they end with the program. */
export function createJobs(deps: { clock: Clock; files: Files; log: Log }): Jobs {
  const jobs = new Map<string, Job>()
  const queue: Job[] = []
  const feed = new Subscribers<{ userId: string; view: JobView }>()
  let running = 0

  const tell = (job: Job, force: boolean) => {
    const now = performance.now()
    if (!force && now - job.told < TELL_EVERY_MS) return
    job.told = now
    feed.publish({ userId: job.userId, view: { ...job.view, files: [...job.view.files] } })
  }

  const own = (userId: string, id: string): Job => {
    const job = jobs.get(id)
    if (!job || job.userId !== userId) throw refuse('NOT_FOUND', { entity: 'job' })
    return job
  }

  const finish = (job: Job, change: Partial<JobView>) => {
    job.view = { ...job.view, ...change, finishedAt: deps.clock.now() }
    tell(job, true)
    job.end()
    const ended = [...jobs.values()].filter((j) => j.view.finishedAt !== null)
    for (const old of ended.slice(0, Math.max(0, ended.length - KEEP_ENDED))) jobs.delete(old.view.id)
  }

  const errorOf = (error: unknown): { code: string; data: ErrorData } => {
    if (error instanceof AppError) return { code: error.code, data: error.data }
    const reference = randomUUID().slice(0, 8)
    deps.log.error({ err: error, reference }, 'job failed')
    return { code: 'INTERNAL', data: { reference } }
  }

  async function run(job: Job): Promise<void> {
    const total = job.spec.steps.reduce((sum, s) => sum + s.weight, 0) || 1
    job.view = { ...job.view, state: 'running', startedAt: deps.clock.now() }
    tell(job, true)
    try {
      const result = await job.spec.run({
        id: job.view.id,
        signal: job.abort.signal,
        step(key, done, of) {
          if (job.abort.signal.aborted) throw refuse('CANCELLED')
          const at = job.spec.steps.findIndex((s) => s.key === key)
          const before = job.spec.steps.slice(0, Math.max(at, 0)).reduce((sum, s) => sum + s.weight, 0)
          const weight = job.spec.steps[at]?.weight ?? 0
          const progress = Math.min(1, (before + weight * (of > 0 ? done / of : 0)) / total)
          const changed = job.view.step !== key || done === of
          job.view = { ...job.view, step: key, done, total: of, progress }
          tell(job, changed)
        },
        async addFile(file) {
          const sha256 = createHash('sha256').update(file.bytes).digest('hex')
          const { fileId } = deps.files.putTemporary(job.userId, file)
          job.view.files.push({ fileId, name: file.name, mime: file.mime, size: file.bytes.byteLength, sha256 })
          return { fileId, sha256 }
        },
      })
      finish(job, { state: 'done', progress: 1, result: result ?? null })
    } catch (error) {
      const cancelled = job.abort.signal.aborted
      finish(job, cancelled ? { state: 'cancelled', files: [] } : { state: 'failed', error: errorOf(error) })
    }
  }

  const next = () => {
    while (running < MAX_RUNNING) {
      const job = queue.shift()
      if (!job) return
      if (job.abort.signal.aborted) continue
      running += 1
      void run(job).finally(() => {
        running -= 1
        next()
      })
    }
  }

  return {
    start(ctx, spec) {
      const userId = ctx.actor.userId
      if (userId === null) throw refuse('UNAUTHENTICATED')
      const { promise: ended, resolve: end } = Promise.withResolvers<void>()
      const job: Job = {
        userId,
        spec,
        abort: new AbortController(),
        ended,
        end,
        told: 0,
        view: {
          id: randomUUID(),
          kind: spec.kind,
          state: 'queued',
          progress: 0,
          step: null,
          done: 0,
          total: 0,
          startedAt: deps.clock.now(),
          finishedAt: null,
          error: null,
          files: [],
          result: null,
        },
      }
      jobs.set(job.view.id, job)
      queue.push(job)
      tell(job, true)
      queueMicrotask(next)
      return { jobId: job.view.id }
    },
    list: (userId) =>
      [...jobs.values()]
        .filter((job) => job.userId === userId)
        .map((job) => job.view)
        .reverse(),
    get: (userId, id) => own(userId, id).view,
    cancel(userId, id) {
      const job = own(userId, id)
      if (job.view.finishedAt !== null) return job.view.state
      job.abort.abort(refuse('CANCELLED'))
      if (job.view.state === 'queued') finish(job, { state: 'cancelled' })
      return job.view.state
    },
    dismiss(userId, id) {
      if (own(userId, id).view.finishedAt !== null) jobs.delete(id)
    },
    async *watch(userId, signal) {
      for await (const event of feed.listen(signal)) if (event.userId === userId) yield event.view
    },
    async settled(id) {
      const job = jobs.get(id)
      if (!job) throw refuse('NOT_FOUND', { entity: 'job' })
      await job.ended
      return job.view
    },
    async close() {
      for (const job of jobs.values()) if (job.view.finishedAt === null) job.abort.abort(refuse('CANCELLED'))
      for (const job of queue.splice(0)) finish(job, { state: 'cancelled' })
      await Promise.all([...jobs.values()].filter((j) => j.view.state === 'running').map((j) => j.ended))
      feed.close()
    },
  }
}
