import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { DealFilters } from '#shared/modules/deals/deals.schema.ts'
import { DEFAULT_DEAL_POLICY, type OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'
import type { PickerOption } from '#renderer/ui/fields/choice-fields.tsx'

/** Cards of a column that are asked for at once. */
const PAGE = 100

export interface BoardQuery {
  readonly text: string
  readonly filters: DealFilters
}
const selection = ({ text, filters }: BoardQuery) => ({ filters, ...(text === '' ? {} : { text }) })

/** One deal with all that hangs on it. */
export const useDeal = (id: string) => useEntry('deals', id, () => api.deals.get({ id }))

/** What the firm asks for at each stage; the usual rules until they are there. */
export function useDealPolicy() {
  const found = useQuery({ queryKey: ['office', 'dealPolicy'], queryFn: () => api.deals.policy.read({}) })
  return found.data?.value ?? DEFAULT_DEAL_POLICY
}

/** Count and sums of every open column, over all of it. */
export function useBoardSums(asked: BoardQuery) {
  const found = useQuery({
    queryKey: ['deals', 'board', asked],
    queryFn: () => api.deals.board(selection(asked)),
    placeholderData: keepPreviousData,
  })
  return { ...found, shownError: found.isError ? shownError(found.error) : null }
}

/** The cards of one column by their expected day, page after page. */
export function useColumn(stage: OpenStage, asked: BoardQuery) {
  const list = useInfiniteQuery({
    queryKey: ['deals', 'column', stage, asked],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.deals.list({
        ...selection({ ...asked, filters: { ...asked.filters, stage } }),
        cursor: pageParam,
        limit: PAGE,
        sort: { key: 'expectedDay', dir: 'asc' },
      }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    // Every page again, field by field, whenever one more comes: thousands of cards would cost a frame.
    structuralSharing: false,
  })
  return { ...list, shownError: list.isError ? shownError(list.error) : null }
}

/** Open deals of a customer, for his card. */
export const useCustomerDeals = (customerId: string, permitted: boolean) =>
  useQuery({
    queryKey: ['deals', 'customer', customerId],
    queryFn: () =>
      api.deals.list({ limit: 6, sort: { key: 'expectedDay', dir: 'asc' }, filters: { customerId, state: 'open' } }),
    enabled: permitted,
  })

/** Market notes that were met in a deal. */
export const useDealNotes = (dealId: string, permitted: boolean) =>
  useQuery({
    queryKey: ['market', 'deal', dealId],
    queryFn: () => api.market.list({ limit: 20, sort: { key: 'day', dir: 'desc' }, filters: { dealId } }),
    enabled: permitted,
  })

/** Names of competitors that notes know, as a help while one types. */
export function useCompetitorNames(permitted: boolean): readonly string[] {
  const found = useQuery({
    queryKey: ['market', 'names'],
    queryFn: () => api.market.names({}),
    enabled: permitted,
  })
  return found.data?.competitors ?? []
}

/** The forecast from this month on. */
export const useForecast = (months: number, ownerId: string | undefined) =>
  useList('deals', ['forecast', months, ownerId], () => api.deals.forecast({ months, ...(ownerId ? { ownerId } : {}) }))

/** Deals as choices of a picker: by name, customer, pinyin or number. */
export async function searchDeals(text: string): Promise<PickerOption[]> {
  const { rows } = await api.deals.list({
    limit: 20,
    sort: { key: 'updatedAt', dir: 'desc' },
    filters: {},
    ...(text === '' ? {} : { text }),
  })
  return rows.map((row) => ({ value: row.id, label: row.name, detail: `${row.number} · ${row.customerName}` }))
}
