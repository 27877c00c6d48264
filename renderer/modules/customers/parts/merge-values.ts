import { MERGE_FIELDS, type MergeField } from '#shared/modules/customers/customers.merge.rules.ts'
import type { CustomerFields, CustomerView } from '#shared/modules/customers/customers.schema.ts'

const WORDS: ReadonlySet<MergeField> = new Set(['kind', 'stage', 'source', 'size'])

/** The fields of a file out of its card, as the rules of merging take them. */
export function fileOf(view: CustomerView): CustomerFields {
  const keys = [...MERGE_FIELDS, 'contacts', 'fields'] as const
  return Object.fromEntries(keys.map((key) => [key, view[key as keyof CustomerView]])) as CustomerFields
}

/** What a field says, in words. */
export function shownValue(t: (key: string) => string, field: MergeField, view: CustomerView): string {
  if (field === 'ownerId') return view.ownerName ?? ''
  if (field === 'invoice') return Object.values(view.invoice).filter(Boolean).join(' · ')
  const value = String(view[field] ?? '')
  return WORDS.has(field) && value !== '' ? t(`customers:${field}.${value}`) : value
}
