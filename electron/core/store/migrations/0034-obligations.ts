import { sql, type Kysely } from 'kysely'

const KEPT = 'handover_id, kind, entity_id, customer_id, label, amount, former_owner_id'

const DDL: readonly string[] = [
  // Made before anything wrote to them.
  `DROP TABLE contract_obligations`,
  `DROP TABLE contract_reminders`,
  `CREATE TABLE obligations (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    contract_owner_id TEXT NOT NULL REFERENCES users (id),
    key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('delivery', 'inspection', 'acceptance', 'deposit', 'payment', 'retention',
      'invoice', 'warranty', 'notice', 'confidentiality', 'sizeNotice', 'other')),
    side TEXT NOT NULL CHECK (side IN ('ours', 'theirs')),
    seq INTEGER,
    detail TEXT NOT NULL,
    clause TEXT NOT NULL,
    amount INTEGER CHECK (amount >= 0),
    owner_id TEXT NOT NULL REFERENCES users (id),
    department_id TEXT REFERENCES departments (id),
    trigger TEXT NOT NULL CHECK (trigger IN ('signing', 'delivery', 'acceptance', 'warranty_end', 'fixed', 'none')),
    after_days INTEGER NOT NULL CHECK (after_days >= 0),
    day_kind TEXT NOT NULL CHECK (day_kind IN ('natural', 'working')),
    due_day TEXT,
    rule_day TEXT,
    due_key TEXT NOT NULL,
    waits INTEGER NOT NULL CHECK (waits IN (0, 1)),
    move_reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    by_rule INTEGER NOT NULL CHECK (by_rule IN (0, 1)),
    done_day TEXT,
    done_by TEXT REFERENCES users (id),
    done_by_rule INTEGER NOT NULL CHECK (done_by_rule IN (0, 1)),
    note TEXT NOT NULL,
    drop_code TEXT CHECK (drop_code IN ('changed', 'past', 'void', 'ended', 'person')),
    closed_at INTEGER,
    closed_by TEXT REFERENCES users (id),
    entered_day TEXT NOT NULL,
    reminded_for TEXT NOT NULL,
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT REFERENCES users (id),
    updated_at INTEGER NOT NULL,
    UNIQUE (contract_id, key),
    CHECK (due_key = CASE state WHEN 'open' THEN coalesce(due_day, '9999-12-31') ELSE 'z' || coalesce(due_day, '') END),
    CHECK ((state = 'done') = (done_day IS NOT NULL)),
    CHECK ((state = 'dropped') = (drop_code IS NOT NULL)),
    CHECK ((state = 'open') = (closed_at IS NULL)),
    CHECK (waits = 0 OR due_day IS NULL)
  ) STRICT`,
  // Their last columns are what sums are made of: these read no rows.
  `CREATE INDEX obligations_by_due ON obligations (due_key, id, state, waits)`,
  `CREATE INDEX obligations_by_state ON obligations (state, due_key, id, waits)`,
  `CREATE INDEX obligations_by_update ON obligations (updated_at, id)`,
  `CREATE INDEX obligations_held_by_due ON obligations (contract_owner_id, due_key, id, state, waits)`,
  `CREATE INDEX obligations_of_holder ON obligations (contract_owner_id, state, due_key, id, waits)`,
  `CREATE INDEX obligations_of_owner ON obligations (owner_id, state, due_key, id)`,

  `CREATE TABLE handover_items_anew (
    handover_id TEXT NOT NULL REFERENCES handovers (id),
    kind TEXT NOT NULL
      CHECK (kind IN ('customer', 'deal', 'contract', 'receivable', 'obligation', 'task', 'visit')),
    entity_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    label TEXT NOT NULL,
    amount INTEGER,
    former_owner_id TEXT,
    PRIMARY KEY (handover_id, kind, entity_id)
  ) STRICT`,
  `INSERT INTO handover_items_anew (${KEPT}) SELECT ${KEPT} FROM handover_items`,
  `DROP TABLE handover_items`,
  `ALTER TABLE handover_items_anew RENAME TO handover_items`,

  // Which contracts have come to their reminders already, each once: `mark` tells the day or the loan it was for.
  `CREATE TABLE contract_reminders (
    kind TEXT NOT NULL CHECK (kind IN ('expiry', 'unsigned', 'scan', 'loan')),
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    mark TEXT NOT NULL,
    reminded_at INTEGER NOT NULL,
    PRIMARY KEY (kind, contract_id, mark)
  ) STRICT`,
  // The last day of a term stands in the terms; lists sort and search by it.
  `ALTER TABLE contracts ADD COLUMN end_key TEXT NOT NULL DEFAULT '9999-12-31'`,
  `UPDATE contracts SET end_key = coalesce(json_extract(terms, '$.endDay'), '9999-12-31')`,
  `CREATE INDEX contracts_by_end ON contracts (end_key, id)`,
  `CREATE INDEX contracts_owner_end ON contracts (owner_id, end_key, id)`,
]

const REMINDERS = JSON.stringify({
  expiryDays: [60, 30, 7],
  noticeDays: 30,
  unsignedDays: 10,
  scanDays: 10,
  dueDays: 7,
})

/** What signed contracts bind both sides to, and what their owners are reminded of. */
export const migration = {
  id: '0034-obligations',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    await sql`UPDATE settings SET value = ${REMINDERS} WHERE key = 'contractReminders'`.execute(db)
  },
}
