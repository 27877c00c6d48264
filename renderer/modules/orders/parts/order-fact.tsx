import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { OrderStageTag } from './stage-tag.tsx'

/** The order of a contract with where it stands, as a fact on the contract's page; nothing where there is none. */
export function OrderOfContract({ contractId }: { contractId: string }) {
  const may = useCan('orders.read')
  const found = useQuery({
    queryKey: ['orders', 'contract', contractId],
    queryFn: () => api.orders.ofContract({ contractId: contractId as never }),
    enabled: may,
  })
  if (!found.data) return null
  return (
    <>
      <Link to={`/orders/${found.data.id}` as never}>{found.data.number}</Link> <OrderStageTag row={found.data} />
    </>
  )
}
