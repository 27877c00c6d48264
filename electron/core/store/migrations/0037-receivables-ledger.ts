import { sql, type Kysely } from 'kysely'

const KEPT = `id, version, contract_id, customer_id, owner_id, contract_number, seq, label, trigger, since_day, due_day,
  due_key, amount, settled, outstanding, state, cancelled_day, created_at, updated_at`
const RECEIPT_KEPT = `id, version, number, customer_id, owner_id, day, amount, allocated, advance, method, payer, reference,
  note, state, reversed_day, reversed_reason, reversed_by, search_text, created_at, created_by, updated_at`
const NO_DAY = `'9999-12-31'`
const OPEN = `WHERE outstanding > 0`

// Checks cannot be changed in place: tables are built anew, filled before their indexes are made.
const INSTALMENTS = [
  `CREATE TABLE receivable_instalments_anew (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('contract', 'manual', 'opening')),
    contract_id TEXT REFERENCES contracts (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    contract_number TEXT NOT NULL,
    invoice_number TEXT NOT NULL DEFAULT '',
    seq INTEGER NOT NULL,
    label TEXT NOT NULL,
    trigger TEXT NOT NULL CHECK (trigger IN ('signing', 'delivery', 'acceptance', 'warranty_end', 'fixed')),
    reason TEXT NOT NULL DEFAULT '',
    since_day TEXT NOT NULL,
    due_day TEXT,
    due_key TEXT NOT NULL CHECK (due_key = coalesce(due_day, ${NO_DAY})),
    invoice_day TEXT,
    invoice_key TEXT NOT NULL CHECK (invoice_key = coalesce(invoice_day, ${NO_DAY})),
    amount INTEGER NOT NULL CHECK (amount > 0),
    settled_before INTEGER NOT NULL DEFAULT 0 CHECK (settled_before >= 0),
    settled INTEGER NOT NULL CHECK (settled >= 0),
    credited INTEGER NOT NULL DEFAULT 0 CHECK (credited >= 0),
    written_off INTEGER NOT NULL DEFAULT 0 CHECK (written_off >= 0),
    outstanding INTEGER NOT NULL CHECK (outstanding >= 0),
    disputed INTEGER NOT NULL DEFAULT 0 CHECK (disputed BETWEEN 0 AND amount),
    limitation_day TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'cancelled')),
    cancelled_day TEXT,
    search_text TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    created_by TEXT,
    updated_at INTEGER NOT NULL,
    UNIQUE (contract_id, kind, seq),
    CHECK (kind <> 'contract' OR contract_id IS NOT NULL),
    CHECK (kind = 'opening' OR settled_before = 0),
    CHECK (state = 'cancelled' OR amount = settled + credited + written_off + outstanding),
    CHECK (state = 'cancelled' OR settled >= settled_before),
    CHECK (state = 'open' OR
      (outstanding = 0 AND settled = 0 AND credited = 0 AND written_off = 0 AND cancelled_day IS NOT NULL))
  ) STRICT`,
  `INSERT INTO receivable_instalments_anew (${KEPT}, kind, invoice_key)
    SELECT ${KEPT}, 'contract', ${NO_DAY} FROM receivable_instalments`,
  `UPDATE receivable_instalments_anew SET invoice_day = b.day, invoice_key = b.day
    FROM (SELECT l.instalment_id, min(v.day) AS day FROM invoice_instalments l JOIN invoices v ON v.id = l.invoice_id
      GROUP BY l.instalment_id) b WHERE b.instalment_id = receivable_instalments_anew.id`,
  `DROP TABLE receivable_instalments`,
  `ALTER TABLE receivable_instalments_anew RENAME TO receivable_instalments`,
  `CREATE INDEX receivable_open_ageing ON receivable_instalments (due_key, outstanding, amount) ${OPEN}`,
  `CREATE INDEX receivable_open_invoice ON receivable_instalments (invoice_key, outstanding) ${OPEN}`,
  `CREATE INDEX receivable_open_customer ON receivable_instalments (customer_id, due_key, outstanding) ${OPEN}`,
  `CREATE INDEX receivable_open_owner ON receivable_instalments (owner_id, due_key, outstanding) ${OPEN}`,
  `CREATE INDEX receivable_open_contract ON receivable_instalments (contract_id, due_key, outstanding) ${OPEN}`,
  `CREATE INDEX receivable_open_due ON receivable_instalments (due_key, id) ${OPEN}`,
  `CREATE INDEX receivable_due ON receivable_instalments (due_key, id)`,
  `CREATE INDEX receivable_customer ON receivable_instalments (customer_id)`,
  `CREATE INDEX receivable_outstanding ON receivable_instalments (outstanding, id)`,
  `CREATE INDEX receivable_number ON receivable_instalments (contract_number, id)`,
  `CREATE INDEX receivable_limitation ON receivable_instalments (limitation_day, id)
    WHERE outstanding > 0 AND limitation_day IS NOT NULL`,
  `CREATE INDEX receivable_searched ON receivable_instalments (id, search_text) WHERE search_text <> ''`,
  `CREATE TABLE receivable_changes (
    id TEXT NOT NULL PRIMARY KEY,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    day TEXT NOT NULL,
    due_before TEXT,
    due_after TEXT,
    amount_before INTEGER NOT NULL,
    amount_after INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('event', 'supplement', 'ending', 'agreement', 'extension', 'person')),
    source_id TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    created_by TEXT
  ) STRICT`,
  `CREATE INDEX receivable_changes_of ON receivable_changes (instalment_id, day, id)`,
]

