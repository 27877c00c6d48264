import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE INDEX customer_field_values_by_number
    ON customer_field_values (field_id, number_value, customer_id) WHERE number_value IS NOT NULL`,
  `CREATE INDEX customer_field_values_by_day
    ON customer_field_values (field_id, day_value, customer_id) WHERE day_value IS NOT NULL`,
]

/** Own fields that are numbers or days are looked for by a span. */
export const migration = {
  id: '0025-field-ranges',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
