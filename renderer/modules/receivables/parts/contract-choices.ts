import { useQuery } from '@tanstack/react-query'
import { api } from '#renderer/rpc/api.ts'

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
