import { webcrypto } from 'node:crypto'
import 'fake-indexeddb/auto'
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { draftsAtRest } from '#renderer/local/drafts.ts'

/** What a browser has and jsdom has not. */
if (!('subtle' in crypto)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })
window.matchMedia ??= (query: string) =>
  ({
    // No animations: a test need not wait for one.
    matches: query.includes('reduced-motion'),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }) as unknown as MediaQueryList

class QuietObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return []
  }
}
globalThis.ResizeObserver ??= QuietObserver as unknown as typeof ResizeObserver
globalThis.IntersectionObserver ??= QuietObserver as unknown as typeof IntersectionObserver
Element.prototype.scrollTo ??= () => undefined
Element.prototype.scrollIntoView ??= () => undefined
window.scrollTo = () => undefined

// On a machine that has other things to do an answer may take longer than the usual second.
configure({ asyncUtilTimeout: 5000 })
afterEach(async () => {
  cleanup()
  // A form keeps or drops its draft when it goes away, and React needs the window when that is done: the last test's
  // window would be gone by then.
  await draftsAtRest()
  await new Promise((resolve) => setTimeout(resolve, 0))
})
