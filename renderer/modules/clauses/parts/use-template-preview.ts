import { useMemo } from 'react'
import type { Locale } from '#shared/i18n/locale.ts'
import { templateWording, type ContractKind, type TemplateWording } from '#shared/modules/clauses/clauses.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { fetchFile } from '#renderer/ui/files.ts'
import { useMadePdf } from '#renderer/ui/use-made-pdf.ts'

const AFTER_MS = 900

/** A template as a PDF with sample values, made anew when typing rests. */
export function useTemplatePreview(input: {
  readonly kind: ContractKind
  readonly language: Locale
  readonly second: Locale | null
  readonly wording: TemplateWording
}) {
  const { kind, language, second, wording } = input
  const make = useMemo(() => {
    const parsed = templateWording.safeParse(wording)
    if (!parsed.success || parsed.data.articles.length === 0) return null
    return async (signal: AbortSignal) => {
      const { fileId } = await api.clauses.templates.preview(
        { kind, language, second, wording: parsed.data },
        { signal },
      )
      return fetchFile(fileId)
    }
  }, [kind, language, second, wording])
  return useMadePdf(make, AFTER_MS)
}
