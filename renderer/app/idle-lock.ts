import { useEffect } from 'react'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'

const CHECK_MS = 10_000
const TOUCH_MS = 60_000

/** Ends the session at this seat and empties the page. Drafts stay, sealed. */
export async function lockSeat(reason: 'locked' | 'loggedOut' = 'locked'): Promise<void> {
  try {
    await (reason === 'locked' ? api.session.lock({}) : api.session.logOut({}))
  } catch {
    // Out of reach or ended already: the page is emptied all the same.
  }
  useSession.getState().setSession(null, reason)
}

/** Locks after the minutes of the firm's settings without a key or click, and when the computer sleeps. */
export function useIdleLock(): void {
  const minutes = useSession((state) => state.session?.idleMinutes ?? 10)
  useEffect(() => {
    let active = performance.now()
    let told = active
    const onActivity = () => {
      active = performance.now()
      if (active - told > TOUCH_MS) {
        told = active
        void api.session.touch({}).catch(() => undefined)
      }
    }
    const timer = setInterval(() => {
      if (performance.now() - active > minutes * 60_000) void lockSeat()
    }, CHECK_MS)
    for (const type of ['keydown', 'pointerdown', 'wheel'] as const) {
      window.addEventListener(type, onActivity, { passive: true, capture: true })
    }
    const off = window.host?.onLockRequest(() => void lockSeat())
    return () => {
      clearInterval(timer)
      off?.()
      for (const type of ['keydown', 'pointerdown', 'wheel'] as const) {
        window.removeEventListener(type, onActivity, { capture: true })
      }
    }
  }, [minutes])
}
