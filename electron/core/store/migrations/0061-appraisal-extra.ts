import { sql, type Kysely } from 'kysely'

const DDL = [
  // Points beside the indicators, in hundredths. One that was taken back stays, with the reason.
  `CREATE TABLE performance_extras (
    id TEXT NOT NULL PRIMARY KEY,
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    points INTEGER NOT NULL CHECK (points <> 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    evidence TEXT NOT NULL DEFAULT '',
    given_at INTEGER NOT NULL,
    given_by TEXT NOT NULL REFERENCES users (id),
    removed_at INTEGER,
    removed_by TEXT REFERENCES users (id),
    removed_reason TEXT NOT NULL DEFAULT '',
    CHECK (given_by <> user_id)
  ) STRICT`,
  `CREATE INDEX performance_extras_of_month ON performance_extras (month, user_id, id) WHERE removed_at IS NULL`,
]

/** Points that superiors give and take beside the indicators. */
export const migration = {
  id: '0061-appraisal-extra',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
