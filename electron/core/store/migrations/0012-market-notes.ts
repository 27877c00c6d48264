import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE market_notes (
    id TEXT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL,
    competitor TEXT NOT NULL,
    product TEXT NOT NULL DEFAULT '',
    price INTEGER,
    unit TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL CHECK (source IN ('customer', 'exhibition', 'web', 'tender', 'partner', 'other')),
    content TEXT NOT NULL,
    customer_id TEXT REFERENCES customers (id),
    author_id TEXT NOT NULL REFERENCES users (id),
    addressed_id TEXT NOT NULL REFERENCES users (id),
    answer TEXT NOT NULL CHECK (answer IN ('open', 'adopted', 'notAdopted')),
    answer_note TEXT NOT NULL DEFAULT '',
    answered_by TEXT REFERENCES users (id),
    answered_day TEXT,
    search_text TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX market_notes_by_day ON market_notes (day, id, answer, author_id, addressed_id, source, competitor)`,
  `CREATE INDEX market_notes_by_competitor ON market_notes (competitor, id)`,
  `CREATE INDEX market_notes_by_customer ON market_notes (customer_id)`,
]

/** What people heard of competitors and the market, and what a manager made of it. */
export const migration = {
  id: '0012-market-notes',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
