import {
  QueryClient,
  keepPreviousData,
  onlineManager,
  useMutation,
  useQuery,
  type QueryKey,
} from '@tanstack/react-query'
import { useRef } from 'react'
import type { ChangeEvent } from '#shared/modules/changes/changes.contract.ts'
import { api, shownError, type ShownError } from './api.ts'
import type { CallOptions, Seat } from './connect.ts'

/** What is worth asking again without being told to: nothing but a lost connection, and then only once. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 1 && shownError(error).code === 'OFFLINE',
      },
      // A command never waits in the dark for a connection: it fails, and the form keeps what was typed.
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** Queries pause while the core is out of reach; whether the computer has a network does not matter. */
export function followSeat(seat: Pick<Seat, 'onState'>): void {
  onlineManager.setEventListener((setOnline) => seat.onState(setOnline))
  onlineManager.setOnline(true)
}

/** Which other modules show a module's figures on their pages. */
const SHOWN_IN: Readonly<Record<string, readonly string[]>> = {
  contracts: [
    'timeline',
    'orders',
    'obligations',
    'receivables',
    'invoices',
    'dunning',
    'performance',
    'home',
    'customers',
    'search',
    'clauses',
    'claims',
    'credit',
  ],
  clauses: ['contracts'],
  receivables: [
    'timeline',
    'contracts',
    'invoices',
    'dunning',
    'performance',
    'home',
    'customers',
    'claims',
    'credit',
    'bank',
  ],
  claims: ['timeline', 'tasks', 'receivables', 'dunning', 'credit'],
  credit: ['timeline', 'contracts', 'orders'],
  customers: ['timeline', 'contracts', 'receivables', 'visits', 'market', 'deals', 'home', 'search'],
  deals: ['timeline', 'tasks', 'market', 'quotations', 'minutes', 'home', 'customers', 'search'],
  visits: ['timeline', 'performance', 'home', 'customers'],
  dunning: ['timeline', 'receivables', 'home', 'customers', 'search'],
  performance: ['home'],
  people: ['customers', 'performance', 'contracts'],
  office: ['performance', 'home', 'visits', 'claims', 'credit'],
  quotations: ['timeline', 'deals', 'contracts'],
  minutes: ['timeline', 'deals', 'quotations', 'contracts'],
  tasks: ['timeline', 'minutes'],
  approvals: ['contracts', 'tasks', 'claims', 'credit'],
  attachments: ['timeline', 'invoices', 'claims'],
  invoices: ['timeline', 'customers', 'search'],
  orders: ['contracts', 'tasks', 'invoices', 'credit'],
  obligations: ['timeline', 'tasks'],
  market: ['timeline'],
}

/**
 * Query keys are `[module, 'get', id, …]` for one record and `[module, …]` for everything else of a module. A change
 * makes the record stale, everything that may count or list it, and the modules that show its figures.
 */
export function touchedBy(event: Pick<ChangeEvent, 'module' | 'ids'>, key: QueryKey): boolean {
  const module = String(key[0])
  if (module !== event.module) return SHOWN_IN[event.module]?.includes(module) ?? false
  return key[1] !== 'get' || event.ids.length === 0 || event.ids.includes(String(key[2]))
}

const AGAIN_MS = 1000

/** Follows the change feed until told to stop; after a gap everything on screen is asked again. */
export async function followChanges(client: QueryClient, signal: AbortSignal): Promise<void> {
  let gap = false
  while (!signal.aborted) {
    try {
      const events = await api.changes.watch({}, { signal })
      if (gap) await client.invalidateQueries()
      gap = false
      for await (const event of events) {
        void client.invalidateQueries({ predicate: (query) => touchedBy(event, query.queryKey) })
      }
    } catch (error) {
      if (['UNAUTHENTICATED', 'LOCKED'].includes(shownError(error).code)) return
    }
    gap = true
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

/** One record, refreshed by the change feed: `useEntry('customers', id, () => api.customers.get({ id }))`. */
export function useEntry<T>(module: string, id: string, load: () => Promise<T>) {
  const found = useQuery({ queryKey: [module, 'get', id], queryFn: load })
  return { ...found, shownError: found.isError ? absence(shownError(found.error)) : null }
}

/** What is asked for by an address that no record can have is not there, like any other that is not. */
const absence = (error: ShownError): ShownError =>
  error.code === 'VALIDATION' ? { ...error, code: 'NOT_FOUND', data: {} } : error

/** Anything else a page shows: `useList('receivables', ['ageing', filters], () => api.receivables.ageing(filters))`. */
export function useList<T>(module: string, key: readonly unknown[], load: () => Promise<T>) {
  const found = useQuery({ queryKey: [module, ...key], queryFn: load, placeholderData: keepPreviousData })
  return { ...found, shownError: found.isError ? shownError(found.error) : null }
}

export interface Command<I, O> {
  run(input: I): Promise<O>
  readonly busy: boolean
  readonly error: ShownError | null
  clear(): void
}

/**
 * A command behind a button. The same input tried again after a lost connection is the same command, so it is carried
 * out once: `useCommand((input, options) => api.contracts.sign(input, options))`. `run` rejects when it fails.
 */
export function useCommand<I, O>(call: (input: I, options: { context: CallOptions }) => Promise<O>): Command<I, O> {
  const last = useRef<{ input: string; commandId: string } | null>(null)
  const mutation = useMutation({
    mutationFn: async (input: I) => {
      const text = JSON.stringify(input ?? null)
      if (last.current?.input !== text) last.current = { input: text, commandId: crypto.randomUUID() }
      const { commandId } = last.current
      try {
        const output = await call(input, { context: { commandId } })
        last.current = null
        return output
      } catch (error) {
        if (shownError(error).code !== 'OFFLINE') last.current = null
        throw error
      }
    },
  })
  return {
    run: (input) => mutation.mutateAsync(input),
    busy: mutation.isPending,
    error: mutation.isError ? shownError(mutation.error) : null,
    clear: () => mutation.reset(),
  }
}
