import { sql, type Kysely } from 'kysely'

const DDL = [
  // What results lead to: proposed by one person, decided by another, carried out or given up.
  `CREATE TABLE performance_proposals (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('promotion', 'raise', 'transfer', 'coaching', 'training')),
    subject TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL CHECK (reason <> ''),
    basis TEXT NOT NULL DEFAULT '',
    until_day TEXT NOT NULL,
    cause TEXT NOT NULL DEFAULT '',
    last_month TEXT,
    search_text TEXT NOT NULL,
    state TEXT NOT NULL
      CHECK (state IN ('asked', 'returned', 'refused', 'withdrawn', 'approved', 'carried', 'dropped')),
    asked_at INTEGER NOT NULL,
    asked_by TEXT NOT NULL REFERENCES users (id),
    decided_day TEXT,
    decided_by TEXT REFERENCES users (id),
    done_day TEXT,
    result TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL DEFAULT '',
    closed_by TEXT REFERENCES users (id),
    CHECK (asked_by <> user_id),
    CHECK (state NOT IN ('approved', 'carried', 'dropped') OR decided_day IS NOT NULL),
    CHECK ((state IN ('carried', 'dropped')) = (done_day IS NOT NULL)),
    CHECK (closed_by IS NULL OR closed_by <> user_id)
  ) STRICT`,
  `CREATE INDEX performance_proposals_asked ON performance_proposals (asked_at, id)`,
  `CREATE INDEX performance_proposals_until ON performance_proposals (until_day, id)`,
  `CREATE INDEX performance_proposals_of ON performance_proposals (user_id, state, done_day)`,
]

/** Promotions, raises, transfers, coaching and training that results lead to. */
export const migration = {
  id: '0059-appraisal-proposals',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
