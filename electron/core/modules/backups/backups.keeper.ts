import { isRefusal } from '#shared/kernel/app-error.ts'
import type { BackupStatus } from '#shared/modules/backups/backups.schema.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Vault } from '#core/kernel/vault.ts'
import { copyBackup, listBackups, verifyBackup, type BackupManifest, type BackupReason } from '#core/store/backup.ts'
import { pruneBackups } from '#core/store/retention.ts'

const HOUR = 3_600_000
const LATE_MS = 24 * HOUR
const LOOK_EVERY_MS = 5 * 60_000
/** Closing may not take longer than three seconds in all. */
const QUIT_MS = 2000

export interface BackupKeeper {
  /** One backup after the other; also copied to the second folder, and the old ones let go. */
  run(
    reason: BackupReason,
    options?: { signal?: AbortSignal; onStep?: (step: 'copy' | 'second') => void },
  ): Promise<BackupManifest>
  /** A backup in its turn, unless one that is whole already holds everything; null then. */
  ensure(reason: BackupReason, signal?: AbortSignal): Promise<BackupManifest | null>
  status(): Promise<BackupStatus>
  secondDir(): Promise<string>
  /** Makes the last backup of the day, if it is due and done in time, and stops. */
  close(): Promise<void>
}

/**
 * Sees to it that the work of the last hour is in a verified backup. Keeps no time of its own but a look every five
 * minutes; what is due is read from the folder, so that it holds across restarts. `tell` is called when the folder
 * or the state of the backups is another.
 */
export function createBackupKeeper(deps: CoreDeps, vault: Vault, tell: () => void): BackupKeeper {
  let failed = false
  let secondFailed = false
  let tail: Promise<unknown> = Promise.resolve()
  /** Only where people work; tests and the demo ask for their backups. */
  const automatic = deps.config.host !== 'local'
  const timer = automatic ? setInterval(() => void look(), LOOK_EVERY_MS).unref() : null

  const isOpen = () => vault.state().state === 'open'
  const newest = async () => (await listBackups(vault.backupDir)).find((b) => b.intact)

  async function secondDir(): Promise<string> {
    return (await readSetting(deps.store.read, 'preferences')).value.backupDir
  }

  /** Tells two states of the file apart: nothing is written without a row in the log. */
  async function auditHead(): Promise<string | undefined> {
    const head = await deps.store.read
      .selectFrom('audit_log')
      .select(['seq', 'mac'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    return head?.mac
  }

  async function changedSince(backup: BackupManifest | undefined): Promise<boolean> {
    const head = await auditHead()
    return head !== undefined && head !== backup?.auditMac
  }

  async function toSecond(manifest: BackupManifest): Promise<void> {
    const second = await secondDir()
    if (second === '') return
    try {
      await copyBackup(manifest.name, vault.backupDir, second)
      await verifyBackup(second, manifest.name, vault.store.key)
      await pruneBackups(second, deps.clock.now())
      secondFailed = false
    } catch (error) {
      // A stick that is not plugged in must not stop the first copy; the status says it.
      secondFailed = true
      deps.log.warn({ err: error }, 'second backup folder')
    }
  }

  async function make(reason: BackupReason, options: Parameters<BackupKeeper['run']>[1] = {}): Promise<BackupManifest> {
    try {
      options.onStep?.('copy')
      const manifest = await vault.backup(reason, options.signal)
      failed = false
      options.onStep?.('second')
      if (reason !== 'quit') await toSecond(manifest)
      await pruneBackups(vault.backupDir, deps.clock.now())
      return manifest
    } catch (error) {
      if (!isRefusal(error, 'CANCELLED') && !options.signal?.aborted) failed = true
      throw error
    } finally {
      tell()
    }
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = tail.then(work, work)
    tail = turn.catch(() => undefined)
    return turn
  }

  const run: BackupKeeper['run'] = (reason, options) => inTurn(() => make(reason, options))

  async function look(): Promise<void> {
    try {
      if (!isOpen()) return
      const last = await newest()
      const due = !last || deps.clock.now() - last.createdAt >= HOUR
      if (due && (await changedSince(last))) await run('schedule')
    } catch (error) {
      deps.log.error({ err: error }, 'scheduled backup')
    }
  }

  return {
    run,
    ensure: (reason, signal) =>
      inTurn(async () => {
        // A folder that cannot be read has no backup in it; making one says what is wrong with it.
        const all = await listBackups(vault.backupDir).catch(() => [])
        const head = await auditHead()
        // Any of them, not the newest: the computer's clock may have been set back.
        const held = head === undefined || all.some((backup) => backup.intact && backup.auditMac === head)
        return held ? null : make(reason, signal ? { signal } : {})
      }),
    secondDir,
    async status() {
      const last = await newest()
      const changed = await changedSince(last)
      const old = last !== undefined && deps.clock.now() - last.createdAt > LATE_MS
      const state = failed ? 'failed' : !last ? 'none' : changed && old ? 'late' : 'fresh'
      const second = (await secondDir()) === '' ? 'unset' : secondFailed ? 'failed' : 'fresh'
      return { state, lastAt: last?.createdAt ?? null, changed, second }
    },
    async close() {
      if (timer) clearInterval(timer)
      await tail
      if (!automatic || !isOpen()) return
      const limit = AbortSignal.timeout(QUIT_MS)
      try {
        if (await changedSince(await newest())) await run('quit', { signal: limit })
      } catch (error) {
        deps.log.warn({ err: error }, 'backup on quit')
      }
    },
  }
}
