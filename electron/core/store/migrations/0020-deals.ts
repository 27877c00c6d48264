import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE deals (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    stage TEXT NOT NULL CHECK (stage IN ('open', 'qualified', 'proposal', 'negotiation', 'agreed', 'won', 'lost')),
    stage_since TEXT NOT NULL,
    probability INTEGER NOT NULL CHECK (probability BETWEEN 0 AND 10000),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    expected_day TEXT NOT NULL,
    needs TEXT NOT NULL DEFAULT '',
    decision_maker TEXT NOT NULL DEFAULT '',
    budget INTEGER,
    next_step TEXT NOT NULL DEFAULT '',
    next_day TEXT,
    note TEXT NOT NULL DEFAULT '',
    quotation_skip TEXT NOT NULL DEFAULT '',
    no_competitors INTEGER NOT NULL DEFAULT 0 CHECK (no_competitors IN (0, 1)),
    closed_day TEXT,
    close_reason TEXT CHECK (close_reason IN
      ('price', 'relation', 'delivery', 'function', 'payment', 'noBudget', 'competitor', 'other')),
    close_note TEXT NOT NULL DEFAULT '',
    lost_to TEXT NOT NULL DEFAULT '',
    contract_id TEXT REFERENCES contracts (id),
    search_text TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    removed_at INTEGER,
    version INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX deals_by_expected ON deals (expected_day, id, removed_at, owner_id, stage, customer_id, amount, probability)`,
  `CREATE INDEX deals_by_updated ON deals (updated_at, id, removed_at, owner_id, stage, customer_id)`,
  `CREATE INDEX deals_by_amount ON deals (amount, id, removed_at, owner_id, stage, customer_id)`,
  `CREATE INDEX deals_by_stage ON deals (stage, expected_day, id, removed_at, owner_id, customer_id, amount, probability)`,
  `CREATE INDEX deals_by_name ON deals (sort_name, id, removed_at, owner_id, stage, customer_id)`,
  `CREATE INDEX deals_by_customer ON deals (customer_id, removed_at)`,
  `CREATE INDEX deals_by_closed ON deals (closed_day, removed_at, stage, owner_id) WHERE closed_day IS NOT NULL`,
  `CREATE TABLE deal_splits (
    deal_id TEXT NOT NULL REFERENCES deals (id),
    position INTEGER NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    share INTEGER NOT NULL CHECK (share BETWEEN 1 AND 10000),
    PRIMARY KEY (deal_id, user_id)
  ) STRICT`,
  `CREATE INDEX deal_splits_by_user ON deal_splits (user_id, deal_id)`,
  `CREATE TABLE deal_competitors (
    deal_id TEXT NOT NULL REFERENCES deals (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    product TEXT NOT NULL DEFAULT '',
    price INTEGER,
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (deal_id, position)
  ) STRICT`,
  `CREATE TABLE deal_concerns (
    deal_id TEXT NOT NULL REFERENCES deals (id),
    position INTEGER NOT NULL,
    topic TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('open', 'answered', 'settled')),
    PRIMARY KEY (deal_id, position)
  ) STRICT`,
  `CREATE TABLE deal_moves (
    id TEXT NOT NULL PRIMARY KEY,
    deal_id TEXT NOT NULL REFERENCES deals (id),
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    user_id TEXT REFERENCES users (id),
    owner_id TEXT NOT NULL,
    from_stage TEXT,
    to_stage TEXT NOT NULL,
    amount INTEGER NOT NULL,
    expected_day TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX deal_moves_by_day ON deal_moves (day, id)`,
  `CREATE INDEX deal_moves_by_deal ON deal_moves (deal_id, at)`,
  `ALTER TABLE market_notes ADD COLUMN deal_id TEXT REFERENCES deals (id)`,
  `CREATE INDEX market_notes_by_deal ON market_notes (deal_id) WHERE deal_id IS NOT NULL`,
]

/** What the stages of a firm whose file is older begin with; a new firm gets them at its first run. */
const POLICY = JSON.stringify({
  open: { probability: 1000, facts: [] },
  qualified: { probability: 3000, facts: ['needs', 'decisionMaker'] },
  proposal: { probability: 5000, facts: ['amount', 'expectedDay'] },
  negotiation: { probability: 7000, facts: ['quotation'] },
  agreed: { probability: 9000, facts: ['competitors', 'concerns'] },
})

/** Deals in the pipeline: who shares them, who competes, what worries the customer, and how they moved. */
export const migration = {
  id: '0020-deals',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'deals', ${POLICY}, 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
