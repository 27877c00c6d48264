import { useQuery } from '@tanstack/react-query'
import { ratesOn } from '#shared/modules/contracts/contracts.check.ts'
import { api } from '#renderer/rpc/api.ts'

/** One contract with everything in it. */
export function useContract(id: string | null) {
  return useQuery({
    queryKey: ['contracts', 'get', id],
    queryFn: () => api.contracts.get({ id: id as never }),
    enabled: id !== null,
  })
}

/** The signed contracts of a customer as choices, the latest first. */
export function useContractChoices(customerId: string | null): { value: string; label: string }[] {
  const found = useQuery({
    queryKey: ['contracts', 'signed-of', customerId],
    queryFn: () =>
      api.contracts.list({
        limit: 200,
        sort: { key: 'signDay', dir: 'desc' },
        filters: { customerId: customerId as never },
      }),
    enabled: customerId !== null,
  })
  return (found.data?.rows ?? [])
    .filter((row) => row.state === 'signed')
    .map((row) => ({ value: row.id, label: `${row.number} ${row.title}` }))
}

/** The firm's profile, its VAT rates, its legal numbers and the language of its documents: what the editor needs beside the draft. */
export function useFirm() {
  return useQuery({
    queryKey: ['office', 'contract-basis'],
    queryFn: async () => {
      const [firm, rates, law, preferences] = await Promise.all([
        api.office.firm.read({}),
        api.office.taxRates.read({}),
        api.office.contractLaw.read({}),
        api.office.preferences.read({}),
      ])
      const { documentLocale } = preferences.value
      return { firm: firm.value, taxRates: rates.value, law: law.value, documentLocale }
    },
    staleTime: 60_000,
  })
}

/** The instalments of a signed contract as they stand. */
export function useInstalments(contractId: string, enabled: boolean) {
  return useQuery({
    queryKey: ['receivables', 'contract', contractId],
    queryFn: () =>
      api.receivables.list({
        limit: 50,
        sort: { key: 'dueDay', dir: 'asc' },
        filters: { contractId: contractId as never },
      }),
    enabled,
  })
}

/** Rates in force on a day as choices; a stored rate that is no longer in force stays visible. */
export function rateChoices(
  taxRates: readonly { rate: number; label: string; from: string; to: string | null }[],
  day: string,
  used: readonly number[],
): { value: number; label: string }[] {
  const rates = new Set([...ratesOn(taxRates, day), ...used])
  return [...rates].sort((a, b) => b - a).map((rate) => ({ value: rate, label: `${rate / 100}%` }))
}
