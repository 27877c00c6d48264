import type { Translate } from '#shared/i18n/translate.ts'
import type { ShownError } from '#renderer/rpc/api.ts'

/** A failure as a sentence of the reader's language, with whatever of its data the sentence shows. */
export function failureWords(t: Translate, error: ShownError): string {
  const shown = Object.entries(error.data).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  return t(`errors:${error.code}`, Object.fromEntries(shown) as Record<string, string | number>)
}
