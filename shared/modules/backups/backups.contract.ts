import { z } from 'zod'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { backupFolder, backupName, backupRow, backupStatus, recoverySecret, salvageReport } from './backups.schema.ts'

const chosen = z.strictObject({ folder: backupFolder, name: backupName })
const job = z.object({ jobId: z.string() })
const damaged = { BACKUP_DAMAGED: { status: 409, data: z.object({ name: z.string(), part: z.string() }) } }
const secretErrors = {
  SESSION_REFUSED: { status: 401, data: z.object({ retryAt: z.number().nullable() }) },
  ...refusals('BACKUP_NOT_NOW'),
}
/** `dir` is a folder of backups, for another computer or disk; the data folder's own when absent. */
const dir = z.string().max(500).optional()

export const backupsContract = {
  /** Anybody logged in sees whether their work is safe. */
  status: query('session').input(z.strictObject({})).output(backupStatus),
  /** All backups of both folders, newest first; the schedule keeps them under a hundred. */
  list: query('backups.read')
    .input(z.strictObject({}))
    .output(z.object({ rows: z.array(backupRow), dataDir: z.string(), secondDir: z.string() })),
  /** Makes a backup now; the job's result is its name. */
  create: command('backups.create').input(z.strictObject({})).output(job),
  /** Reads a backup whole and compares it with its manifest; the job fails with BACKUP_DAMAGED where it differs. */
  verify: command('backups.create').input(chosen).output(job),
  /** Replaces the data file; every session ends. */
  restore: command('backups.restore', { stepUp: true }).input(chosen).output(z.object({})).errors(damaged),
  /** The second folder; empty for none. `version` is that of the preferences. */
  setFolder: command('office.settings')
    .input(z.strictObject({ path: z.string().max(500), version: z.number().int().min(0) }))
    .output(z.object({ version: z.number().int() })),

  /** Before anybody can log in, on the recovery screen or at first run: the backups of a folder. */
  recoveryList: query('public')
    .input(z.strictObject({ dir }))
    .output(z.object({ rows: z.array(backupRow.omit({ folder: true })) }))
    .errors(refusals('BACKUP_NOT_NOW')),
  recoveryRestore: command('public')
    .input(z.strictObject({ dir, name: backupName, secret: recoverySecret }))
    .output(z.object({}))
    .errors({ ...secretErrors, ...damaged }),
  /** Only the key slots of a backup, where the data file is whole and its key file is not. */
  recoveryKeys: command('public')
    .input(z.strictObject({ dir, name: backupName, secret: recoverySecret }))
    .output(z.object({}))
    .errors(secretErrors),
  /** Goes on with a data file that lost its latest changes; the audit log says so. */
  recoveryAccept: command('public')
    .input(z.strictObject({ secret: recoverySecret }))
    .output(z.object({}))
    .errors(secretErrors),
  /** Brings what can still be read of a damaged file into a new one; the damaged one is kept. */
  recoverySalvage: command('public')
    .input(z.strictObject({ secret: recoverySecret }))
    .output(salvageReport)
    .errors(secretErrors),
  /** A copy of the files as they are, still encrypted, in a folder of its own within the data folder. */
  recoverySupportCopy: command('public')
    .input(z.strictObject({}))
    .output(z.object({ dir: z.string(), files: z.array(z.string()) }))
    .errors(refusals('BACKUP_NOT_NOW')),
  /** Looks again, after the reader has put a file back or closed the other program. */
  recoveryRetry: command('public').input(z.strictObject({})).output(z.object({})).errors(refusals('BACKUP_NOT_NOW')),
}
