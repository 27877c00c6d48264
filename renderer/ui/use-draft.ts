import { useCallback, useEffect, useRef, useState } from 'react'
import { dropDraft, loadDraft, saveDraft, type Draft, type DraftContent } from '#renderer/local/drafts.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { sameValue } from './form-state.ts'
import { seatNow } from './seat-clock.ts'

const AFTER_MS = 400

/**
 * Keeps what is typed as a sealed draft: 400 ms after the last key, and at once when the form goes away (lock, another
 * page, a hidden window). Tells the draft that was there when the form opened, once.
 */
export function useDraft(form: string, record: string | null, onFound: (draft: Draft) => void) {
  const draftKey = useSession((s) => s.session?.draftKey ?? null)
  const userId = useSession((s) => s.session?.user.userId ?? '')
  const key = `${userId}:${form}:${record ?? 'new'}`
  // The key of the session that typed: when the form is taken away by a lock, the session is gone already.
  const place = useRef({ draftKey, key })
  if (draftKey !== null) place.current = { draftKey, key }
  const waiting = useRef<DraftContent | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const [savedAt, setSavedAt] = useState<number | null>(null)
  /** Whether there is a draft on disk or about to be. */
  const exists = useRef(false)
  const found = useRef(onFound)
  found.current = onFound

  const flush = useCallback(async (): Promise<void> => {
    if (timer.current) clearTimeout(timer.current)
    const content = waiting.current
    waiting.current = null
    const { draftKey: withKey, key: at } = place.current
    if (content === null || withKey === null) return
    const now = seatNow()
    await saveDraft(withKey, at, content, now)
    setSavedAt(now)
  }, [])

  useEffect(() => {
    if (draftKey === null) return
    let gone = false
    void loadDraft(draftKey, key).then((draft) => {
      if (gone || draft === null) return
      if (sameValue(draft.values, draft.base)) return void dropDraft(key)
      exists.current = true
      setSavedAt(draft.savedAt)
      found.current(draft)
    })
    return () => {
      gone = true
    }
  }, [draftKey, key])

  useEffect(() => {
    const onHidden = () => {
      if (document.visibilityState === 'hidden') void flush()
    }
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      document.removeEventListener('visibilitychange', onHidden)
      void flush()
    }
  }, [flush])

  return {
    savedAt,
    exists,
    keep: useCallback(
      (content: DraftContent) => {
        exists.current = true
        waiting.current = content
        if (timer.current) clearTimeout(timer.current)
        timer.current = setTimeout(() => void flush(), AFTER_MS)
      },
      [flush],
    ),
    drop: useCallback(async () => {
      exists.current = false
      waiting.current = null
      if (timer.current) clearTimeout(timer.current)
      setSavedAt(null)
      await dropDraft(place.current.key)
    }, []),
  }
}
