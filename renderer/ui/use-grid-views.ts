import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { loadViews, removeView } from '#renderer/local/views.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import type { ViewedColumns } from './grid-columns.ts'
import { cleanSearch, listSearch, viewOf, type GridHandle } from './grid-state.ts'

export type ListView = Awaited<ReturnType<typeof api.views.list>>[number]

const FRESH_MS = 5 * 60_000

/**
 * The saved views of a list, one's own and the firm's, and the one in force. A list that is opened with nothing in its
 * address opens with the view that its person chose for it.
 */
export function useGridViews(id: string, grid: GridHandle) {
  const logged = useSession((state) => state.session !== null)
  const mayShare = useCan('views.share')
  const found = useQuery({
    queryKey: ['views', 'list', id],
    queryFn: () => api.views.list({ grid: id }),
    staleTime: FRESH_MS,
    enabled: logged,
  })
  const all: readonly ListView[] = found.data ?? []
  const active = all.find((view) => view.id === grid.search.saved) ?? null
  useOpening(id, grid, found.data)
  useTakeOver(id, found.data)
  const columns: ViewedColumns | null =
    active === null || active.columns === null
      ? null
      : { id: `${active.id} ${active.version}`, columns: active.columns }
  return {
    id,
    all,
    active,
    mayShare,
    columns,
    /** Whether the address says something else than the view in force. */
    differs: active !== null && !sameState(viewOf(grid.search), viewOf(listSearch.parse(active.search))),
  }
}
export type GridViews = ReturnType<typeof useGridViews>

const sameState = (a: object, b: object) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([key, inner]) => [key, sorted(inner)] as const)
        .toSorted(([x], [y]) => (x < y ? -1 : 1))
    : value

/** Once for each opening of the page: who resets the list afterwards has it as it is. */
function useOpening(id: string, grid: GridHandle, views: readonly ListView[] | undefined) {
  const bare = Object.keys(cleanSearch(grid.search)).length === 0
  const open = useRef<{ id: string; bare: boolean } | null>(null)
  if (open.current?.id !== id) open.current = { id, bare }
  const apply = useRef<() => void>(() => undefined)
  apply.current = () => {
    if (views === undefined || open.current?.bare !== true) return
    open.current = { id, bare: false }
    const chosen = views.find((view) => view.opens)
    if (chosen && bare) grid.replace({ ...listSearch.parse(chosen.search), saved: chosen.id })
  }
  useEffect(() => apply.current(), [views, id])
}

/** Hands views that were kept on this computer to the data file, once. */
function useTakeOver(id: string, views: readonly ListView[] | undefined) {
  const draftKey = useSession((state) => state.session?.draftKey ?? '')
  const userId = useSession((state) => state.session?.user.userId ?? '')
  const known = views !== undefined
  useEffect(() => {
    if (!known || draftKey === '') return
    void takeOver({ draftKey, userId }, id).catch(() => undefined)
  }, [known, draftKey, userId, id])
}

async function takeOver(owner: Parameters<typeof loadViews>[0], grid: string): Promise<void> {
  for (const { id, name, search } of await loadViews(owner, grid)) {
    const state = viewOf(listSearch.parse(JSON.parse(search)))
    await api.views.save({ grid, name, search: state as never, columns: null })
    await removeView(id)
  }
}
