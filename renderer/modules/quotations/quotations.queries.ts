import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import { dealSearch } from '#renderer/modules/deals/parts/searched-deal.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'

/** The search of a page that makes a contract: `?deal=<id>`, and the version of a quotation where one is chosen. */
export const draftSearch = dealSearch.extend({
  quotation: z.string().max(36).optional().catch(undefined),
  no: z.coerce.number().int().min(1).optional().catch(undefined),
})

/** One quotation with its versions, kept fresh by the change feed. */
export const useQuotation = (quotationId: string) =>
  useEntry('quotations', quotationId, () => api.quotations.get({ id: quotationId }))

/** What a form about a deal starts from; nothing is asked without a deal. */
export function useDealBasis(dealId: string) {
  const found = useQuery({
    queryKey: ['quotations', 'basis', dealId],
    queryFn: () => api.quotations.basis({ dealId }),
    enabled: dealId !== '',
  })
  return { ...found, shownError: found.isError ? shownError(found.error) : null }
}

/** The deal named in the address; empty where none is. */
export function useDealInAddress(): string {
  const { deal = '' } = useSearch({ strict: false }) as { deal?: string }
  return deal
}

/** What was agreed about a deal, for the check of a contract draft. */
export function useAgreed(dealId: string | null) {
  return useQuery({
    queryKey: ['quotations', 'agreed', dealId],
    queryFn: () => api.quotations.agreed({ dealId: dealId ?? '' }),
    enabled: dealId !== null,
  })
}

/** A contract draft for the deal named in the address; null where none is. */
export function useContractDraft() {
  const search = useSearch({ strict: false }) as z.infer<typeof draftSearch>
  const { deal = '', quotation, no } = search
  const chosen = quotation !== undefined && no !== undefined ? { id: quotation, no } : null
  const found = useQuery({
    queryKey: ['quotations', 'contractDraft', deal, quotation, no],
    queryFn: () => api.quotations.contractDraft({ dealId: deal, quotation: chosen }),
    enabled: deal !== '',
  })
  return { draft: found.data ?? null, pending: deal !== '' && found.isPending, error: found.error }
}

/** The quotations of a deal, the newest first. */
export const useQuotationsOf = (dealId: string) =>
  useList('quotations', ['deal', dealId], () =>
    api.quotations.list({ limit: 50, sort: { key: 'updatedAt', dir: 'desc' }, filters: { dealId } }),
  )