const RECEIPTS = [
  `CREATE TABLE receipts_anew (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    day TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    allocated INTEGER NOT NULL CHECK (allocated >= 0),
    refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded >= 0),
    advance INTEGER NOT NULL CHECK (advance >= 0),
    method TEXT NOT NULL CHECK (method IN ('bank', 'cash', 'bill', 'other')),
    payer TEXT NOT NULL,
    reference TEXT NOT NULL,
    note TEXT NOT NULL,
    designation TEXT NOT NULL DEFAULT '',
    bank_line_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('posted', 'reversed')),
    reversed_day TEXT,
    reversed_reason TEXT NOT NULL DEFAULT '',
    reversed_by TEXT,
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (state = 'reversed' OR amount = allocated + refunded + advance),
    CHECK (state = 'posted' OR (allocated = 0 AND refunded = 0 AND advance = 0 AND reversed_day IS NOT NULL))
  ) STRICT`,
  `INSERT INTO receipts_anew (${RECEIPT_KEPT}) SELECT ${RECEIPT_KEPT} FROM receipts`,
  `DROP TABLE receipts`,
  `ALTER TABLE receipts_anew RENAME TO receipts`,
  `CREATE INDEX receipts_day ON receipts (day, id)`,
  `CREATE INDEX receipts_of_customer ON receipts (customer_id, day, created_at, id)`,
  `CREATE INDEX receipts_owner ON receipts (owner_id, day, amount)`,
  `CREATE INDEX receipts_amount ON receipts (amount, id)`,
  `CREATE INDEX receipts_advance ON receipts (customer_id, advance) WHERE advance > 0`,
  `CREATE INDEX receipts_reversed ON receipts (reversed_day) WHERE reversed_day IS NOT NULL`,
  `CREATE INDEX receipts_bank_line ON receipts (bank_line_id) WHERE bank_line_id IS NOT NULL`,
  `CREATE TABLE receipt_bills (
    receipt_id TEXT NOT NULL PRIMARY KEY REFERENCES receipts (id),
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'commercial')),
    number TEXT NOT NULL,
    acceptor TEXT NOT NULL,
    maturity_day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'endorsed', 'discounted', 'collected', 'dishonoured')),
    state_day TEXT,
    note TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'held') = (state_day IS NULL))
  ) STRICT`,
  `CREATE INDEX receipt_bills_by_state ON receipt_bills (state, maturity_day, receipt_id)`,
  `CREATE UNIQUE INDEX receipt_bills_once ON receipt_bills (number) WHERE state <> 'dishonoured'`,
  `CREATE TABLE receivable_refunds (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    receipt_id TEXT NOT NULL REFERENCES receipts (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    day TEXT,
    day_key TEXT NOT NULL CHECK (day_key = coalesce(day, ${NO_DAY})),
    amount INTEGER NOT NULL CHECK (amount > 0),
    method TEXT NOT NULL CHECK (method IN ('bank', 'cash', 'bill', 'other')),
    payee TEXT NOT NULL,
    account TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'released', 'paid', 'refused', 'reversed')),
    paid_by TEXT,
    reversed_day TEXT,
    reversed_reason TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((state IN ('paid', 'reversed')) = (day IS NOT NULL)),
    CHECK ((state = 'reversed') = (reversed_day IS NOT NULL))
  ) STRICT`,
  `CREATE INDEX receivable_refunds_by_day ON receivable_refunds (day_key, id)`,
  `CREATE INDEX receivable_refunds_by_update ON receivable_refunds (updated_at, id)`,
  `CREATE INDEX receivable_refunds_of ON receivable_refunds (receipt_id, day)`,
  `CREATE INDEX receivable_refunds_of_customer ON receivable_refunds (customer_id)`,
  `CREATE TABLE receivable_credits (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    day TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    allocated INTEGER NOT NULL CHECK (allocated >= 0),
    rest INTEGER NOT NULL CHECK (rest >= 0),
    cause TEXT NOT NULL CHECK (cause IN ('returned', 'price', 'rebate', 'mistake', 'settlement', 'other')),
    reason TEXT NOT NULL,
    invoice_number TEXT NOT NULL DEFAULT '',
    invoice_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('posted', 'reversed')),
    reversed_day TEXT,
    reversed_reason TEXT NOT NULL DEFAULT '',
    reversed_by TEXT,
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (state = 'reversed' OR amount = allocated + rest),
    CHECK (state = 'posted' OR (allocated = 0 AND rest = 0 AND reversed_day IS NOT NULL))
  ) STRICT`,
  `CREATE INDEX receivable_credits_by_day ON receivable_credits (day, id)`,
  `CREATE INDEX receivable_credits_by_amount ON receivable_credits (amount, id)`,
  `CREATE INDEX receivable_credits_of_customer ON receivable_credits (customer_id, day)`,
  `CREATE INDEX receivable_credits_rest ON receivable_credits (customer_id, rest) WHERE rest > 0`,
]

