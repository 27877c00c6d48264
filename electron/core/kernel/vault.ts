import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '#shared/kernel/app-error.ts'
import type { CoreStatus } from '#shared/modules/session/session.schema.ts'
import { backupFiles, copyWhole, makeBackup, verifyBackup, type BackupReason } from '#core/store/backup.ts'
import { StoreFault } from '#core/store/faults.ts'
import { inspectFile, openStore, type OpenStore } from '#core/store/open.ts'
import { isUnsafeFolder } from '#core/store/place.ts'
import {
  asidePath,
  asideStamp,
  finishRestore,
  removeOldAside,
  stagedPath,
  stageRestore,
  swapIn,
} from '#core/store/restore.ts'
import { salvage, type SalvageReport } from '#core/store/salvage.ts'
import { saveCopyForSupport } from '#core/store/support-copy.ts'
import { Attempts } from './attempts.ts'
import type { ChangeFeed } from './change-feed.ts'
import type { Clock } from './clock.ts'
import type { CoreConfig } from './deps.ts'
import { Keyring, STRONG, type Hints } from './keyring.ts'
import { takeFolderLock } from './lock-file.ts'
import { normaliseCodeText } from './recovery-code.ts'
import type { StoreHandle } from './store-handle.ts'

export type UnlockAnswer = { readonly ok: true } | { readonly ok: false; readonly retryAt: number | null }
/** What opens a key slot: the printed code, or a user's password (`loginKey` as people compares it). */
export type Secret = { readonly recoveryCode: string } | { readonly loginKey: string; readonly password: string }
export type KeyAnswer =
  | { readonly key: Uint8Array; readonly retryAt: null }
  | { readonly key: null; readonly retryAt: number | null }
type Recovery = CoreStatus['recovery']

const CODE_LIFE_MS = 24 * 3_600_000

/**
 * The data folder: its lock, its key slots, its file. Knows whether this is a first run, locked, open, or in need of
 * the recovery screen; opens the file when a slot opens.
 */
export class Vault {
  readonly dataPath: string
  readonly keysPath: string
  readonly backupDir: string
  readonly #config: CoreConfig
  readonly #clock: Clock
  readonly #feed: ChangeFeed
  readonly #handle: StoreHandle
  readonly #attempts: Attempts
  #lock: { release(): void } | null = null
  #keyring: Keyring | null = null
  #store: OpenStore | null = null
  #opening: Promise<void> | null = null
  #recovery: Recovery = null
  /** The newest recovery code until two of its groups were asked back. */
  #unconfirmed: string | null = null

  constructor(config: CoreConfig, clock: Clock, feed: ChangeFeed, handle: StoreHandle) {
    this.#config = config
    this.#clock = clock
    this.#feed = feed
    this.#handle = handle
    this.dataPath = join(config.dataDir, 'yewutai.ywt')
    this.keysPath = join(config.dataDir, 'keys.json')
    this.backupDir = join(config.dataDir, 'backups')
    this.#attempts = new Attempts(join(config.dataDir, 'attempts.json'))
  }

