import { sql, type Kysely } from 'kysely'

const COUNTS = `state = 'issued' AND removed_at IS NULL`
const ATTACHED = `id, parent_kind, parent_id, file_id, name, kind, size, sha256, created_at, created_by, removed_at,
  removed_by, removal_reason, version`

const HANDED = 'handover_id, kind, entity_id, customer_id, label, amount, former_owner_id'

const DDL = [
  `CREATE TABLE invoices (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('digitalSpecial', 'digitalNormal', 'legacySpecial', 'legacyNormal')),
    code TEXT NOT NULL,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    customer_id TEXT REFERENCES customers (id),
    contract_id TEXT REFERENCES contracts (id),
    owner_id TEXT REFERENCES users (id),
    buyer_name TEXT NOT NULL,
    buyer TEXT NOT NULL,
    net INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    red_total INTEGER NOT NULL DEFAULT 0,
    linked INTEGER NOT NULL DEFAULT 0 CHECK (linked >= 0),
    blue_id TEXT REFERENCES invoices (id),
    red_reason TEXT NOT NULL DEFAULT '' CHECK (red_reason IN (
      '', 'mistake', 'returned', 'stopped', 'allowance', 'unknown'
    )),
    notice TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('issued', 'void')),
    void_day TEXT,
    void_reason TEXT NOT NULL DEFAULT '',
    electronic INTEGER NOT NULL CHECK (electronic IN (0, 1)),
    note TEXT NOT NULL,
    reason TEXT NOT NULL,
    removed_at INTEGER,
    removed_reason TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT REFERENCES users (id),
    updated_at INTEGER NOT NULL,
    CHECK (amount = net + tax),
    CHECK ((blue_id IS NULL) = (amount > 0) AND amount <> 0),
    CHECK ((blue_id IS NULL) = (red_reason = '')),
    CHECK (red_total >= 0 AND (amount < 0 OR red_total <= amount) AND (amount > 0 OR red_total = 0)),
    CHECK (linked = 0 OR linked <= amount - red_total),
    CHECK (contract_id IS NULL OR customer_id IS NOT NULL),
    CHECK ((state = 'void') = (void_day IS NOT NULL)),
    CHECK (state = 'issued' OR (red_total = 0 AND linked = 0)),
    CHECK (removed_at IS NULL OR (red_total = 0 AND linked = 0))
  ) STRICT`,
  `CREATE INDEX invoices_by_day ON invoices (day, id)`,
  `CREATE INDEX invoices_by_number ON invoices (number, id)`,
  `CREATE INDEX invoices_by_amount ON invoices (amount, id)`,
  `CREATE INDEX invoices_by_buyer ON invoices (buyer_name, id)`,
  `CREATE INDEX invoices_by_updated ON invoices (updated_at, id)`,
  `CREATE INDEX invoices_by_owner ON invoices (owner_id, day, id)`,
  `CREATE INDEX invoices_by_customer ON invoices (customer_id, day, id)`,
  `CREATE INDEX invoices_by_contract ON invoices (contract_id, day, id) WHERE contract_id IS NOT NULL`,
  `CREATE INDEX invoices_of_contract ON invoices (contract_id, amount) WHERE ${COUNTS}`,
  `CREATE INDEX invoices_of_customer ON invoices (customer_id, owner_id, amount) WHERE ${COUNTS}`,
  `CREATE INDEX invoices_red ON invoices (blue_id) WHERE blue_id IS NOT NULL`,
  `CREATE TABLE invoice_lines (
    id TEXT NOT NULL PRIMARY KEY,
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity TEXT NOT NULL,
    price TEXT NOT NULL,
    net INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    rate INTEGER CHECK (rate BETWEEN 0 AND 10000),
    UNIQUE (invoice_id, seq)
  ) STRICT`,
  `CREATE TABLE invoice_instalments (
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (invoice_id, instalment_id)
  ) STRICT`,
  `CREATE INDEX invoice_instalments_billed ON invoice_instalments (instalment_id, invoice_id, amount)`,
  // Original files of invoices are XML and OFD. A check cannot be changed in place: the table is built anew.
  `CREATE TABLE attachments_anew (
    id TEXT NOT NULL PRIMARY KEY,
    parent_kind TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    file_id TEXT,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (
      kind IN ('pdf', 'png', 'jpeg', 'webp', 'gif', 'docx', 'xlsx', 'pptx', 'txt', 'csv', 'xml', 'ofd')
    ),
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    created_at INTEGER NOT NULL,
    created_by TEXT REFERENCES users (id),
    removed_at INTEGER,
    removed_by TEXT REFERENCES users (id),
    removal_reason TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 0,
    CHECK (removed_at IS NOT NULL OR file_id IS NOT NULL)
  ) STRICT`,
  `INSERT INTO attachments_anew (${ATTACHED}) SELECT ${ATTACHED} FROM attachments`,
  `DROP TABLE attachments`,
  `ALTER TABLE attachments_anew RENAME TO attachments`,
  `CREATE INDEX attachments_by_parent ON attachments (parent_kind, parent_id, created_at, id)`,
  `CREATE UNIQUE INDEX attachments_once ON attachments (parent_kind, parent_id, sha256) WHERE removed_at IS NULL`,
  `CREATE INDEX attachments_removed ON attachments (removed_at) WHERE file_id IS NOT NULL AND removed_at IS NOT NULL`,
  `CREATE INDEX attachments_gone ON attachments (parent_kind, parent_id, removed_at, id) WHERE removed_at IS NOT NULL`,
  // Invoices go along in a hand-over.
  `CREATE TABLE handover_items_anew (
    handover_id TEXT NOT NULL REFERENCES handovers (id),
    kind TEXT NOT NULL CHECK (
      kind IN ('customer', 'deal', 'contract', 'receivable', 'obligation', 'invoice', 'task', 'visit')
    ),
    entity_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    label TEXT NOT NULL,
    amount INTEGER,
    former_owner_id TEXT,
    PRIMARY KEY (handover_id, kind, entity_id)
  ) STRICT`,
  `INSERT INTO handover_items_anew (${HANDED}) SELECT ${HANDED} FROM handover_items`,
  `DROP TABLE handover_items`,
  `ALTER TABLE handover_items_anew RENAME TO handover_items`,
]

/** Invoices issued, their lines, which instalments they bill; files of two more kinds. */
export const migration = {
  id: '0036-invoices',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
