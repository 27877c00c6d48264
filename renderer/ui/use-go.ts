import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'

/**
 * Leads on from a page that is still open. Whoever has gone elsewhere while it was saving stays where he is: what he
 * asked for last wins.
 */
export function useGo(): (to: string) => void {
  const navigate = useNavigate()
  const here = useRef(true)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  return useCallback(
    (to) => {
      if (here.current) void navigate({ to: to as never })
    },
    [navigate],
  )
}
