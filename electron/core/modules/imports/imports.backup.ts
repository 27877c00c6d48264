import { isRefusal, refuse } from '#shared/kernel/app-error.ts'
import type { Log } from '#core/kernel/log.ts'
import type { RunningJob } from '#core/kernel/jobs/jobs.ts'

/** Sees to it that everything up to now is in a verified backup; another module's work, handed in. */
export type BackupFirst = (reason: 'import' | 'delete', signal: AbortSignal) => Promise<unknown>

export const BACKUP_STEP = 'imports:steps.backup'
/** More records than this are not taken away without a backup of them. */
export const BULK_REMOVAL = 20

/**
 * The first step of a job that changes much at once. Throws IMPORT_BACKUP_STORAGE where the backup could not be
 * written and IMPORT_BACKUP_DAMAGED where it could not be read back; the job must not go on without it.
 */
export async function backUpFirst(job: RunningJob, log: Log, make: (signal: AbortSignal) => Promise<unknown>) {
  job.step(BACKUP_STEP, 0, 1)
  try {
    await make(job.signal)
  } catch (error) {
    job.signal.throwIfAborted()
    log.error({ err: error }, 'backup before an import')
    if (isRefusal(error, 'BACKUP_DAMAGED')) throw refuse('IMPORT_BACKUP_DAMAGED', {}, { cause: error })
    if (isRefusal(error, 'STORAGE') || isDiskError(error)) throw refuse('IMPORT_BACKUP_STORAGE', {}, { cause: error })
    throw error
  }
}

/** What Node says when a folder is missing, full, read-only or not a folder. */
function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code))
}
