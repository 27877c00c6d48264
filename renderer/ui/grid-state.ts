import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { z } from 'zod'

/** A list's whole state lives in the address: back, forward, reload and a saved view all restore it. */
export const listSearch = z.object({
  q: z.string().max(100).optional().catch(undefined),
  sort: z.string().max(40).optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
  f: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional().catch(undefined),
})
export type ListSearch = z.infer<typeof listSearch>
export type FilterValue = string | number | boolean

export interface GridState {
  readonly text: string
  readonly sort: { readonly key: string; readonly dir: 'asc' | 'desc' }
  readonly filters: Readonly<Record<string, FilterValue>>
}

/** The state of the list on this page, and how to change it. An empty value takes a filter off. */
export function useGridState(defaultSort: GridState['sort']) {
  const search = useSearch({ strict: false }) as ListSearch
  const navigate = useNavigate()
  const { key, dir } = defaultSort
  const state = useMemo<GridState>(
    () => ({
      text: search.q ?? '',
      sort: { key: search.sort ?? key, dir: search.dir ?? dir },
      filters: search.f ?? {},
    }),
    [search.q, search.sort, search.dir, search.f, key, dir],
  )
  const change = useCallback(
    (next: ListSearch) => {
      const clean = Object.fromEntries(
        Object.entries(next).filter(([, value]) => value !== undefined && value !== '' && !isEmptyObject(value)),
      )
      void navigate({ to: '.', search: clean as never, replace: true })
    },
    [navigate],
  )
  const setText = useCallback((q: string) => change({ ...search, q }), [change, search])
  const setSort = useCallback(
    (sort: GridState['sort']) => change({ ...search, sort: sort.key, dir: sort.dir }),
    [change, search],
  )
  const setFilter = useCallback(
    (name: string, value: FilterValue | undefined) => {
      const f = { ...search.f }
      if (value === undefined || value === '') delete f[name]
      else f[name] = value
      change({ ...search, f })
    },
    [change, search],
  )
  return { state, search, change, setText, setSort, setFilter }
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
