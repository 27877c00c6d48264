import { useEffect, useState } from 'react'
import type { Locale } from '#shared/i18n/locale.ts'
import { templateWording, type ContractKind, type TemplateWording } from '#shared/modules/clauses/clauses.schema.ts'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { fetchFile } from '#renderer/ui/files.ts'

export interface TemplatePreview {
  readonly bytes: Uint8Array<ArrayBuffer> | null
  readonly name: string
  readonly error: ShownError | null
}

const AFTER_MS = 900

/** A template as a PDF with sample values, made anew when typing rests. */
export function useTemplatePreview(input: {
  readonly kind: ContractKind
  readonly language: Locale
  readonly second: Locale | null
  readonly wording: TemplateWording
}): TemplatePreview {
  const [preview, setPreview] = useState<TemplatePreview>({ bytes: null, name: '', error: null })
  const { kind, language, second, wording } = input
  useEffect(() => {
    const parsed = templateWording.safeParse(wording)
    if (!parsed.success || parsed.data.articles.length === 0) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      api.clauses.templates
        .preview({ kind, language, second, wording: parsed.data }, { signal: stop.signal })
        .then(({ fileId }) => fetchFile(fileId))
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
  }, [kind, language, second, wording])
  return preview
}
