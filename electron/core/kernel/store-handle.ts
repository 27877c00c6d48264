import { refuse } from '#shared/kernel/app-error.ts'
import type { Actor, Reader, Store, UnitOfWork } from '#core/store/store.ts'

/** Told at the end of a unit of work, still inside it, which records of a module it has changed. */
export type Follower = (uow: UnitOfWork, ids: readonly string[]) => Promise<void>

/** The store as services hold it: it refuses with LOCKED while the data file is closed. */
export class StoreHandle implements Store {
  #open: Store | null = null
  readonly #opened: (store: Store) => Promise<void>
  readonly #followers = new Map<string, Follower[]>()

  /** `opened` is waited for whenever the data file was opened, before anybody works with it. */
  constructor(opened: (store: Store) => Promise<void>) {
    this.#opened = opened
  }

  attach(store: Store): Promise<void> {
    this.#open = store
    return this.#opened(store)
  }

  detach(): void {
    this.#open = null
  }

  /**
   * Keeps what a module derives from the records of another true, whoever changes those: within the same unit of work,
   * once for all that it changed. What followers change is followed by nobody.
   */
  follow(module: string, follower: Follower): void {
    this.#followers.set(module, [...(this.#followers.get(module) ?? []), follower])
  }

  get read(): Reader {
    return this.#store().read
  }

  async write<T>(actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#store().write(actor, async (uow) => {
      const changed = new Map<string, Set<string>>()
      const watched: UnitOfWork = {
        ...uow,
        changed(module, id) {
          if (!changed.has(module)) changed.set(module, new Set())
          changed.get(module)?.add(id)
          uow.changed(module, id)
        },
      }
      const result = await work(watched)
      for (const [module, ids] of changed) {
        for (const follower of this.#followers.get(module) ?? []) await follower(uow, [...ids])
      }
      return result
    })
  }

  async replay(commandId: string, userId: string, entry: string) {
    return this.#store().replay(commandId, userId, entry)
  }

  #store(): Store {
    if (!this.#open) throw refuse('LOCKED')
    return this.#open
  }
}
