import { join } from 'node:path'
import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { AuditAction } from '#shared/modules/audit/audit.actions.ts'
import type { BackupFolderName, BackupRow } from '#shared/modules/backups/backups.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { readSetting, writeSetting } from '#core/kernel/settings.ts'
import type { Vault } from '#core/kernel/vault.ts'
import { listBackups, verifyBackup, type BackupManifest } from '#core/store/backup.ts'
import type { BackupKeeper } from './backups.keeper.ts'

export interface BackupNeeds {
  /** Every session at every seat ends: the people of the restored file may be others. */
  readonly endAllSessions: () => void
  /** Whether a folder may hold backups; a reason as an i18n key where not. */
  readonly checkFolder: (path: string) => Promise<{ ok: boolean; reason: string | null }>
  /** Tells every window that something about the backups is another. */
  readonly tell: () => void
}

/** Backups as the people who may see to them use them. */
export function createBackupsService(deps: CoreDeps, vault: Vault, keeper: BackupKeeper, needs: BackupNeeds) {
  /** By folder and name: when a check in this program's life found a backup whole. */
  const verified = new Map<string, number>()

  async function dirOf(folder: BackupFolderName): Promise<string> {
    const dir = folder === 'data' ? vault.backupDir : await keeper.secondDir()
    if (dir === '') throw refuse('NOT_FOUND', { entity: 'backup' })
    return dir
  }

  return {
    status: () => keeper.status(),

    async list() {
      const secondDir = await keeper.secondDir()
      const rows = (await listBackups(vault.backupDir)).map((m) => toRow(m, 'data', verified))
      if (secondDir !== '') rows.push(...(await listBackups(secondDir)).map((m) => toRow(m, 'second', verified)))
      rows.sort((a, b) => b.createdAt - a.createdAt)
      return { rows, dataDir: vault.backupDir, secondDir }
    },

    async create(ctx: CallContext) {
      // Before the backup, so that it holds the row that tells of it.
      await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        await uow.audit({ action: 'backups.create', entity: 'backup', entityId: 'data' })
      })
      return deps.jobs.start(ctx, {
        kind: 'backups.create',
        steps: [
          { key: 'backups:steps.copy', weight: 3 },
          { key: 'backups:steps.second', weight: 1 },
        ],
        run: async (job) => {
          const onStep = (step: 'copy' | 'second') => job.step(`backups:steps.${step}`, 0, 1)
          const { name } = await keeper.run('manual', { signal: job.signal, onStep })
          job.step('backups:steps.second', 1, 1)
          return { name }
        },
      })
    },

    async verify(ctx: CallContext, input: { folder: BackupFolderName; name: string }) {
      const dir = await dirOf(input.folder)
      return deps.jobs.start(ctx, {
        kind: 'backups.verify',
        steps: [{ key: 'backups:steps.verify', weight: 1 }],
        run: async (job) => {
          job.step('backups:steps.verify', 0, 1)
          const manifest = await verifyBackup(dir, input.name, vault.store.key)
          verified.set(join(input.folder, input.name), deps.clock.now())
          needs.tell()
          job.step('backups:steps.verify', 1, 1)
          return { name: manifest.name, rows: manifest.rows, auditSeq: manifest.auditSeq }
        },
      })
    },

    /** The log of the present file says that it was left; that of the restored one, that it was gone back to. */
    async restore(ctx: CallContext, input: { folder: BackupFolderName; name: string }) {
      const dir = await dirOf(input.folder)
      const { key } = vault.store
      await verifyBackup(dir, input.name, key)
      const note = async (action: AuditAction) => {
        await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
          await uow.audit({ action, entity: 'backup', entityId: input.name })
        })
      }
      await note('backups.restore')
      await vault.restore(dir, input.name, key)
      needs.endAllSessions()
      await note('backups.restored')
      return {}
    },

    async setFolder(ctx: CallContext, input: { path: string; version: number }) {
      const path = input.path.trim()
      if (path !== '') {
        const { ok, reason } = await needs.checkFolder(path)
        if (!ok) throw invalid([{ path: ['path'], key: reason ?? 'office:folder.notWritable' }])
      }
      const { value } = await readSetting(deps.store.read, 'preferences')
      return deps.store.write(ctx.actor, (uow) =>
        writeSetting(uow, 'preferences', { ...value, backupDir: path }, input.version),
      )
    },
  }
}

/** A manifest as a list shows it. */
export function toRow(
  manifest: BackupManifest & { intact: boolean },
  folder: BackupFolderName,
  verified: ReadonlyMap<string, number>,
): BackupRow {
  const { name, createdAt, reason, appVersion, size, intact, rows } = manifest
  const verifiedAt = verified.get(join(folder, name)) ?? createdAt
  return { name, folder, createdAt, reason, appVersion, size, intact, verifiedAt, counts: { ...rows } }
}

export type BackupsService = ReturnType<typeof createBackupsService>
