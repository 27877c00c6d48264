import { sql, type Kysely } from 'kysely'

const KEPT = `id, version, number, kind, state, title, customer_id, owner_id, language, template_id,
  template_version, our_signer, their_signer, sign_place, sign_day, sign_key, buyer_name, buyer,
  seller, terms, amount, net, tax, settled, void_day, void_reason, search_text, created_at,
  created_by, updated_at, deal_id`

const DDL = [
  // A check cannot be changed in place: the table is built anew. What points at it does so by its id.
  `CREATE TABLE contracts_anew (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('goods_sale', 'services', 'frame')),
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
    sign_key TEXT NOT NULL CHECK (sign_key = coalesce(sign_day, '')),
    buyer_name TEXT NOT NULL,
    buyer TEXT NOT NULL,
    seller TEXT,
    terms TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    net INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    void_day TEXT,
    void_reason TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    deal_id TEXT REFERENCES deals (id),
    CHECK (amount = net + tax),
    CHECK (settled BETWEEN 0 AND amount),
    CHECK (state <> 'signed' OR (sign_day IS NOT NULL AND seller IS NOT NULL)),
    CHECK (state <> 'void' OR (void_day IS NOT NULL AND void_reason <> ''))
  ) STRICT`,
  `INSERT INTO contracts_anew (${KEPT}) SELECT ${KEPT} FROM contracts`,
  `DROP TABLE contracts`,
  `ALTER TABLE contracts_anew RENAME TO contracts`,
  `CREATE INDEX contracts_customer ON contracts (customer_id, sign_day)`,
  `CREATE INDEX contracts_owner ON contracts (owner_id, sign_day)`,
  `CREATE INDEX contracts_owner_signed ON contracts (owner_id, sign_key, id)`,
  `CREATE INDEX contracts_owner_updated ON contracts (owner_id, updated_at, id)`,
  `CREATE INDEX contracts_state_updated ON contracts (state, updated_at, id)`,
  `CREATE INDEX contracts_updated ON contracts (updated_at, id)`,
  `CREATE INDEX contracts_amount ON contracts (amount, id)`,
  `CREATE INDEX contracts_sign_day ON contracts (sign_key, id)`,
  `CREATE INDEX contracts_buyer ON contracts (buyer_name, id)`,
  `CREATE INDEX contracts_by_deal ON contracts (deal_id) WHERE deal_id IS NOT NULL`,
  `CREATE INDEX contracts_by_number ON contracts (number, owner_id, id)`,
  `CREATE INDEX contracts_of_customer ON contracts (customer_id, created_at, id)`,
  `CREATE INDEX contracts_signed_of_customer ON contracts (customer_id, sign_day, created_at, id)
    WHERE sign_day IS NOT NULL`,
  `ALTER TABLE contract_lines ADD COLUMN delivery_day TEXT`,
  `ALTER TABLE contract_plan ADD COLUMN due_rule TEXT NOT NULL DEFAULT 'days'
    CHECK (due_rule IN ('days', 'monthEnd', 'monthDay'))`,
  `ALTER TABLE contract_plan ADD COLUMN month_day INTEGER CHECK (month_day BETWEEN 1 AND 31)`,
]

/** More kinds of contracts, days of delivery by line, payment at a month's end. */
export const migration = {
  id: '0026-contract-draft',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    // Without rows of its own a firm is checked against the shipped legal numbers.
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'contractLaw', '[]', 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
