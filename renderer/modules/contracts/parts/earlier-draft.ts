import { useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import { callOffOf, copyOf, renewalOf } from '#shared/modules/contracts/contracts.copy.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { useContract } from '#renderer/modules/contracts/contracts.queries.ts'
import { fieldsOfView } from './draft.ts'

const recordId = z.string().max(36).optional().catch(undefined)

/**
 * The search of a page that drafts from an earlier contract: `?renews=<id>` goes on from it, `?copy=<id>` copies it,
 * `?callOff=<id>` orders under it.
 */
export const earlierSearch = z.object({ renews: recordId, copy: recordId, callOff: recordId })

/** The draft that starts from the contract named in the address; null where none is. */
export function useEarlierDraft() {
  const { renews, copy, callOff } = useSearch({ strict: false }) as z.infer<typeof earlierSearch>
  const id = renews ?? callOff ?? copy ?? null
  const found = useContract(id)
  const fields = (): ContractFields | null => {
    if (!found.data || id === null) return null
    const fields = fieldsOfView(found.data)
    if (renews !== undefined) return renewalOf(id, fields)
    return callOff === undefined ? copyOf(fields) : callOffOf(found.data.number, fields)
  }
  return {
    draft: fields(),
    source: found.data?.number ?? '',
    customerName: found.data?.buyerName ?? '',
    pending: id !== null && found.isPending,
    error: id === null ? null : found.error,
  }
}