  /** Looks at the folder without changing what is in it. */
  async start(): Promise<void> {
    this.#recovery = null
    const { dataDir } = this.#config
    if (isUnsafeFolder(dataDir)) return this.#fault('unsupported-place')
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    this.#lock ??= takeFolderLock(dataDir)
    if (!this.#lock) return this.#fault('busy')
    await finishRestore(this, this.#stamp())
    const hasKeys = Keyring.exists(this.keysPath)
    if (!hasKeys && !existsSync(this.dataPath)) return
    try {
      this.#keyring = await Keyring.load(this.keysPath, this.#cost)
    } catch {
      return this.#fault(hasKeys ? 'damaged' : 'missing')
    }
    const fault = inspectFile(this.dataPath)
    if (fault) this.#fault(fault.kind)
    else await this.#openByDevice()
  }

  state(): { state: CoreStatus['state']; recovery: Recovery } {
    if (this.#recovery) return { state: 'recovery', recovery: this.#recovery }
    if (this.#store) return { state: 'open', recovery: null }
    return { state: this.#keyring ? 'locked' : 'first-run', recovery: null }
  }

  hints(): { locale: Hints['locale'] | null; firmName: string | null } {
    return this.#keyring ? this.#keyring.hints : { locale: null, firmName: null }
  }

  async remember(hints: Partial<Hints>): Promise<void> {
    if (this.#keyring) await this.#keyring.setHints({ ...this.#keyring.hints, ...hints })
  }

  get store(): OpenStore {
    if (!this.#store) throw refuse('LOCKED')
    return this.#store
  }

  /** First run: key, slots, empty file. */
  async create(loginKey: string, password: string, hints: Hints): Promise<{ recoveryCode: string }> {
    const dataKey = new Uint8Array(randomBytes(32))
    const keyring = Keyring.create(this.keysPath, this.#cost, hints)
    await keyring.setPassword(loginKey, password, dataKey)
    this.#unconfirmed = await keyring.setRecovery(dataKey)
    this.#keyring = keyring
    await this.#openFile(dataKey, true)
    return { recoveryCode: this.#unconfirmed }
  }

  /** Takes a first run back that failed halfway; nothing else may be in the folder yet. */
  async discard(): Promise<void> {
    await this.#closeFile()
    this.#keyring = null
    for (const ending of ['', '-wal', '-shm', '.head']) await rm(this.dataPath + ending, { force: true })
    await Keyring.remove(this.keysPath)
  }

  /** Two groups of the newest recovery code, as printed. */
  async checkRecoveryGroups(groups: readonly { index: number; text: string }[]): Promise<boolean> {
    const parts = this.#unconfirmed?.split('-')
    if (!parts) return false
    const distinct = new Set(groups.map((g) => g.index)).size === groups.length
    const right = distinct && groups.every((g) => normaliseCodeText(g.text) === parts[g.index])
    if (right) this.#unconfirmed = null
    return right
  }

  unlock(loginKey: string, password: string): Promise<UnlockAnswer> {
    return this.#attempt(loginKey, (keyring) => keyring.openWithPassword(loginKey, password))
  }

  async changePassword(loginKey: string, current: string, next: string): Promise<UnlockAnswer> {
    return this.#attempt(
      loginKey,
      (keyring) => keyring.openWithPassword(loginKey, current),
      (keyring, key) => keyring.setPassword(loginKey, next, key),
    )
  }

  async redeemCode(loginKey: string, code: string, next: string): Promise<UnlockAnswer> {
    return this.#attempt(
      loginKey,
      (keyring) => keyring.openWithCode(loginKey, code, this.#clock.now()),
      (keyring, key) => keyring.setPassword(loginKey, next, key),
    )
  }

  /** The printed code opens the file and sets a new password for an account that the file knows. */
  async recover(recoveryCode: string, loginKey: string, next: string): Promise<UnlockAnswer> {
    return this.#attempt(
      'recovery',
      (keyring) => keyring.openWithRecovery(recoveryCode),
      async (keyring, key) => {
        const known = await this.store.read
          .selectFrom('users')
          .select('id')
          .where('login_key', '=', loginKey)
          .where('active', '=', 1)
          .executeTakeFirst()
        if (known) await keyring.setPassword(loginKey, next, key)
      },
    )
  }

  async issueCode(loginKey: string): Promise<{ code: string; expiresAt: number }> {
    const expiresAt = this.#clock.now() + CODE_LIFE_MS
    const code = await this.#keys().setOneTimeCode(loginKey, this.store.key, expiresAt)
    await this.#attempts.forget(this.#keys().userSlotId(loginKey))
    return { code, expiresAt }
  }

  async removeSlot(loginKey: string): Promise<void> {
    await this.#keys().removeUser(loginKey)
  }

  async forgiveAttempts(loginKey: string): Promise<void> {
    await this.#attempts.forget(this.#keys().userSlotId(loginKey))
  }

  async renewRecovery(): Promise<string> {
    this.#unconfirmed = await this.#keys().setRecovery(this.store.key)
    return this.#unconfirmed
  }

  deviceUnlock(): { available: boolean; on: boolean } {
    return { available: this.#config.device !== undefined, on: this.#keys().deviceSealed !== null }
  }

  async setDeviceUnlock(on: boolean): Promise<void> {
    const { device } = this.#config
    if (!on) return this.#keys().setDevice(null)
    if (!device) throw refuse('SESSION_DEVICE_UNSAFE')
    await this.#keys().setDevice(Buffer.from(await device.seal(this.store.key)).toString('base64'))
  }

  /** A verified backup of the open file in the data folder. */
  backup(reason: BackupReason, signal?: AbortSignal) {
    return this.#backupOf(this.store, reason, signal)
  }

  /**
   * Puts a backup in the place of the file: verified first, the present file and slots kept aside, swapped whole.
   * The key is the open file's, or the one the recovery screen opened from the backup's own slots.
   */
  async restore(dir: string, name: string, key: Uint8Array): Promise<void> {
    const files = await backupFiles(dir, name)
    await verifyBackup(dir, name, key)
    // A file that was found damaged cannot be backed up any more; it stays aside as it is.
    if (this.state().state === 'open') await this.backup('restore')
    await stageRestore(this, files)
    await this.#closeFile()
    await swapIn(this, this.#stamp())
    await Keyring.renewCopy(this.keysPath)
    await this.start()
    if (this.state().state === 'locked') await this.#openFile(key)
  }

  /** The key behind a secret, by the live slots or a backup's own; for the recovery screen. Opens nothing. */
  async keyOf(secret: Secret, backup?: { dir: string; name: string }): Promise<KeyAnswer> {
    const keyring = backup
      ? await Keyring.load((await backupFiles(backup.dir, backup.name)).keys, this.#cost)
      : this.#keys()
    const account = 'recoveryCode' in secret ? 'recovery' : keyring.userSlotId(secret.loginKey)
    return this.#guess(account, () =>
      'recoveryCode' in secret
        ? keyring.openWithRecovery(secret.recoveryCode)
        : keyring.openWithPassword(secret.loginKey, secret.password, { renew: false }),
    )
  }

  /** Puts back only the key slots of a backup: for a whole data file whose key file was lost. */
  async restoreKeys(dir: string, name: string, key: Uint8Array): Promise<void> {
    const files = await backupFiles(dir, name)
    await this.#closeFile()
    if (existsSync(this.keysPath)) await copyWhole(this.keysPath, asidePath(this.keysPath, this.#stamp()))
    await copyWhole(files.keys, this.keysPath)
    await Keyring.renewCopy(this.keysPath)
    await this.start()
    await this.#openFile(key)
  }

  /** Goes on with a file that has come less far than it had. */
  async acceptRollback(key: Uint8Array): Promise<void> {
    await this.#openNow(key, { create: false, acceptRollback: true })
  }

  /** Puts what can still be read of a damaged file into a new one; the damaged one stays beside it. */
  async salvage(key: Uint8Array): Promise<SalvageReport> {
    await this.#closeFile()
    const report = await salvage({ path: this.dataPath, target: stagedPath(this.dataPath), key, clock: this.#clock })
    await copyWhole(this.keysPath, stagedPath(this.keysPath))
    await swapIn(this, this.#stamp())
    await this.start()
    await this.#openFile(key)
    return report
  }

  supportCopy() {
    const { dataDir, appVersion } = this.#config
    return saveCopyForSupport(this, { dir: dataDir, stamp: this.#stamp(), appVersion })
  }

  /** Brings what was written into the data file itself; nothing to do where it is closed. */
  async checkpoint(): Promise<void> {
    await this.#store?.checkpoint()
  }

  async close(): Promise<void> {
    await this.#closeFile()
    this.#lock?.release()
    this.#lock = null
  }

  async #attempt(
    account: string,
    open: (keyring: Keyring) => Promise<Uint8Array | null>,
    then?: (keyring: Keyring, key: Uint8Array) => Promise<unknown>,
  ): Promise<UnlockAnswer> {
    const keyring = this.#keys()
    const { key, retryAt } = await this.#guess(account === 'recovery' ? account : keyring.userSlotId(account), () =>
      open(keyring),
    )
    if (!key) return { ok: false, retryAt }
    if (!this.#store) await this.#openFile(key)
    await then?.(keyring, key)
    return { ok: true }
  }

  /** One try at a slot; wrong ones slow the next down. */
  #guess(account: string, open: () => Promise<Uint8Array | null>): Promise<KeyAnswer> {
    return this.#attempts.inTurn(account, async () => {
      const wait = await this.#attempts.waitUntil(account, this.#clock.now())
      if (wait !== null) return { key: null, retryAt: wait }
      const key = await open()
      if (!key) return { key, retryAt: await this.#attempts.failed(account, this.#clock.now()) }
      await this.#attempts.forget(account)
      return { key, retryAt: null }
    })
  }

  #keys(): Keyring {
    if (!this.#keyring) throw refuse('LOCKED')
    return this.#keyring
  }

  /** With the key that this computer's keychain keeps, where that was wished. Else the file waits for a log-in. */
  async #openByDevice(): Promise<void> {
    const sealed = this.#keyring?.deviceSealed ?? null
    const { device } = this.#config
    if (sealed === null || !device) return
    let key: Uint8Array
    try {
      key = await device.unseal(Buffer.from(sealed, 'base64'))
    } catch {
      // Another computer, another account, a keychain made anew: the passwords open it as ever.
      return
    }
    // What is wrong with the file itself is told by the recovery screen.
    await this.#openFile(key).catch(() => undefined)
  }

  /** Two people who log in at the same moment open the file once. */
  #openFile(key: Uint8Array, create = false): Promise<void> {
    this.#opening ??= this.#openNow(key, { create, acceptRollback: false }).finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  async #openNow(key: Uint8Array, options: { create: boolean; acceptRollback: boolean }): Promise<void> {
    try {
      this.#store = await openStore({
        path: this.dataPath,
        key,
        clock: this.#clock,
        feed: this.#feed,
        ...options,
        beforeMigration: async () => void (await this.#backupOf({ path: this.dataPath, key }, 'migration')),
        onDamage: () => this.#fault('damaged'),
      })
    } catch (error) {
      if (error instanceof StoreFault) this.#fault(error.kind, error.fileVersion)
      throw error instanceof StoreFault ? refuse('LOCKED', { recovery: error.kind }, { cause: error }) : error
    }
    this.#recovery = null
    await this.#handle.attach(this.#store)
    // Only now that the present file is known to open; a folder that cannot be read tells so elsewhere.
    await removeOldAside(this, this.#clock.now()).catch(() => [])
  }

  #backupOf(file: Pick<OpenStore, 'path' | 'key'>, reason: BackupReason, signal?: AbortSignal) {
    return makeBackup(file, {
      dir: this.backupDir,
      keysPath: this.keysPath,
      now: this.#clock.now(),
      appVersion: this.#config.appVersion,
      reason,
      ...(signal ? { signal } : {}),
    })
  }

  get #cost() {
    return this.#config.passwordCost ?? STRONG
  }

  async #closeFile(): Promise<void> {
    this.#handle.detach()
    await this.#store?.close()
    this.#store = null
  }

  /** For the names of files kept aside. */
  #stamp(): string {
    return asideStamp(this.#clock.now())
  }

  #fault(kind: NonNullable<Recovery>['kind'], fileVersion: string | null = null): void {
    this.#recovery = { kind, fileVersion, dataDir: this.#config.dataDir }
  }
}
