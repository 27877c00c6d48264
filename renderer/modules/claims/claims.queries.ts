import { useQuery } from '@tanstack/react-query'
import type { SheetOf } from '#shared/modules/claims/claims.interest.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'

/** The clock of a debt with its events; whatever changes about claims may change it. */
export const useClock = (instalmentId: string) =>
  useList('claims', ['clock', instalmentId], () => api.claims.limitation.clock({ instalmentId: instalmentId as never }))

export const useSheet = (target: SheetOf, asOf: string) =>
  useList('claims', ['sheet', target, asOf], () =>
    api.claims.interest.sheet({ target: target as never, asOf: asOf as never }),
  )

export const useItems = (instalmentId: string) =>
  useList('claims', ['items', instalmentId], () => api.claims.interest.items({ instalmentId: instalmentId as never }))

const PAGE = 50

export const useDisputesOf = (instalmentId: string) =>
  useList('claims', ['disputes', instalmentId], () =>
    api.claims.disputes.list({
      limit: PAGE,
      sort: { key: 'day', dir: 'desc' },
      filters: { instalmentId: instalmentId as never },
    }),
  )

export const useDispute = (id: string) => useEntry('claims', id, () => api.claims.disputes.get({ id: id as never }))
export const useRequest = (id: string) => useEntry('claims', id, () => api.claims.requests.get({ id: id as never }))
export const useStatement = (id: string) => useEntry('claims', id, () => api.claims.statements.get({ id: id as never }))
export const usePlan = (id: string) => useEntry('claims', id, () => api.claims.plans.get({ id: id as never }))

/** What a customer owes on a day with interest and costs: what a repayment agreement begins with. */
export const usePlanStart = (customerId: string | null, day: string) =>
  useQuery({
    queryKey: ['claims', 'plan-start', customerId, day],
    queryFn: () => api.claims.plans.start({ customerId: customerId as never, day: day as never }),
    enabled: customerId !== null && day !== '',
  })

export const useTerms = (contractId: string) =>
  useList('claims', ['terms', contractId], () => api.claims.interest.terms({ contractId: contractId as never }))
export const useClaimsPolicy = () => useList('claims', ['policy'], () => api.claims.policy.read({}))
export const useRates = () => useList('claims', ['rates'], () => api.claims.policy.rates({}))
