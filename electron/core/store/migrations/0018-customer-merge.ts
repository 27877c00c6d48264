import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE customer_merges (
    id TEXT NOT NULL PRIMARY KEY,
    kept_id TEXT NOT NULL REFERENCES customers (id),
    dropped_id TEXT NOT NULL REFERENCES customers (id),
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'final')),
    user_id TEXT REFERENCES users (id),
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    way_back TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX customer_merges_by_kept ON customer_merges (kept_id, at)`,
  `CREATE UNIQUE INDEX customer_merges_by_dropped ON customer_merges (dropped_id) WHERE state <> 'undone'`,
  `CREATE INDEX customer_merges_due ON customer_merges (until) WHERE state = 'done'`,
  // Firms write from addresses of their own: the same domain is the same firm, or one of its branches.
  `CREATE INDEX customer_contacts_by_domain ON customer_contacts (lower(substr(email, instr(email, '@') + 1)))
    WHERE email <> ''`,
  `CREATE TABLE customer_apart (
    one_id TEXT NOT NULL REFERENCES customers (id),
    other_id TEXT NOT NULL REFERENCES customers (id),
    user_id TEXT REFERENCES users (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (one_id, other_id),
    CHECK (one_id < other_id)
  ) STRICT`,
]

/** What a merge of two files takes to be undone, and which files are known to be two. */
export const migration = {
  id: '0018-customer-merge',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
