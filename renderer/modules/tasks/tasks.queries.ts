import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { TaskModule } from '#shared/modules/tasks/tasks.rules.ts'
import type { TaskFilters, TaskRow } from '#shared/modules/tasks/tasks.schema.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'

const PAGE = 100
/** What is due changes at midnight without anybody doing anything. */
const LOOK_AGAIN_MS = 5 * 60_000

/** The person at this seat; '' where nobody is logged in. */
export const useMe = () => useSession((state) => state.session?.user.userId ?? '')

/** A list of tasks by their due day, page after page, with its counts. */
export function useTasks(text: string, filters: TaskFilters) {
  const asked = { filters, ...(text === '' ? {} : { text }) }
  const list = useInfiniteQuery({
    queryKey: ['tasks', 'list', asked],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.tasks.list({ ...asked, cursor: pageParam, limit: PAGE, sort: { key: 'dueDay', dir: 'asc' } }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
  const summary = useQuery({
    queryKey: ['tasks', 'summary', asked],
    queryFn: () => api.tasks.summary(asked),
    placeholderData: keepPreviousData,
  })
  return {
    rows: list.data?.pages.flatMap((page) => page.rows) ?? [],
    counts: summary.data ?? null,
    error: list.isError ? shownError(list.error) : null,
    pending: list.isPending,
    more: list.hasNextPage,
    loading: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
    again: () => void list.refetch(),
  }
}

/** What the person here has to do today or should have done before; null where nothing may be asked. */
export function useDueNow(): { rows: readonly TaskRow[]; count: number } | null {
  const me = useMe()
  const enabled = useCan('tasks.use') && me !== ''
  const filters = { ownerId: me, due: 'now' } as const
  const list = useQuery({
    queryKey: ['tasks', 'due', me],
    queryFn: () => api.tasks.list({ filters, limit: 200, sort: { key: 'dueDay', dir: 'asc' } }),
    refetchInterval: LOOK_AGAIN_MS,
    enabled,
  })
  const summary = useQuery({
    queryKey: ['tasks', 'dueCount', me],
    queryFn: () => api.tasks.summary({ filters }),
    refetchInterval: LOOK_AGAIN_MS,
    enabled,
  })
  return enabled && list.data && summary.data ? { rows: list.data.rows, count: summary.data.count } : null
}

/** An address with the state of the list, or the month, that it opens. */
interface Place {
  readonly to: string
  readonly search?: { readonly f: Readonly<Record<string, string | boolean>> } | { readonly month: string }
}

const PAGES: Readonly<Record<TaskModule, (id: string) => Place>> = {
  visits: (id) => ({ to: `/visits/${id}` }),
  deals: (id) => ({ to: `/deals/${id}` }),
  customers: (id) => ({ to: `/customers/${id}` }),
  contracts: (id) => ({ to: `/contracts/${id}` }),
  receivables: () => ({ to: '/receivables' }),
  orders: (id) => ({ to: `/orders/${id}` }),
  minutes: (id) => ({ to: `/minutes/${id}` }),
  quotations: (id) => ({ to: `/quotations/${id}` }),
  // One task for each person that is asked: the id begins with that of the request.
  approvals: (id) => ({ to: `/approvals/${id.split(':')[0] ?? ''}` }),
  obligations: (id) => ({ to: `/obligations/${id}` }),
  // The record of these is the contract itself.
  contractExpiry: (id) => ({ to: `/contracts/${id}` }),
  contractUnsigned: (id) => ({ to: `/contracts/${id}` }),
  contractScan: (id) => ({ to: `/contracts/${id}` }),
  // One for each loan: the id begins with that of the contract.
  contractLoan: (id) => ({ to: `/contracts/${id.split(':')[0] ?? ''}` }),
  // One for each owner and customer: the id begins with that of the customer.
  limitation: (id) => ({ to: '/limitation', search: { f: { customerId: id.split(':')[0] ?? '' } } }),
  reviews: () => ({ to: '/performance/reviews' }),
  // The ids of these begin with the month.
  appraisals: (id) => ({ to: '/performance', search: { month: id.slice(0, 7) } }),
  appeals: (id) => ({ to: '/performance/calibration', search: { month: id.slice(0, 7) } }),
  plans: (id) => ({ to: `/repayment-plans/${id}` }),
  dunning: (id) => ({ to: `/dunning/escalations/${id}` }),
  dueFiles: () => ({ to: '/customers', search: { f: { toDelete: true } } }),
}

/** Where the work of a task is done; null where it stands by itself. */
export function sourcePlace(task: Pick<TaskRow, 'source'>): Place | null {
  return task.source === null ? null : PAGES[task.source.module](task.source.id)
}
