import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { stepFault, type ObligationStep } from '#shared/modules/obligations/obligations.rules.ts'
import type { ObligationRow } from '#shared/modules/obligations/obligations.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'

export const useObligation = (id: string) => useEntry('obligations', id, () => api.obligations.get({ id: id as never }))

/** What one contract binds both sides to, what is open first. */
export const useObligationsOf = (contractId: string) =>
  useList('obligations', ['contract', contractId], () =>
    api.obligations.list({
      limit: 200,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { contractId: contractId as never },
    }),
  )

/** The departments of the firm, as choices. */
export function useDepartmentChoices(): { value: string; label: string }[] {
  const found = useList('people', ['departments'], () => api.people.departments({}))
  return (found.data ?? []).map((one) => ({ value: one.id, label: one.name }))
}

/** Whether a person may take a step with an obligation as it stands; the core decides again. */
export function mayStep(row: ObligationRow, step: ObligationStep): boolean {
  const state = row.done ? 'done' : row.dropped ? 'dropped' : 'open'
  const doneByRule = row.done !== null && row.done.byName === null
  return stepFault({ state, kind: row.kind, doneByRule, dropCode: row.dropped?.code ?? null }, step) === null
}

const CHOICES = 200

/** Signed contracts as choices, the newest first, and the one that the list is narrowed to. */
export function useContractChoices(): { value: string; label: string }[] {
  const search = useSearch({ strict: false }) as { f?: { contractId?: unknown } }
  const chosen = String(search.f?.contractId ?? '')
  const newest = useList('contracts', ['choices'], () =>
    api.contracts.list({ limit: CHOICES, sort: { key: 'number', dir: 'desc' }, filters: { stage: 'performing' } }),
  )
  const rows = newest.data?.rows ?? []
  const missing = chosen !== '' && newest.isSuccess && !rows.some((row) => row.id === chosen)
  const other = useQuery({
    queryKey: ['contracts', 'get', chosen],
    queryFn: () => api.contracts.get({ id: chosen as never }),
    enabled: missing,
  })
  return [...(missing && other.data ? [other.data] : []), ...rows].map((row) => ({
    value: row.id,
    label: `${row.number} ${row.buyerName}`,
  }))
}
