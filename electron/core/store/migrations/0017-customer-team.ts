import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE customer_pool (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    former_owner_id TEXT REFERENCES users (id),
    reason TEXT NOT NULL CHECK (reason IN ('idle', 'released')),
    note TEXT NOT NULL DEFAULT '',
    since_day TEXT NOT NULL,
    since INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX customer_pool_by_since ON customer_pool (since, customer_id)`,
  `CREATE TABLE customer_pool_notices (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    day TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE customer_claims (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    day TEXT NOT NULL,
    claimed INTEGER NOT NULL CHECK (claimed IN (0, 1)),
    at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX customer_claims_by_user ON customer_claims (user_id, day, claimed)`,
  `CREATE INDEX customer_claims_by_customer ON customer_claims (customer_id, day)`,
  `CREATE TABLE customer_members (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    access TEXT NOT NULL CHECK (access IN ('read', 'write')),
    PRIMARY KEY (customer_id, user_id)
  ) STRICT`,
  `CREATE INDEX customer_members_by_user ON customer_members (user_id, customer_id, access)`,
  `CREATE TABLE handovers (
    id TEXT NOT NULL PRIMARY KEY,
    to_user_id TEXT NOT NULL REFERENCES users (id),
    by_user_id TEXT REFERENCES users (id),
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    undone_at INTEGER
  ) STRICT`,
  `CREATE INDEX handovers_by_at ON handovers (at, id)`,
  `CREATE TABLE handover_items (
    handover_id TEXT NOT NULL REFERENCES handovers (id),
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'deal', 'contract', 'receivable', 'task', 'visit')),
    entity_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    label TEXT NOT NULL,
    amount INTEGER,
    former_owner_id TEXT,
    PRIMARY KEY (handover_id, kind, entity_id)
  ) STRICT`,
  // Who signed a contract keeps the credit for it, whoever looks after it now.
  `CREATE TABLE contract_credits (
    contract_id TEXT NOT NULL PRIMARY KEY REFERENCES contracts (id),
    user_id TEXT NOT NULL REFERENCES users (id)
  ) STRICT`,
  `CREATE INDEX contract_credits_by_user ON contract_credits (user_id, contract_id)`,
]

const POLICY = JSON.stringify({
  idleDays: { A: 0, B: 0, C: 0, D: 0 },
  exemptKinds: [],
  noticeDays: 7,
  protectDays: 30,
  coolDays: 30,
  holdLimit: 0,
  dayLimit: 0,
})

/** Who helps to look after a customer; what was handed over; customers of nobody, and who took them. A file that is older loses none yet. */
export const migration = {
  id: '0017-customer-team',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'pool', ${POLICY}, 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
