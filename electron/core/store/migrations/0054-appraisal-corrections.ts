import { sql, type Kysely } from 'kysely'

const DDL = [
  // A figure of a locked month that shall be another one: asked for by one person, decided by another.
  `CREATE TABLE performance_corrections (
    id TEXT NOT NULL PRIMARY KEY,
    month TEXT NOT NULL REFERENCES performance_months (month),
    user_id TEXT NOT NULL REFERENCES users (id),
    indicator TEXT NOT NULL,
    held INTEGER,
    value INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    evidence TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('asked', 'returned', 'refused', 'withdrawn', 'done', 'replaced')),
    asked_at INTEGER NOT NULL,
    asked_by TEXT NOT NULL REFERENCES users (id),
    decided_day TEXT,
    decided_by TEXT REFERENCES users (id),
    CHECK (asked_by <> user_id),
    CHECK (state NOT IN ('done', 'replaced') OR decided_day IS NOT NULL)
  ) STRICT`,
  `CREATE UNIQUE INDEX performance_corrections_open ON performance_corrections (month, user_id, indicator)
    WHERE state IN ('asked', 'returned')`,
  `CREATE UNIQUE INDEX performance_corrections_done ON performance_corrections (month, user_id, indicator)
    WHERE state = 'done'`,
  `CREATE INDEX performance_corrections_of_month ON performance_corrections (month, asked_at, id)`,
]

/** Corrections of locked months. */
export const migration = {
  id: '0054-appraisal-corrections',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
