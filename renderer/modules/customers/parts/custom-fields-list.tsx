import { fieldsInUse, formatShown, labelIn, ownValue } from '#shared/modules/customers/customers.fields.rules.ts'
import type { FieldView } from '#shared/modules/customers/customers.fields.schema.ts'
import type { CustomerRow } from '#shared/modules/customers/customers.schema.ts'
import { useCustomFields, useFieldWords } from '#renderer/modules/customers/custom-fields.queries.ts'
import type { GridColumn } from '#renderer/ui/data-grid.tsx'
import type { FilterValue } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'

/** Names of the list's columns and filters that are fields of the firm's own. */
const PREFIX = 'field:'
const RIGHT: ReadonlySet<FieldView['kind']> = new Set(['number'])

/** The fields that are shown in the list, as columns. */
export function useFieldColumns(): GridColumn<CustomerRow>[] {
  const words = useFieldWords()
  return fieldsInUse(useCustomFields())
    .filter((field) => field.inList)
    .map((field) => {
      const text = (row: CustomerRow) => formatShown(field, ownValue(row.fields, field.key), words)
      return {
        key: `${PREFIX}${field.key}`,
        title: labelIn(field.labels, words.locale),
        width: field.kind === 'text' ? 140 : 110,
        ...(RIGHT.has(field.kind) ? { align: 'right' as const } : {}),
        render: text,
        text,
      }
    })
}

const ENDS = ['from', 'to'] as const

/**
 * Own fields as filters of the list: choices (an option no longer offered can still be looked for), yes or no, and the
 * two ends of a span of numbers or days.
 */
export function useFieldFilters(): GridFilter[] {
  const t = useT()
  const words = useFieldWords()
  return fieldsInUse(useCustomFields()).flatMap((field): GridFilter[] => {
    const base = { kind: 'select' as const, name: `${PREFIX}${field.key}`, label: labelIn(field.labels, words.locale) }
    if (field.kind === 'choice') {
      const options = field.options.map((option) => ({
        value: option.key,
        label: labelIn(option.labels, words.locale),
      }))
      return [{ ...base, options }]
    }
    if (field.kind === 'number' || field.kind === 'day') {
      const { kind } = field
      return ENDS.map((end) => ({
        kind,
        name: `${base.name}:${end}`,
        label: t(`fields:span.${end}`, { field: base.label }),
      }))
    }
    if (field.kind !== 'yesNo') return []
    const yesOrNo = [
      { value: true, label: words.yes },
      { value: false, label: words.no },
    ]
    return [{ ...base, options: yesOrNo }]
  })
}

/** The filters of the list's address as the core takes them: own fields apart, both ends of a span together. */
export function withFieldFilters(filters: Readonly<Record<string, FilterValue>>): Record<string, unknown> {
  const others: Record<string, unknown> = {}
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(filters)) {
    const [key = '', end] = name.startsWith(PREFIX) ? name.slice(PREFIX.length).split(':') : []
    if (key === '') others[name] = value
    else if (end === undefined) fields[key] = value
    else fields[key] = { ...(fields[key] as object | undefined), [end]: value }
  }
  return Object.keys(fields).length === 0 ? others : { ...others, fields }
}
