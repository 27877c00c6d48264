import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE receivable_instalments (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    contract_number TEXT NOT NULL,
    seq INTEGER NOT NULL,
    label TEXT NOT NULL,
    trigger TEXT NOT NULL CHECK (trigger IN ('signing', 'delivery', 'acceptance', 'warranty_end', 'fixed')),
    since_day TEXT NOT NULL,
    due_day TEXT,
    due_key TEXT NOT NULL CHECK (due_key = coalesce(due_day, '9999-12-31')),
    amount INTEGER NOT NULL CHECK (amount > 0),
    settled INTEGER NOT NULL CHECK (settled >= 0),
    outstanding INTEGER NOT NULL CHECK (outstanding >= 0),
    state TEXT NOT NULL CHECK (state IN ('open', 'cancelled')),
    cancelled_day TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (contract_id, seq),
    CHECK (state = 'cancelled' OR amount = settled + outstanding),
    CHECK (state = 'open' OR (outstanding = 0 AND settled = 0 AND cancelled_day IS NOT NULL))
  ) STRICT`,
  `CREATE INDEX receivable_open_ageing ON receivable_instalments (due_key, outstanding, amount) WHERE outstanding > 0`,
  `CREATE INDEX receivable_open_customer
    ON receivable_instalments (customer_id, due_key, outstanding) WHERE outstanding > 0`,
  `CREATE INDEX receivable_open_owner
    ON receivable_instalments (owner_id, due_key, outstanding) WHERE outstanding > 0`,
  `CREATE INDEX receivable_open_due ON receivable_instalments (due_key, id) WHERE outstanding > 0`,
  `CREATE INDEX receivable_due ON receivable_instalments (due_key, id)`,
  `CREATE INDEX receivable_customer ON receivable_instalments (customer_id)`,
  `CREATE INDEX receivable_outstanding ON receivable_instalments (outstanding, id)`,
  `CREATE INDEX receivable_number ON receivable_instalments (contract_number, id)`,
  `CREATE TABLE receipts (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    day TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    allocated INTEGER NOT NULL CHECK (allocated >= 0),
    advance INTEGER NOT NULL CHECK (advance >= 0),
    method TEXT NOT NULL CHECK (method IN ('bank', 'cash', 'bill', 'other')),
    payer TEXT NOT NULL,
    reference TEXT NOT NULL,
    note TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('posted', 'reversed')),
    reversed_day TEXT,
    reversed_reason TEXT NOT NULL DEFAULT '',
    reversed_by TEXT,
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (state = 'reversed' OR amount = allocated + advance),
    CHECK (state = 'posted' OR (allocated = 0 AND advance = 0 AND reversed_day IS NOT NULL))
  ) STRICT`,
  `CREATE INDEX receipts_day ON receipts (day, id)`,
  `CREATE INDEX receipts_customer ON receipts (customer_id, day)`,
  `CREATE INDEX receipts_owner ON receipts (owner_id, day, amount)`,
  `CREATE INDEX receipts_amount ON receipts (amount, id)`,
  `CREATE INDEX receipts_advance ON receipts (customer_id, advance) WHERE advance > 0`,
  `CREATE INDEX receipts_reversed ON receipts (reversed_day) WHERE reversed_day IS NOT NULL`,
  `CREATE TABLE receipt_allocations (
    id TEXT PRIMARY KEY,
    receipt_id TEXT NOT NULL REFERENCES receipts (id),
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    customer_id TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    day TEXT NOT NULL,
    released_day TEXT,
    reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    CHECK (released_day IS NULL OR released_day >= day)
  ) STRICT`,
  `CREATE INDEX receipt_allocations_instalment ON receipt_allocations (instalment_id, day, amount)`,
  `CREATE INDEX receipt_allocations_receipt ON receipt_allocations (receipt_id)`,
]

/** Instalments owed, receipts and what paid what. */
export const migration = {
  id: '0005-receivables',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
