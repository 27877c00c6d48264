import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { command, query, stream } from '#shared/rpc/define.ts'

export const jobFile = z.object({
  fileId: z.string(),
  name: z.string(),
  mime: z.string(),
  size: z.number().int(),
  sha256: z.string(),
})

export const jobView = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  /** 0..1 over all weighted steps. */
  progress: z.number(),
  /** i18n key of the step at hand, or null; with what is done of how many. */
  step: z.string().nullable(),
  done: z.number().int(),
  total: z.number().int(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  error: z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) }).nullable(),
  files: z.array(jobFile),
  result: z.unknown(),
})
export type JobView = z.infer<typeof jobView>

export const jobsContract = {
  /** The caller's own jobs since the program started, newest first. */
  list: query('session').input(z.strictObject({})).output(z.array(jobView)),
  get: query('session')
    .input(z.strictObject({ id: z.string().max(60) }))
    .output(jobView),
  cancel: command('session', { audit: 'none' })
    .input(z.strictObject({ id: z.string().max(60) }))
    .output(z.object({ state: jobView.shape.state })),
  dismiss: command('session', { audit: 'none' })
    .input(z.strictObject({ id: z.string().max(60) }))
    .output(z.object({})),
  /** The caller's jobs as they go on; a finished job is told once with its files. */
  watch: stream('session').input(z.strictObject({})).output(eventIterator(jobView)),
}
