import { useEffect, useRef } from 'react'
import type {
  CheckInput,
  ImportEntity,
  ImportTable,
  RowChoices,
  RowCounts,
} from '#shared/modules/imports/imports.schema.ts'
import { api, type ShownError } from '#renderer/rpc/api.ts'
import { isOver, useJob, type JobView } from '#renderer/rpc/jobs.ts'

/** What a finished check answers with. */
export type CheckResult = RowCounts & { checkId: string; same: number; sure: number; similar: number; joined: number }
export type RunResult = RowCounts & { importId: string }

/** Where a person is in an import; each step keeps what the one before it found. */
export type WizardStep =
  | { readonly at: 'file' }
  | { readonly at: 'map'; readonly table: ImportTable; readonly input: CheckInput | null }
  | { readonly at: 'checking'; readonly table: ImportTable; readonly input: CheckInput; readonly jobId: string }
  | {
      readonly at: 'checked'
      readonly table: ImportTable
      readonly input: CheckInput
      readonly job: JobView
      readonly result: CheckResult
    }
  | { readonly at: 'running'; readonly table: ImportTable; readonly jobId: string }

/** Hands the file to the core and lets it be read. */
export async function openTable(entity: ImportEntity, file: File, signal: AbortSignal): Promise<ImportTable> {
  const { fileId } = await api.files.upload({ file }, { signal })
  return api.imports.open({ entity, fileId }, { signal })
}

export const startCheck = (input: CheckInput) => api.imports.check(input)

export const startRun = (checkId: string, choices: RowChoices, context: { commandId: string }) =>
  api.imports.run({ checkId, choices }, { context })

/** A job that a page waits for; `onDone` is called once, when it has ended well. */
export function useAwaitedJob(jobId: string | null, onDone: (job: JobView) => void): JobView | null {
  const job = useJob(jobId)
  const told = useRef<string | null>(null)
  const latest = useRef(onDone)
  latest.current = onDone
  useEffect(() => {
    if (job?.state !== 'done' || told.current === job.id) return
    told.current = job.id
    latest.current(job)
  }, [job])
  return job
}

/** What went wrong with a job that has ended, or null. */
export function jobFailure(job: JobView | null): ShownError | null {
  if (!job || !isOver(job) || job.state === 'done') return null
  return job.error ?? { code: 'CANCELLED', data: {} }
}
