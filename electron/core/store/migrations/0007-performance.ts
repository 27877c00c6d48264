import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE performance_targets (
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    targets TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (month, user_id)
  ) STRICT`,
  `CREATE TABLE performance_months (
    month TEXT NOT NULL PRIMARY KEY,
    locked_at INTEGER NOT NULL,
    locked_by TEXT,
    snapshot TEXT NOT NULL
  ) STRICT`,
  `CREATE TRIGGER performance_months_never_change BEFORE UPDATE ON performance_months
   BEGIN SELECT RAISE(ABORT, 'a locked month is never altered'); END`,
]

/** Targets by person and month, and months as they were locked. */
export const migration = {
  id: '0007-performance',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
