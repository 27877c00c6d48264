import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = [
  `CREATE TABLE credit_cards (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL UNIQUE REFERENCES customers (id),
    version INTEGER NOT NULL,
    credit_limit INTEGER CHECK (credit_limit >= 0),
    limit_key INTEGER NOT NULL CHECK (limit_key = coalesce(credit_limit, -1)),
    days INTEGER CHECK (days >= 0),
    prepay INTEGER CHECK (prepay BETWEEN 0 AND 10000),
    valid_to TEXT,
    valid_key TEXT NOT NULL CHECK (valid_key = coalesce(valid_to, '9999-12-31')),
    hold INTEGER NOT NULL CHECK (hold IN (0, 1)),
    hold_reason TEXT NOT NULL,
    registration TEXT NOT NULL CHECK (registration IN ('active', 'abnormal', 'revoked', 'unknown')),
    registration_day TEXT,
    registration_note TEXT NOT NULL,
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    grade TEXT CHECK (grade IN ('A', 'B', 'C', 'D')),
    facts TEXT NOT NULL,
    scored_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (hold = 1 OR hold_reason = '')
  ) STRICT`,
  `CREATE INDEX credit_cards_by_score ON credit_cards (score, id)`,
  `CREATE INDEX credit_cards_by_limit ON credit_cards (limit_key, id)`,
  `CREATE INDEX credit_cards_by_validity ON credit_cards (valid_key, id)`,
  `CREATE INDEX credit_cards_by_update ON credit_cards (updated_at, id)`,
  // What was set, held, released or looked up, each with its reason; nothing of it is ever changed.
  `CREATE TABLE credit_changes (
    id TEXT NOT NULL PRIMARY KEY,
    card_id TEXT NOT NULL REFERENCES credit_cards (id),
    kind TEXT NOT NULL CHECK (kind IN ('limit', 'hold', 'lift', 'registration', 'release')),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    user_id TEXT REFERENCES users (id)
  ) STRICT`,
  `CREATE INDEX credit_changes_of ON credit_changes (card_id, at, id)`,
  // A limit that is asked for and waits for its approval.
  `CREATE TABLE credit_requests (
    id TEXT NOT NULL PRIMARY KEY,
    card_id TEXT NOT NULL REFERENCES credit_cards (id),
    credit_limit INTEGER NOT NULL CHECK (credit_limit >= 0),
    days INTEGER,
    prepay INTEGER,
    valid_to TEXT,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'refused')),
    asked_at INTEGER NOT NULL,
    asked_by TEXT NOT NULL REFERENCES users (id)
  ) STRICT`,
  `CREATE UNIQUE INDEX credit_requests_open ON credit_requests (card_id) WHERE state = 'asked'`,
  // Goods of an order may leave although the check says no: who said so, why, and until when.
  `CREATE TABLE credit_releases (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    until_day TEXT NOT NULL,
    reason TEXT NOT NULL,
    exposure INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id)
  ) STRICT`,
  `CREATE INDEX credit_releases_of ON credit_releases (order_id, until_day)`,
]

/** What a firm whose file is older begins with; a new firm gets the same at its first run. */
const POLICY = JSON.stringify({
  points: { delay: 30, promises: 15, disputes: 10, overdue: 20, years: 10, size: 10, registration: 5 },
  grades: [
    { grade: 'A', from: 80, limit: 50_000_000, days: 60, prepay: 0 },
    { grade: 'B', from: 60, limit: 20_000_000, days: 30, prepay: 2000 },
    { grade: 'C', from: 40, limit: 5_000_000, days: 15, prepay: 3000 },
    { grade: 'D', from: 0, limit: 0, days: 0, prepay: 10_000 },
  ],
  atDraft: 'warn',
  atDelivery: 'block',
  holdFromDays: null,
  approveFrom: 20_000_000,
})

/** Credit: what a customer is trusted with, who said so, and what was let through in spite of it. */
export const migration = {
  id: '0039-credit',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'credit', ${POLICY}, 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
