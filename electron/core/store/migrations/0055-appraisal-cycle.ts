import { sql, type Kysely } from 'kysely'

const DDL = [
  // Points that whoever locks the month gives or takes, in hundredths. Never his own.
  `CREATE TABLE performance_calibrations (
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    points INTEGER NOT NULL CHECK (points <> 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    set_at INTEGER NOT NULL,
    set_by TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (month, user_id),
    CHECK (set_by <> user_id)
  ) STRICT`,
  // Whoever was appraised agreed to this very total.
  `CREATE TABLE performance_confirmations (
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    total INTEGER NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (month, user_id)
  ) STRICT`,
  // Or did not, and what he was answered. An empty indicator: the result as a whole.
  `CREATE TABLE performance_appeals (
    id TEXT NOT NULL PRIMARY KEY,
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    indicator TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL CHECK (reason <> ''),
    day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'refused')),
    answer TEXT NOT NULL DEFAULT '',
    answered_day TEXT,
    answered_by TEXT REFERENCES users (id),
    CHECK ((state = 'open') = (answered_day IS NULL)),
    CHECK ((state = 'open') = (answer = '')),
    CHECK (answered_by IS NULL OR answered_by <> user_id)
  ) STRICT`,
  `CREATE UNIQUE INDEX performance_appeals_open ON performance_appeals (month, user_id) WHERE state = 'open'`,
  `CREATE INDEX performance_appeals_of_month ON performance_appeals (month, user_id, id)`,
]

/** What happens to a month between its end and its lock. */
export const migration = {
  id: '0055-appraisal-cycle',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
