import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { z } from 'zod'

const filterValue = z.union([z.string().max(200), z.number(), z.boolean()])

/** A list's whole state lives in the router's address: back, forward and a saved view all restore it. */
export const listSearch = z.object({
  q: z.coerce.string().max(100).optional().catch(undefined),
  sort: z.string().max(40).optional().catch(undefined),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
  f: z.record(z.string(), filterValue).optional().catch(undefined),
  /** The saved view that it was opened with. */
  saved: z.string().max(36).optional().catch(undefined),
})
export type ListSearch = z.infer<typeof listSearch>
export type FilterValue = string | number | boolean

export interface GridState {
  readonly text: string
  readonly sort: { readonly key: string; readonly dir: 'asc' | 'desc' }
  readonly filters: Readonly<Record<string, FilterValue>>
}

/** What the export of a list is asked for: the whole selection, in the list's order. */
export interface ExportAsked {
  readonly format: 'xlsx' | 'csv'
  readonly text?: string
  readonly sort: GridState['sort']
  readonly filters: GridState['filters']
}

/** A list's state as its export takes it; an empty text is not said. */
export const exportAsked = (format: 'xlsx' | 'csv', { text, sort, filters }: GridState): ExportAsked => ({
  format,
  sort,
  filters,
  ...(text === '' ? {} : { text }),
})

/** The search part of an address without anything that says nothing. */
export function cleanSearch(search: ListSearch): ListSearch {
  const f = Object.fromEntries(Object.entries(search.f ?? {}).filter(([, value]) => value !== ''))
  return {
    ...(search.q ? { q: search.q } : {}),
    ...(search.sort ? { sort: search.sort } : {}),
    ...(search.dir ? { dir: search.dir } : {}),
    ...(Object.keys(f).length > 0 ? { f } : {}),
    ...(search.saved ? { saved: search.saved } : {}),
  }
}

/** What a view keeps of an address: all of it but which view it was. */
export function viewOf(search: ListSearch): Omit<ListSearch, 'saved'> {
  const { saved: _saved, ...state } = cleanSearch(search)
  return state
}

/** What an address asks of a list. */
export function stateOf(search: ListSearch, defaultSort: GridState['sort']): GridState {
  return {
    text: search.q ?? '',
    sort: { key: search.sort ?? defaultSort.key, dir: search.dir ?? defaultSort.dir },
    filters: search.f ?? {},
  }
}

/** The state of the list on this page, and how to change it. An empty value takes a filter off. */
export function useGridState(defaultSort: GridState['sort']) {
  const given = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const { key, dir } = defaultSort
  return useMemo(() => {
    const search = listSearch.parse(given)
    // A page may keep more in its address than the list does.
    const others = Object.fromEntries(Object.entries(given).filter(([name]) => !(name in listSearch.shape)))
    const change = (next: ListSearch, replace = false) =>
      void navigate({ to: '.', search: { ...others, ...cleanSearch(next) } as never, replace })
    return {
      state: stateOf(search, { key, dir }),
      search,
      change: (next: ListSearch) => change(next),
      /** The same without a way back: what was there was nobody's wish. */
      replace: (next: ListSearch) => change(next, true),
      clear: () => change({ sort: search.sort, dir: search.dir, saved: search.saved }),
      // Typing makes no history; a filter or a sort can be taken back with the back key.
      setText: (q: string) => change({ ...search, q }, true),
      setSort: (sort: GridState['sort']) => change({ ...search, sort: sort.key, dir: sort.dir }),
      setFilter: (name: string, value: FilterValue | undefined) => {
        const f = { ...search.f }
        if (value === undefined || value === '') delete f[name]
        else f[name] = value
        change({ ...search, f })
      },
    }
  }, [given, navigate, key, dir])
}
export type GridHandle = ReturnType<typeof useGridState>
