import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE dunning_policies (
    version INTEGER NOT NULL PRIMARY KEY,
    policy TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT
  ) STRICT`,
  `CREATE TABLE dunning_letters (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 9),
    day TEXT NOT NULL,
    deadline_day TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zh-CN', 'zh-TW', 'en')),
    principal INTEGER NOT NULL CHECK (principal > 0),
    interest INTEGER NOT NULL CHECK (interest >= 0),
    policy_version INTEGER NOT NULL,
    file_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('issued', 'void')),
    void_reason TEXT NOT NULL DEFAULT '',
    sent_way TEXT CHECK (sent_way IN ('ems', 'courier', 'email', 'hand', 'other')),
    sent_day TEXT,
    sent_reference TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    created_by TEXT
  ) STRICT`,
  `CREATE INDEX dunning_letters_by_day ON dunning_letters (day, id)`,
  `CREATE INDEX dunning_letters_by_principal ON dunning_letters (principal, id)`,
  `CREATE INDEX dunning_letters_by_customer ON dunning_letters (customer_id, day)`,
  `CREATE TABLE dunning_letter_lines (
    letter_id TEXT NOT NULL REFERENCES dunning_letters (id),
    position INTEGER NOT NULL,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    contract_number TEXT NOT NULL,
    label TEXT NOT NULL,
    due_day TEXT NOT NULL,
    days_overdue INTEGER NOT NULL,
    outstanding INTEGER NOT NULL,
    interest INTEGER NOT NULL,
    PRIMARY KEY (letter_id, position)
  ) STRICT`,
  `CREATE INDEX dunning_lines_by_instalment ON dunning_letter_lines (instalment_id)`,
  `CREATE TABLE dunning_exclusions (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    reason TEXT NOT NULL,
    until_day TEXT,
    created_at INTEGER NOT NULL,
    created_by TEXT
  ) STRICT`,
]

/** The dunning ladder, the letters it made and who is left out. */
export const migration = {
  id: '0006-dunning',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
