import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import type { DealView } from '#shared/modules/deals/deals.schema.ts'
import { api } from '#renderer/rpc/api.ts'

/** The search of a page that makes something for a deal: `?deal=<id>` where one comes from its page. */
export const dealSearch = z.object({ deal: z.string().max(36).optional().catch(undefined) })

/** The deal named in the address; null where none is, or none that the person here may read. */
export function useSearchedDeal(): { deal: DealView | null; pending: boolean } {
  const { deal: id = '' } = useSearch({ strict: false }) as { deal?: string }
  const found = useQuery({ queryKey: ['deals', 'get', id], queryFn: () => api.deals.get({ id }), enabled: id !== '' })
  return { deal: found.data ?? null, pending: id !== '' && found.isPending }
}
