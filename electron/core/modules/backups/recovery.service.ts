import { isAbsolute } from 'node:path'
import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { AuditAction } from '#shared/modules/audit/audit.actions.ts'
import type { RecoverySecret } from '#shared/modules/backups/backups.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { Secret, Vault } from '#core/kernel/vault.ts'
import { listBackups } from '#core/store/backup.ts'
import { toRow } from './backups.service.ts'

interface Chosen {
  readonly dir?: string | undefined
  readonly name: string
  readonly secret: RecoverySecret
}

/** The ways back where nobody can log in: everything here asks for a secret, and works only then. */
export function createRecoveryService(deps: CoreDeps, vault: Vault, loginKey: (login: string) => string) {
  type State = ReturnType<Vault['state']>['state']

  function assertState(...allowed: readonly State[]): void {
    if (!allowed.includes(vault.state().state)) throw refuse('BACKUP_NOT_NOW')
  }

  function dirOf(dir: string | undefined): string {
    if (dir === undefined || dir === '') return vault.backupDir
    if (!isAbsolute(dir) || dir.includes('\0')) throw invalid([{ path: ['dir'], key: 'office:folder.absolute' }])
    return dir
  }

  async function keyOf(secret: RecoverySecret, backup?: { dir: string; name: string }): Promise<Uint8Array> {
    const given: Secret =
      'recoveryCode' in secret ? secret : { loginKey: loginKey(secret.login), password: secret.password }
    const { key, retryAt } = await vault.keyOf(given, backup)
    if (!key) throw refuse('SESSION_REFUSED', { retryAt })
    return key
  }

  async function note(ctx: CallContext, action: AuditAction, after: unknown): Promise<void> {
    const actor = { userId: null, roles: [], device: ctx.actor.device, entry: ctx.actor.entry }
    await deps.store.write(actor, async (uow) => {
      await uow.audit({ action, entity: 'backup', entityId: 'data', after })
    })
  }

  return {
    async list(input: { dir?: string | undefined }) {
      assertState('recovery', 'first-run')
      const manifests = await listBackups(dirOf(input.dir))
      return { rows: manifests.map((m) => toRow(m, 'data', new Map())) }
    },

    async restore(ctx: CallContext, input: Chosen) {
      assertState('recovery', 'first-run')
      const dir = dirOf(input.dir)
      const key = await keyOf(input.secret, { dir, name: input.name })
      await vault.restore(dir, input.name, key)
      await note(ctx, 'backups.restored', { name: input.name })
      return {}
    },

    async keys(ctx: CallContext, input: Chosen) {
      assertState('recovery')
      const dir = dirOf(input.dir)
      const key = await keyOf(input.secret, { dir, name: input.name })
      await vault.restoreKeys(dir, input.name, key)
      await note(ctx, 'backups.keysRestored', { name: input.name })
      return {}
    },

    async accept(ctx: CallContext, secret: RecoverySecret) {
      assertState('recovery')
      if (vault.state().recovery?.kind !== 'rolled-back') throw refuse('BACKUP_NOT_NOW')
      await vault.acceptRollback(await keyOf(secret))
      await note(ctx, 'backups.rollbackAccepted', {})
      return {}
    },

    async salvage(ctx: CallContext, secret: RecoverySecret) {
      assertState('recovery')
      if (vault.state().recovery?.kind !== 'damaged') throw refuse('BACKUP_NOT_NOW')
      const report = await vault.salvage(await keyOf(secret))
      await note(ctx, 'backups.salvaged', report)
      return { rows: { ...report.rows }, holes: report.holes, orphans: report.orphans }
    },

    async supportCopy() {
      assertState('recovery')
      return vault.supportCopy()
    },

    async retry() {
      assertState('recovery')
      await vault.start()
      return {}
    },
  }
}

export type RecoveryService = ReturnType<typeof createRecoveryService>
