import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE custom_fields (
    id TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'day', 'choice', 'yesNo')),
    labels TEXT NOT NULL,
    help TEXT NOT NULL,
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    in_list INTEGER NOT NULL CHECK (in_list IN (0, 1)),
    lines INTEGER NOT NULL CHECK (lines IN (0, 1)),
    decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 6),
    unit TEXT NOT NULL,
    options TEXT NOT NULL,
    position INTEGER NOT NULL,
    retired_at INTEGER,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  // One column per kind, so that each is compared as what it is; a field without a value has no row.
  `CREATE TABLE customer_field_values (
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    field_id TEXT NOT NULL REFERENCES custom_fields (id),
    text_value TEXT,
    number_value REAL,
    day_value TEXT,
    choice_value TEXT,
    flag_value INTEGER CHECK (flag_value IN (0, 1)),
    PRIMARY KEY (customer_id, field_id),
    CHECK (
      CASE WHEN text_value IS NULL THEN 0 ELSE 1 END + CASE WHEN number_value IS NULL THEN 0 ELSE 1 END
      + CASE WHEN day_value IS NULL THEN 0 ELSE 1 END + CASE WHEN choice_value IS NULL THEN 0 ELSE 1 END
      + CASE WHEN flag_value IS NULL THEN 0 ELSE 1 END = 1)
  ) STRICT`,
  // Filters by option and by yes or no are answered from this alone, and so is how many customers use a field.
  `CREATE INDEX customer_field_values_by_field
    ON customer_field_values (field_id, choice_value, flag_value, customer_id)`,
]

/** Fields that a firm adds to its customer file. */
export const migration = {
  id: '0016-custom-fields',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
