import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { api } from '#renderer/rpc/api.ts'

/** The search of a page that makes something new: `?customer=<id>` where one comes from a customer's card. */
export const customerSearch = z.object({ customer: z.string().max(36).optional().catch(undefined) })

/** The customer named in the address; null where none is, or none that the person here may see. */
export function useSearchedCustomer(): { customer: CustomerView | null; pending: boolean } {
  const { customer: id = '' } = useSearch({ strict: false }) as { customer?: string }
  const found = useQuery({
    queryKey: ['customers', 'get', id],
    queryFn: () => api.customers.get({ id }),
    enabled: id !== '',
  })
  return { customer: found.data ?? null, pending: id !== '' && found.isPending }
}
