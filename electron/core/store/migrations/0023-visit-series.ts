import { sql, type Kysely } from 'kysely'

const DDL = [
  // With whom and what for is said by the visits themselves: each may change on its own, and goes where they go.
  `CREATE TABLE visit_series (
    id TEXT NOT NULL PRIMARY KEY,
    first_day TEXT NOT NULL,
    rule TEXT NOT NULL,
    created_by TEXT REFERENCES users (id),
    created_at INTEGER NOT NULL
  ) STRICT`,
  `ALTER TABLE visits ADD COLUMN series_id TEXT REFERENCES visit_series (id)`,
  `CREATE INDEX visits_by_series ON visits (series_id, day, id) WHERE series_id IS NOT NULL`,
]

/** Plans that come again. */
export const migration = {
  id: '0023-visit-series',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
