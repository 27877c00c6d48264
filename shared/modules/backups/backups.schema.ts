import { z } from 'zod'
import { givenPassword, loginName } from '#shared/modules/session/session.schema.ts'

export const BACKUP_FOLDERS = ['data', 'second'] as const
export const backupFolder = z.enum(BACKUP_FOLDERS)
export type BackupFolderName = z.infer<typeof backupFolder>

export const BACKUP_REASONS = ['schedule', 'manual', 'quit', 'migration', 'restore', 'import', 'delete'] as const

/** The name of a backup as the program gives it: `yewutai-20260518-020000-1a2b`, UTC. */
export const backupName = z.string().regex(/^yewutai-[0-9]{8}-[0-9]{6}-[0-9a-f]{4}$/)

export const backupRow = z.object({
  name: z.string(),
  folder: backupFolder,
  /** UTC ms. */
  createdAt: z.number().int(),
  reason: z.enum(BACKUP_REASONS),
  appVersion: z.string(),
  /** Bytes. */
  size: z.number().int(),
  /** False where the file is not as long as it was; restoring it is refused. */
  intact: z.boolean(),
  /** When it was last read whole, UTC ms: at its making, or by a check since the program started. */
  verifiedAt: z.number().int(),
  /** Rows in each table. */
  counts: z.record(z.string(), z.number().int()),
})
export type BackupRow = z.infer<typeof backupRow>

/** For the mark in the shell. `late`: changes older than a day have no backup. */
export const backupStatus = z.object({
  state: z.enum(['fresh', 'late', 'none', 'failed']),
  /** UTC ms of the newest backup. */
  lastAt: z.number().int().nullable(),
  /** Whether anything changed since. */
  changed: z.boolean(),
  second: z.enum(['unset', 'fresh', 'failed']),
})
export type BackupStatus = z.infer<typeof backupStatus>

/** What opens a key slot before anybody can log in. */
export const recoverySecret = z.union([
  z.strictObject({ recoveryCode: z.string().trim().min(10).max(120) }),
  z.strictObject({ login: loginName, password: givenPassword }),
])
export type RecoverySecret = z.infer<typeof recoverySecret>

export const salvageReport = z.object({
  rows: z.record(z.string(), z.number().int()),
  holes: z.number().int(),
  orphans: z.number().int(),
})
