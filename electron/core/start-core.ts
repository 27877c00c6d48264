import { createRouterClient } from '@orpc/server'
import type { WebSocket } from 'ws'
import type { Locale } from '#shared/i18n/locale.ts'
import { createPortHost, type PortLike } from './hosts/port-host.ts'
import { createSocketHost } from './hosts/socket-host.ts'
import { ChangeFeed } from './kernel/change-feed.ts'
import { systemClock } from './kernel/clock.ts'
import type { CoreConfig, CoreDeps } from './kernel/deps.ts'
import { createFiles, type FileContent } from './kernel/files.ts'
import { newId } from './kernel/ids.ts'
import { createJobs } from './kernel/jobs/jobs.ts'
import { openLog } from './kernel/log.ts'
import { StoreHandle } from './kernel/store-handle.ts'
import { Vault } from './kernel/vault.ts'
import { createWorkerPool } from './kernel/worker-pool.ts'
import { keepLibrary } from './modules/clauses/clauses.library.ts'
import { teamUserIds } from './modules/people/people.api.ts'
import { SessionRegistry } from './modules/session/session.registry.ts'
import type { CoreClient } from './rpc/client-type.ts'
import type { Connection } from './rpc/context.ts'
import { createImplementer } from './rpc/implementer.ts'
import { createRouter } from './rpc/router.ts'
import { createServices } from './rpc/services.ts'

export type { CoreClient }

/** The whole of the program but its windows. Hosts attach to it; it knows neither Electron nor HTTP. */
export interface Core {
  attachPort(port: PortLike, info: { windowId: number }): void
  attachSocket(socket: WebSocket, device: string): Promise<void>
  /** A client in this process, a seat of its own. */
  localClient(options?: { device?: string; locale?: Locale; commandId?: () => string }): CoreClient
  takeFile(ticket: string): Promise<FileContent | null>
  readonly vault: Vault
  readonly deps: CoreDeps
  /**
   * The computer goes to sleep or its screen is locked: every session ends before this returns, their feeds with
   * them; then what was written is brought into the data file. Jobs go on. Never rejects.
   */
  lock(): Promise<void>
  /** Finishes what is being written, makes the backup of the day and closes; within three seconds. */
  close(): Promise<void>
}

const DEFAULT_ZONE = 'Asia/Shanghai'

/** Starts the core over a data folder. Opens nothing that needs a password. */
export async function startCore(config: CoreConfig): Promise<Core> {
  const clock = config.clock ?? systemClock(DEFAULT_ZONE)
  const log = openLog(config.logToFile ? `${config.dataDir}/logs` : null, clock.today())
  const feed = new ChangeFeed()
  // Without the library the file is as usable as before; the next opening tries again.
  const store = new StoreHandle((opened) =>
    keepLibrary({ store: opened, config }).catch((error: unknown) => log.error({ err: error }, 'library of clauses')),
  )
  const vault = new Vault(config, clock, feed, store)
  await vault.start()
  const files = createFiles({ clock, store })
  const jobs = createJobs({ clock, files, log })
  const workers = createWorkerPool({
    resourcesDir: config.resourcesDir,
    size: config.workers ?? 2,
    ...(config.workerUrls ? { urls: config.workerUrls } : {}),
  })
  const follow: CoreDeps['follow'] = (module, follower) => store.follow(module, follower)
  const deps: CoreDeps = { store, follow, clock, jobs, files, workers, log, config }
  const registry = new SessionRegistry(clock)
  const os = createImplementer(deps, {
    find: async (token) => {
      const session = vault.state().state === 'open' ? await registry.find(store.read, token) : null
      if (session) registry.touch(token)
      return session
    },
    hasSteppedUp: (token) => registry.hasSteppedUp(token),
    teamUserIds: (session) => teamUserIds(store.read, session),
  })
  const clientFor = (connection: Connection): CoreClient =>
    createRouterClient(router, { context: { connection } }) as unknown as CoreClient
  const services = createServices(deps, vault, registry, feed, clientFor)
  const router = createRouter(os, services)
  const ports = createPortHost(router)
  const sockets = createSocketHost(router)
  let closing: Promise<void> | null = null

  const connect = (host: Connection['host'], device: string, locale: Locale = 'zh-CN'): Connection => ({
    id: newId(),
    host,
    device,
    token: null,
    locale,
  })

  async function lock(): Promise<void> {
    try {
      await services.session.lockSeats()
      await vault.checkpoint()
    } catch (error) {
      log.error({ name: error instanceof Error ? error.name : String(error) }, 'lock')
    }
  }

  async function close(): Promise<void> {
    await jobs.close()
    feed.close()
    registry.clear()
    files.clear()
    await workers.close()
    await services.backupKeeper.close()
    await vault.close()
  }

  return {
    vault,
    deps,
    attachPort: (port, info) => ports.attach(port, connect('port', `window ${info.windowId}`)),
    attachSocket: (socket, device) => sockets.attach(socket, connect('web', device)),
    localClient(options = {}) {
      const connection = connect('local', options.device ?? 'local', options.locale)
      return createRouterClient(router, {
        context: () => {
          const id = options.commandId?.()
          return { connection, ...(id ? { reqHeaders: new Headers({ 'x-command-id': id }) } : {}) }
        },
      }) as unknown as CoreClient
    },
    takeFile: (ticket) => files.take(ticket),
    lock,
    close: () => (closing ??= close()),
  }
}
