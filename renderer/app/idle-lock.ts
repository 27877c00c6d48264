import { useEffect } from 'react'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'

const TOUCH_EVERY_MS = 60_000

/** Ends the session here and throws this page's memory away; sealed drafts stay. */
export async function lockSeat(action: 'lock' | 'logOut' = 'lock'): Promise<void> {
  await api.session[action]({}).catch(() => undefined)
  useSession.getState().setSession(null)
  const status = await api.session.status({}).catch(() => null)
  if (status) useSession.getState().setStatus(status)
}

/** Locks after the minutes of the setting without a key or a pointer; tells the core at most once a minute. */
export function useIdleLock(): void {
  const minutes = useSession((state) => state.session?.idleMinutes ?? 10)
  useEffect(() => {
    let last = performance.now()
    let touched = last
    const seen = () => {
      last = performance.now()
      if (last - touched > TOUCH_EVERY_MS) {
        touched = last
        void api.session.touch({}).catch(() => undefined)
      }
    }
    const timer = setInterval(() => {
      if (performance.now() - last > minutes * 60_000) void lockSeat()
    }, 5_000)
    window.addEventListener('keydown', seen)
    window.addEventListener('pointerdown', seen)
    return () => {
      clearInterval(timer)
      window.removeEventListener('keydown', seen)
      window.removeEventListener('pointerdown', seen)
    }
  }, [minutes])
}
