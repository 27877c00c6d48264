import { useEffect, useState } from 'react'
import type { ContractDraft } from '#shared/modules/contracts/contracts.schema.ts'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { fetchFile } from '#renderer/ui/files.ts'

export interface Preview {
  readonly bytes: Uint8Array<ArrayBuffer> | null
  readonly name: string
  readonly error: ShownError | null
}

const AFTER_MS = 700

/**
 * The contract as a PDF while it is typed: made anew when typing rests. What cannot be read yet leaves the last good
 * page standing; a newer request makes an older one's answer void.
 */
export function usePreview(id: string | null, fields: ContractDraft | null): Preview {
  const [preview, setPreview] = useState<Preview>({ bytes: null, name: '', error: null })
  useEffect(() => {
    if (fields === null) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      make(id, fields, stop.signal)
        .then((made) => {
          if (!stop.signal.aborted) setPreview({ ...made, error: null })
        })
        .catch((error: unknown) => {
          if (!stop.signal.aborted) setPreview((old) => ({ ...old, error: shownError(error) }))
        })
    }, AFTER_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [id, fields])
  return preview
}

/** The PDF of a stored contract, or of what is typed. */
export async function make(id: string | null, fields: ContractDraft | null, signal?: AbortSignal) {
  const { fileId, name } = await api.contracts.preview(
    { id: id as never, fields: fields as never },
    signal ? { signal } : {},
  )
  const { bytes } = await fetchFile(fileId)
  return { bytes, name }
}
