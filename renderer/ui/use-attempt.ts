import { useState } from 'react'
import { shownError, type ShownError } from '#renderer/rpc/api.ts'

/** Work whose failure stands on the page until it is tried again, and whether it is under way. */
export function useAttempt() {
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [busy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      setFailure(shownError(error))
    } finally {
      setBusy(false)
    }
  }
  return { attempt, busy, failure }
}