const ALLOCATIONS = [
  `CREATE TABLE receivable_allocations (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'credit', 'writeOff')),
    receipt_id TEXT REFERENCES receipts (id),
    credit_id TEXT REFERENCES receivable_credits (id),
    write_off_id TEXT,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    customer_id TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    costs INTEGER NOT NULL DEFAULT 0 CHECK (costs >= 0),
    interest INTEGER NOT NULL DEFAULT 0 CHECK (interest >= 0),
    principal INTEGER NOT NULL CHECK (principal >= 0),
    day TEXT NOT NULL,
    released_day TEXT,
    reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    CHECK (released_day IS NULL OR released_day >= day),
    CHECK (amount = costs + interest + principal),
    CHECK (kind = 'receipt' OR amount = principal),
    CHECK ((kind = 'receipt') = (receipt_id IS NOT NULL)),
    CHECK ((kind = 'credit') = (credit_id IS NOT NULL)),
    CHECK ((kind = 'writeOff') = (write_off_id IS NOT NULL))
  ) STRICT`,
  `INSERT INTO receivable_allocations
    (id, kind, receipt_id, instalment_id, customer_id, amount, principal, day, released_day, reason, created_at, created_by)
    SELECT id, 'receipt', receipt_id, instalment_id, customer_id, amount, amount, day, released_day,
      CASE reason WHEN 'due_pro_rata' THEN 'proRata' WHEN 'not_due' THEN 'notDue' WHEN 'no_due_day' THEN 'noDueDay'
        ELSE reason END, created_at, created_by
    FROM receipt_allocations`,
  `DROP TABLE receipt_allocations`,
  `CREATE INDEX receivable_allocations_instalment
    ON receivable_allocations (instalment_id, day, released_day, kind, principal)`,
  `CREATE INDEX receivable_allocations_receipt ON receivable_allocations (receipt_id) WHERE receipt_id IS NOT NULL`,
  `CREATE INDEX receivable_allocations_credit ON receivable_allocations (credit_id) WHERE credit_id IS NOT NULL`,
  `CREATE INDEX receivable_allocations_write_off
    ON receivable_allocations (write_off_id) WHERE write_off_id IS NOT NULL`,
]

