import { useQuery } from '@tanstack/react-query'
import { api } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'

/** The computer's zone: moments are shown as this seat's clock shows them. */
export const SEAT_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** One customer file, kept fresh by the change feed. */
export const useCustomer = (id: string) => useEntry('customers', id, () => api.customers.get({ id }))

/** Everybody active in the firm, as choices. */
export function usePeopleChoices(): { value: string; label: string }[] {
  const people = useQuery({ queryKey: ['people', 'briefs'], queryFn: () => api.people.briefs({}) })
  return (people.data ?? []).map((person) => ({ value: person.id, label: person.name }))
}

/** Where customers are, as choices, the commonest first. */
export function useRegionChoices(): { value: string; label: string }[] {
  const regions = useList('customers', ['regions'], () => api.customers.regions({}))
  return (regions.data ?? []).map((region) => ({ value: region, label: region }))
}

/** Fairs and campaigns as choices, the latest first. */
export function useCampaignChoices(): { value: string; label: string }[] {
  const found = useList('customers', ['campaigns'], () => api.campaigns.list({}))
  return (found.data ?? []).map((one) => ({ value: one.id, label: one.name }))
}

/** Tags in use, as choices, the commonest first. */
export function useTagChoices(): { value: string; label: string }[] {
  const tags = useList('customers', ['tags'], () => api.customers.tags({}))
  return (tags.data ?? []).map((tag) => ({ value: tag, label: tag }))
}

/** Customers as choices of a picker: by name, pinyin, initials, code or phone. */
export async function searchCustomers(text: string) {
  const { rows } = await api.customers.list({
    limit: 20,
    sort: { key: 'name', dir: 'asc' },
    filters: {},
    ...(text === '' ? {} : { text }),
  })
  return rows.map((row) => ({
    value: row.id,
    label: row.name,
    detail: [row.code, row.region, row.ownerName].filter(Boolean).join(' · '),
  }))
}

/** What a customer owes, for the head of the card; null where the person here may not see receivables. */
export function useBalance(customerId: string, permitted: boolean) {
  const found = useQuery({
    queryKey: ['receivables', 'summary', 'customer', customerId],
    queryFn: () => api.receivables.summary({ filters: { customerId } }),
    enabled: permitted,
  })
  return permitted ? (found.data ?? null) : null
}

/** The latest contracts of a customer. */
export const useCustomerContracts = (customerId: string, permitted: boolean) =>
  useQuery({
    queryKey: ['contracts', 'customer', customerId],
    queryFn: () => api.contracts.list({ limit: 6, sort: { key: 'updatedAt', dir: 'desc' }, filters: { customerId } }),
    enabled: permitted,
  })

/** What leads are judged by, how long a rejected file is kept, and whether birthdays are. */
export const useScreening = () => useEntry('office', 'screening', () => api.customers.screening.read({}))
