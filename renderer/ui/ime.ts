import { useEffect } from 'react'

const AFTER_COMPOSITION_MS = 100
let endedAt = Number.NEGATIVE_INFINITY
let composing = false

/**
 * An Enter that ends an IME composition belongs to the IME. Some systems send it just after the composition has ended,
 * so the first tenth of a second after it counts too.
 */
export function belongsToIme(event: { isComposing?: boolean; keyCode?: number; nativeEvent?: KeyboardEvent }): boolean {
  const native = event.nativeEvent ?? event
  return (
    composing ||
    native.isComposing === true ||
    native.keyCode === 229 ||
    performance.now() - endedAt < AFTER_COMPOSITION_MS
  )
}

const GUARDED = new Set(['Enter', 'Tab', 'Escape', 'ArrowUp', 'ArrowDown', ' '])

/** Keeps such keys from every handler of the program, once and for all fields. */
export function useImeGuard(): void {
  useEffect(() => {
    const start = () => {
      composing = true
    }
    const end = () => {
      composing = false
      endedAt = performance.now()
    }
    const guard = (event: KeyboardEvent) => {
      if (GUARDED.has(event.key) && belongsToIme(event)) {
        event.stopPropagation()
        if (event.key === 'Enter') event.preventDefault()
      }
    }
    window.addEventListener('compositionstart', start, true)
    window.addEventListener('compositionend', end, true)
    window.addEventListener('keydown', guard, true)
    return () => {
      window.removeEventListener('compositionstart', start, true)
      window.removeEventListener('compositionend', end, true)
      window.removeEventListener('keydown', guard, true)
    }
  }, [])
}
