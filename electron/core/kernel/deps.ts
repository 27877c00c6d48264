import type { Actor, Store } from '#core/store/store.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import type { Role } from '#shared/policy/roles.ts'
import type { Clock } from './clock.ts'
import type { Files } from './files.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Log } from './log.ts'
import type { Scope } from './scope.ts'
import type { Follower } from './store-handle.ts'
import type { WorkerPool, WorkerUrls } from './worker-pool.ts'

/** What the host tells the core at start. */
export interface CoreConfig {
  /** Folder of the data file, its keys, backups and lock. */
  readonly dataDir: string
  /** Folder of `resources` (templates, holidays, fonts, demo data). */
  readonly resourcesDir: string
  readonly host: 'port' | 'web' | 'local'
  readonly appVersion: string
  readonly clock?: Clock
  /** Where the bundle put the workers; sources are used when absent. */
  readonly workerUrls?: WorkerUrls
  readonly workers?: number
  /** argon2id cost; only tests make it cheap. */
  readonly passwordCost?: { readonly memoryKiB: number; readonly timeCost: number }
  /** The OS keychain, where the host has one that is safe. */
  readonly device?: DeviceKeychain
  readonly logToFile?: boolean
}

export interface DeviceKeychain {
  seal(bytes: Uint8Array): Promise<Uint8Array>
  unseal(bytes: Uint8Array): Promise<Uint8Array>
}

/** What every service is made with. `store` refuses with LOCKED while the data file is closed. */
export interface CoreDeps {
  readonly store: Store
  /** Keeps something true that follows from the records of a module. */
  readonly follow: (module: string, follower: Follower) => void
  readonly clock: Clock
  readonly jobs: Jobs
  readonly files: Files
  readonly workers: WorkerPool
  readonly log: Log
  readonly config: CoreConfig
}

/** Who is at a seat, as the middleware found them on this very call. */
export interface Session {
  readonly token: string
  readonly userId: string
  readonly userName: string
  readonly login: string
  readonly roles: readonly Role[]
  readonly teamId: string | null
  readonly ledTeamIds: readonly string[]
  /** Aborts when the session ends, for what goes on longer than a call. */
  readonly over: AbortSignal
}

/** Everything a service may know of a call. */
export interface CallContext {
  readonly actor: Actor
  readonly scope: Scope
  readonly locale: Locale
  /** Null only in entries that anybody may call. */
  readonly session: Session | null
  readonly signal?: AbortSignal
}

/**
 * The actor of a command whose answer must not be kept: it shows a secret once, or is more than the unit of work
 * returns. Repeating such a command runs it again; its own rules then refuse.
 */
export function withoutReplay(actor: Actor): Actor {
  const { commandId: _dropped, ...rest } = actor
  return rest
}
