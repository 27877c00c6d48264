import { useQuery } from '@tanstack/react-query'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { fieldsOfView } from './draft.ts'
import { FindingsList } from './findings-list.tsx'

/** The core's check of a stored draft. */
export function useDraftCheck(view: ContractView) {
  return useQuery({
    queryKey: ['contracts', 'check', view.id, view.version],
    queryFn: () => api.contracts.check(fieldsOfView(view)),
    enabled: view.state === 'draft',
  })
}

/** What a draft still lacks, on its page. */
export function DraftCheck({ view }: { view: ContractView }) {
  const check = useDraftCheck(view)
  return check.data ? <FindingsList findings={check.data} /> : null
}
