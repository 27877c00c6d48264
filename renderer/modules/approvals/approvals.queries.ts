import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { APPROVAL_LISTS, ApprovalFilters, ApprovalSort } from '#shared/modules/approvals/approvals.schema.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'

export type ApprovalList = (typeof APPROVAL_LISTS)[number]

const PAGE = 50

/** One of the lists, page after page, with how many there are. */
export function useApprovals(
  list: ApprovalList,
  text: string,
  filters: ApprovalFilters,
  sort: { key: ApprovalSort; dir: 'asc' | 'desc' },
) {
  const asked = { filters, ...(text === '' ? {} : { text }) }
  const found = useInfiniteQuery({
    queryKey: ['approvals', list, asked, sort],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => api.approvals[list]({ ...asked, cursor: pageParam, limit: PAGE, sort }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
  const summary = useQuery({
    queryKey: ['approvals', 'summary', list, asked],
    queryFn: () => api.approvals.summary({ list, ...asked }),
    placeholderData: keepPreviousData,
  })
  return {
    rows: found.data?.pages.flatMap((page) => page.rows) ?? [],
    count: summary.data?.count ?? null,
    error: found.isError ? shownError(found.error) : null,
    pending: found.isPending,
    more: found.hasNextPage,
    loading: found.isFetchingNextPage,
    loadMore: () => void found.fetchNextPage(),
    again: () => void found.refetch(),
  }
}

/** One request with everything in it. */
export const useApproval = (id: string) => useEntry('approvals', id, () => api.approvals.get({ id }))

/** Every way of approval. */
export const useWays = () => useList('approvals', ['ways'], () => api.approvals.definitions({}))
