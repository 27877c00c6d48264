import { useMemo } from 'react'
import type { ContractDraft } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { fetchFile } from '#renderer/ui/files.ts'
import { useMadePdf } from '#renderer/ui/use-made-pdf.ts'

const AFTER_MS = 700

/** The contract as a PDF while it is typed; null fields cannot be read yet. */
export function usePreview(id: string | null, fields: ContractDraft | null) {
  const make = useMemo(() => {
    if (fields === null) return null
    return async (signal: AbortSignal) => {
      const { fileId, name } = await api.contracts.preview({ id: id as never, fields: fields as never }, { signal })
      const { bytes } = await fetchFile(fileId)
      return { bytes, name }
    }
  }, [id, fields])
  return useMadePdf(make, AFTER_MS)
}
