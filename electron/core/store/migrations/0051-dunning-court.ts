import { sql, type Kysely } from 'kysely'

const DDL = [
  // What was put together for a court, by whom and of how many pieces; the pieces stay where they are kept.
  `CREATE TABLE dunning_court_files (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    day TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zh-CN', 'zh-TW', 'en')),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    index_file_id TEXT NOT NULL,
    pieces INTEGER NOT NULL CHECK (pieces > 0),
    gaps INTEGER NOT NULL CHECK (gaps >= 0),
    principal INTEGER NOT NULL,
    interest INTEGER NOT NULL,
    closed_day TEXT,
    created_at INTEGER NOT NULL,
    created_by TEXT
  ) STRICT`,
  `CREATE INDEX dunning_court_files_of_customer ON dunning_court_files (customer_id, day, id)`,
  `CREATE TABLE dunning_court_debts (
    court_file_id TEXT NOT NULL REFERENCES dunning_court_files (id),
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    PRIMARY KEY (court_file_id, instalment_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX dunning_court_debts_of_instalment ON dunning_court_debts (instalment_id)`,
]

/** The register of files for court. */
export const migration = {
  id: '0051-dunning-court',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
