import { useMemo } from 'react'
import type { FieldWords } from '#shared/modules/customers/customers.fields.rules.ts'
import type { FieldView } from '#shared/modules/customers/customers.fields.schema.ts'
import { fieldWords } from '#shared/modules/customers/customers.fields.words.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'

const NONE: readonly FieldView[] = []

/** The fields that the firm added to its customer file, retired ones too; none until they are known. */
export function useCustomFields(): readonly FieldView[] {
  return useList('customers', ['fields'], () => api.customers.fields.list({})).data ?? NONE
}

/** The words that their values are shown with. */
export function useFieldWords(): FieldWords {
  const t = useT()
  const locale = useLocale()
  return useMemo(() => fieldWords(t, locale), [t, locale])
}
