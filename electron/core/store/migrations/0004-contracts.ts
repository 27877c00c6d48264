import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE contracts (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('goods_sale')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'void')),
    title TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    language TEXT NOT NULL CHECK (language IN ('zh-CN', 'zh-TW', 'en')),
    template_id TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    our_signer TEXT NOT NULL DEFAULT '',
    their_signer TEXT NOT NULL DEFAULT '',
    sign_place TEXT NOT NULL DEFAULT '',
    sign_day TEXT,
    buyer_name TEXT NOT NULL,
    buyer TEXT NOT NULL,
    seller TEXT,
    terms TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    net INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    void_day TEXT,
    void_reason TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (amount = net + tax),
    CHECK (state <> 'signed' OR (sign_day IS NOT NULL AND seller IS NOT NULL)),
    CHECK (state <> 'void' OR (void_day IS NOT NULL AND void_reason <> ''))
  ) STRICT`,
  `CREATE INDEX contracts_customer ON contracts (customer_id, sign_day)`,
  `CREATE INDEX contracts_owner ON contracts (owner_id, sign_day)`,
  `CREATE INDEX contracts_state_updated ON contracts (state, updated_at, id)`,
  `CREATE INDEX contracts_updated ON contracts (updated_at, id)`,
  `CREATE INDEX contracts_amount ON contracts (amount, id)`,
  `CREATE INDEX contracts_sign_day ON contracts (sign_day, id)`,
  `CREATE INDEX contracts_buyer ON contracts (buyer_name, id)`,
  `CREATE TABLE contract_lines (
    id TEXT PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    price INTEGER NOT NULL CHECK (price >= 0),
    rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 10000),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    net INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    UNIQUE (contract_id, seq),
    CHECK (amount = net + tax)
  ) STRICT`,
  `CREATE TABLE contract_plan (
    id TEXT PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    seq INTEGER NOT NULL,
    label TEXT NOT NULL,
    is_deposit INTEGER NOT NULL CHECK (is_deposit IN (0, 1)),
    trigger TEXT NOT NULL CHECK (trigger IN ('signing', 'delivery', 'acceptance', 'warranty_end', 'fixed')),
    days INTEGER NOT NULL CHECK (days BETWEEN 0 AND 3660),
    day_kind TEXT NOT NULL CHECK (day_kind IN ('natural', 'working')),
    fixed_day TEXT,
    share_kind TEXT NOT NULL CHECK (share_kind IN ('percent', 'amount', 'rest')),
    share_value INTEGER NOT NULL CHECK (share_value >= 0),
    amount INTEGER NOT NULL,
    UNIQUE (contract_id, seq)
  ) STRICT`,
  `CREATE TABLE contract_events (
    id TEXT PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    kind TEXT NOT NULL CHECK (kind IN ('delivery', 'acceptance', 'warranty_end')),
    day TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    replaced_at INTEGER
  ) STRICT`,
  `CREATE UNIQUE INDEX contract_events_current ON contract_events (contract_id, kind) WHERE replaced_at IS NULL`,
]

/** Contracts with their goods, payment clause and events. */
export const contracts = {
  id: '0004-contracts',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
