import { useEffect, useState } from 'react'
import { shownError, type ShownError } from '#renderer/rpc/api.ts'

interface Made {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name: string
}

interface MadePdf {
  readonly bytes: Made['bytes'] | null
  readonly name: string
  readonly error: ShownError | null
}

/**
 * A PDF of what is typed, made anew when typing has rested for so many milliseconds. `make` is the same function until
 * there is something new; null, or a failure, leaves the last good page standing. A newer request makes an older one's
 * answer void.
 */
export function useMadePdf(make: ((signal: AbortSignal) => Promise<Made>) | null, afterMs: number): MadePdf {
  const [shown, setShown] = useState<MadePdf>({ bytes: null, name: '', error: null })
  useEffect(() => {
    if (make === null) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      make(stop.signal)
        .then((made) => {
          if (!stop.signal.aborted) setShown({ ...made, error: null })
        })
        .catch((error: unknown) => {
          if (!stop.signal.aborted) setShown((old) => ({ ...old, error: shownError(error) }))
        })
    }, afterMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [make, afterMs])
  return shown
}
