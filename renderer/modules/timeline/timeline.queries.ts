import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { TimelineKind } from '#shared/modules/timeline/timeline.schema.ts'
import { api, shownError } from '#renderer/rpc/api.ts'

/** What happened with a customer, page after page; `kind` null for everything. */
export function useTimeline(customerId: string, kind: TimelineKind | null, limit: number) {
  const list = useInfiniteQuery({
    queryKey: ['timeline', 'list', customerId, kind, limit],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.timeline.list({ customerId, limit, cursor: pageParam, ...(kind === null ? {} : { kind }) }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
  return {
    rows: list.data?.pages.flatMap((page) => page.rows) ?? [],
    error: list.isError ? shownError(list.error) : null,
    pending: list.isPending,
    more: list.hasNextPage,
    loading: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
    again: () => void list.refetch(),
  }
}
