export interface CustomFieldsTable {
  id: string
  key: string
  kind: string
  /** By language, as JSON. */
  labels: string
  help: string
  required: number
  in_list: number
  lines: number
  decimals: number
  unit: string
  options: string
  position: number
  retired_at: number | null
  version: number
  created_at: number
  updated_at: number
}

export interface CustomFieldsTables {
  custom_fields: CustomFieldsTable
  /** Exactly one of the values is there. */
  customer_field_values: {
    customer_id: string
    field_id: string
    text_value: string | null
    number_value: number | null
    day_value: string | null
    choice_value: string | null
    flag_value: number | null
  }
}
