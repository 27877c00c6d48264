import { refuse } from '#shared/kernel/app-error.ts'
import type { Actor, Reader, Store, UnitOfWork } from '#core/store/store.ts'

/** The store as services hold it: it refuses with LOCKED while the data file is closed. */
export class StoreHandle implements Store {
  #open: Store | null = null
  readonly #opened: (store: Store) => Promise<void>

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

  get read(): Reader {
    return this.#store().read
  }

  async write<T>(actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#store().write(actor, work)
  }

  async replay(commandId: string, userId: string, entry: string) {
    return this.#store().replay(commandId, userId, entry)
  }

  #store(): Store {
    if (!this.#open) throw refuse('LOCKED')
    return this.#open
  }
}
