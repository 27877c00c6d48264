import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE tasks (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('nextStep', 'callBack', 'followUp', 'promise', 'other')),
    title TEXT NOT NULL CHECK (title <> ''),
    note TEXT NOT NULL DEFAULT '',
    owner_id TEXT NOT NULL REFERENCES users (id),
    due_day TEXT NOT NULL,
    first_due_day TEXT NOT NULL,
    customer_id TEXT REFERENCES customers (id),
    source_module TEXT,
    source_id TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
    result TEXT NOT NULL DEFAULT '',
    closed_at INTEGER,
    closed_by TEXT REFERENCES users (id),
    created_by TEXT REFERENCES users (id),
    search_text TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((state = 'open') = (closed_at IS NULL)),
    CHECK ((source_module IS NULL) = (source_id IS NULL))
  ) STRICT`,
  `CREATE INDEX tasks_by_due ON tasks (state, due_day, id)`,
  `CREATE INDEX tasks_by_created ON tasks (state, created_at, id)`,
  `CREATE INDEX tasks_by_owner_due ON tasks (owner_id, state, due_day, id)`,
  `CREATE INDEX tasks_by_owner_created ON tasks (owner_id, state, created_at, id)`,
  `CREATE INDEX tasks_by_author ON tasks (created_by, state, due_day, id)`,
  `CREATE INDEX tasks_by_customer ON tasks (customer_id, state, due_day, id)`,
  `CREATE INDEX tasks_by_source ON tasks (source_module, source_id, state)`,
]

/** What somebody has to do by a day, and what came of it. */
export const migration = {
  id: '0010-tasks',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