/**
 * What changed what is owed, summed by day, instalment and due day, so that any past day is a sum over days. Kept in
 * the order of days: what happened since is read in one stretch.
 */
const JOURNAL = [
  `CREATE TABLE receivable_journal (
    day TEXT NOT NULL,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    due_key TEXT NOT NULL,
    invoice_key TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (day, instalment_id, due_key)
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO receivable_journal
    SELECT m.day, m.id, m.due_key, i.invoice_key, i.customer_id, i.owner_id, sum(m.amount) FROM (
      SELECT since_day AS day, id, due_key, amount FROM receivable_instalments
      UNION ALL
      SELECT cancelled_day, id, due_key, -amount FROM receivable_instalments WHERE state = 'cancelled'
      UNION ALL
      SELECT a.day, i.id, i.due_key, -a.principal
        FROM receivable_allocations a JOIN receivable_instalments i ON i.id = a.instalment_id
      UNION ALL
      SELECT a.released_day, i.id, i.due_key, a.principal
        FROM receivable_allocations a JOIN receivable_instalments i ON i.id = a.instalment_id
        WHERE a.released_day IS NOT NULL
    ) m JOIN receivable_instalments i ON i.id = m.id GROUP BY m.day, m.id, m.due_key HAVING sum(m.amount) <> 0`,
  `CREATE INDEX receivable_journal_of ON receivable_journal (instalment_id)`,
  // The same of receipts and credit notes that settle nothing yet; what was used at once leaves no row.
  `CREATE TABLE receivable_unapplied (
    day TEXT NOT NULL,
    source_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'credit')),
    customer_id TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (day, source_id)
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO receivable_unapplied
    SELECT m.day, m.id, 'receipt', r.customer_id, r.owner_id, sum(m.amount) FROM (
      SELECT day, id, amount FROM receipts
      UNION ALL SELECT reversed_day, id, -amount FROM receipts WHERE reversed_day IS NOT NULL
      UNION ALL SELECT day, receipt_id, -amount FROM receivable_allocations
      UNION ALL SELECT released_day, receipt_id, amount FROM receivable_allocations WHERE released_day IS NOT NULL
    ) m JOIN receipts r ON r.id = m.id GROUP BY m.day, m.id HAVING sum(m.amount) <> 0`,
  `CREATE INDEX receivable_unapplied_of ON receivable_unapplied (source_id)`,
]

const PROVISIONS = [
  `CREATE TABLE provision_rates (
    id TEXT NOT NULL PRIMARY KEY,
    from_day TEXT NOT NULL,
    rates TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX provision_rates_by_day ON provision_rates (from_day, id)`,
  `CREATE TABLE provision_singles (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    from_day TEXT NOT NULL,
    until_day TEXT,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    CHECK (until_day IS NULL OR until_day > from_day)
  ) STRICT`,
  `CREATE INDEX provision_singles_by_day ON provision_singles (from_day, until_day)`,
  `CREATE INDEX provision_singles_of ON provision_singles (instalment_id, from_day)`,
  `CREATE TABLE provision_months (
    month TEXT NOT NULL,
    edition INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    body TEXT NOT NULL,
    outstanding INTEGER NOT NULL,
    total INTEGER NOT NULL,
    locked_at INTEGER NOT NULL,
    locked_by TEXT NOT NULL,
    opened_at INTEGER,
    opened_by TEXT,
    opened_reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (month, edition),
    CHECK ((opened_at IS NULL) = (opened_reason = ''))
  ) STRICT`,
  `CREATE UNIQUE INDEX provision_months_locked ON provision_months (month) WHERE opened_at IS NULL`,
]

const POLICY = JSON.stringify({
  bounds: [30, 60, 90, 180, 365],
  basis: 'due',
  rule: 'law',
  order: 'costsFirst',
  bookInterest: false,
  refundLimit: 500_000,
})

/**
 * Receivables beside those of contracts, what changed their due days, receipts with bills, refunds and credit notes, the
 * journal that any past day is summed from, provisions.
 */
export const migration = {
  id: '0037-receivables-ledger',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [...INSTALMENTS, ...RECEIPTS, ...ALLOCATIONS, ...JOURNAL, ...PROVISIONS]) {
      await sql.raw(statement).execute(db)
    }
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'receivables', ${POLICY}, 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
