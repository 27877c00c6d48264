/**
 * One publisher, many listeners, each with its own queue: a slow window never holds up the others.
 * A listener that falls hopelessly behind is dropped oldest-first; the next event still reaches it.
 */
export class Subscribers<T> {
  readonly #listeners = new Set<{ queue: T[]; wake: (() => void) | null }>()
  #closed = false

  publish(event: T): void {
    for (const listener of this.#listeners) {
      if (listener.queue.length >= 10_000) listener.queue.shift()
      listener.queue.push(event)
      listener.wake?.()
    }
  }

  /** Events from now on, until the signal aborts or the publisher closes. */
  async *listen(signal: AbortSignal | undefined): AsyncGenerator<T, void, void> {
    const listener: { queue: T[]; wake: (() => void) | null } = { queue: [], wake: null }
    const onAbort = () => listener.wake?.()
    this.#listeners.add(listener)
    signal?.addEventListener('abort', onAbort)
    try {
      while (!this.#closed && !signal?.aborted) {
        const event = listener.queue.shift()
        if (event !== undefined) {
          yield event
          continue
        }
        await new Promise<void>((resolve) => {
          listener.wake = resolve
          if (this.#closed || signal?.aborted || listener.queue.length > 0) resolve()
        })
        listener.wake = null
      }
    } finally {
      signal?.removeEventListener('abort', onAbort)
      this.#listeners.delete(listener)
    }
  }

  close(): void {
    this.#closed = true
    for (const listener of this.#listeners) listener.wake?.()
  }
}
