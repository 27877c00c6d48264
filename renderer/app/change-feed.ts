import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'

/** Which lists of other modules show a module's figures. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  contracts: ['receivables', 'dunning', 'performance', 'home', 'customers'],
  receivables: ['contracts', 'dunning', 'performance', 'home', 'customers'],
  customers: ['contracts', 'receivables', 'visits', 'home'],
  visits: ['performance', 'home', 'customers'],
  dunning: ['receivables', 'home', 'customers'],
  performance: ['home'],
  people: ['customers', 'performance'],
  office: ['performance'],
}

/** Refreshes what another window or seat has changed; starts again when the connection comes back. */
export function useChangeFeed(): void {
  const queries = useQueryClient()
  const online = useSession((state) => state.online)
  useEffect(() => {
    if (!online) return
    const stop = new AbortController()
    const listen = async () => {
      try {
        for await (const event of await api.changes.watch({}, { signal: stop.signal })) {
          for (const module of [event.module, ...(ALSO[event.module] ?? [])]) {
            void queries.invalidateQueries({ queryKey: [module] })
          }
        }
      } catch {
        // The stream ends with the connection or the session; either brings its own screen.
      }
    }
    void listen()
    return () => stop.abort()
  }, [queries, online])
}
