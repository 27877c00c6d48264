import { sql, type RawBuilder } from 'kysely'
import {
  MAX_FIELDS,
  type FieldFilters,
  type FieldKind,
  type FieldValue,
  type FieldValues,
  type FieldView,
} from '#shared/modules/customers/customers.fields.schema.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { CustomFieldsTable, CustomFieldsTables } from '#core/store/tables/custom-fields.tables.ts'

type ValueRow = CustomFieldsTables['customer_field_values']
type Row = Omit<ValueRow, 'customer_id' | 'field_id'>

/** Retired fields are kept as long as there are values of them; together they are no more than this. */
export const MAX_KEPT = MAX_FIELDS * 4

/** Every field in its order, retired ones too. */
export async function listFields(db: Reader | Writer): Promise<FieldView[]> {
  const rows = await db.selectFrom('custom_fields').selectAll().orderBy('position').orderBy('id').execute()
  return rows.map(toField)
}

function toField(raw: CustomFieldsTable): FieldView {
  return {
    id: raw.id,
    key: raw.key,
    kind: raw.kind as FieldKind,
    labels: JSON.parse(raw.labels) as FieldView['labels'],
    help: raw.help,
    required: raw.required === 1,
    inList: raw.in_list === 1,
    lines: raw.lines === 1,
    decimals: raw.decimals,
    unit: raw.unit,
    options: JSON.parse(raw.options) as FieldView['options'],
    retired: raw.retired_at !== null,
    version: raw.version,
  }
}

/** What each of these customers has, by the alphabet of the keys; customers without any are left out. */
export async function fieldValues(
  db: Reader | Writer,
  customerIds: readonly string[],
  only: 'all' | 'inList',
): Promise<ReadonlyMap<string, FieldValues>> {
  if (customerIds.length === 0) return new Map()
  let query = db
    .selectFrom('customer_field_values as v')
    .innerJoin('custom_fields as f', 'f.id', 'v.field_id')
    .select([
      'v.customer_id',
      'f.key',
      'v.text_value',
      'v.number_value',
      'v.day_value',
      'v.choice_value',
      'v.flag_value',
    ])
    .where('v.customer_id', 'in', [...customerIds])
  if (only === 'inList') query = query.where('f.in_list', '=', 1).where('f.retired_at', 'is', null)
  const found = new Map<string, FieldValues>()
  for (const row of await query.orderBy('f.key').execute()) {
    const values = found.get(row.customer_id) ?? {}
    values[row.key] = toValue(row)
    found.set(row.customer_id, values)
  }
  return found
}

function toValue(row: Row): FieldValue {
  if (row.flag_value !== null) return row.flag_value === 1
  return row.number_value ?? row.text_value ?? row.day_value ?? row.choice_value ?? ''
}

const NOTHING: Row = { text_value: null, number_value: null, day_value: null, choice_value: null, flag_value: null }

function toRow(kind: FieldKind, value: FieldValue): Row {
  switch (kind) {
    case 'text':
      return { ...NOTHING, text_value: String(value) }
    case 'number':
      return { ...NOTHING, number_value: Number(value) }
    case 'day':
      return { ...NOTHING, day_value: String(value) }
    case 'choice':
      return { ...NOTHING, choice_value: String(value) }
    case 'yesNo':
      return { ...NOTHING, flag_value: value === true ? 1 : 0 }
  }
}

/** Makes these all the values that a customer has; a key whose field is gone is passed over. */
export async function replaceFieldValues(
  db: Writer,
  customerId: string,
  values: FieldValues,
  had: FieldValues,
): Promise<void> {
  if (JSON.stringify(values) === JSON.stringify(had)) return
  await db.deleteFrom('customer_field_values').where('customer_id', '=', customerId).execute()
  const keys = Object.keys(values)
  if (keys.length === 0) return
  const fields = await db.selectFrom('custom_fields').select(['id', 'key', 'kind']).where('key', 'in', keys).execute()
  const rows = fields.flatMap(({ id, key, kind }) => {
    const value = values[key]
    return value === undefined ? [] : [{ customer_id: customerId, field_id: id, ...toRow(kind as FieldKind, value) }]
  })
  if (rows.length > 0) await db.insertInto('customer_field_values').values(rows).execute()
}

function valueIs(wanted: FieldFilters[string]): RawBuilder<boolean> {
  if (typeof wanted === 'boolean') return sql`v.choice_value IS NULL AND v.flag_value = ${wanted ? 1 : 0}`
  if (typeof wanted === 'string') return sql`v.choice_value = ${wanted}`
  const { from, to } = wanted
  const column = sql.ref(typeof (from ?? to) === 'number' ? 'v.number_value' : 'v.day_value')
  const low = from === undefined ? sql`` : sql`AND ${column} >= ${from}`
  const high = to === undefined ? sql`` : sql`AND ${column} <= ${to}`
  return sql`${column} IS NOT NULL ${low} ${high}`
}

/**
 * Which customers have these: an option by its key, yes or no, a number or a day within a span. A condition for each,
 * to be met by all; a span without an end says nothing.
 */
export function withFieldValues(filters: FieldFilters): RawBuilder<boolean>[] {
  const asked = Object.entries(filters).filter(
    ([, wanted]) => typeof wanted !== 'object' || (wanted.from ?? wanted.to) !== undefined,
  )
  return asked.map(([key, wanted]) => {
    const is = valueIs(wanted)
    // The index of the list's order is walked; what has the value is looked up once, not row by row.
    return sql<boolean>`coalesce(${sql.ref('customers.id')}, '') IN (
      SELECT v.customer_id FROM customer_field_values v
      WHERE v.field_id = (SELECT f.id FROM custom_fields f WHERE f.key = ${key}) AND ${is})`
  })
}

/** How many customers have a value, by field, and by option where it is a choice. */
export async function countFieldValues(
  db: Reader | Writer,
): Promise<{ id: string; count: number; options: Record<string, number> }[]> {
  const rows = await db
    .selectFrom('customer_field_values')
    .select((eb) => ['field_id', 'choice_value', eb.fn.countAll<number>().as('count')])
    .groupBy(['field_id', 'choice_value'])
    .execute()
  return [...Map.groupBy(rows, (row) => row.field_id)].map(([id, same]) => ({
    id,
    count: same.reduce((sum, row) => sum + Number(row.count), 0),
    options: Object.fromEntries(
      same.flatMap((row) => (row.choice_value === null ? [] : [[row.choice_value, Number(row.count)]])),
    ),
  }))
}
