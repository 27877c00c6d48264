import { sql, type Kysely } from 'kysely'

const TAKEN_BACK = `void_at INTEGER,
    void_by TEXT REFERENCES users (id),
    void_reason TEXT NOT NULL DEFAULT '',
    CHECK (void_at IS NOT NULL OR void_reason = '')`

const DDL: readonly string[] = [
  // How interest on what a contract owes is counted, where a person chose it.
  `CREATE TABLE claim_terms (
    contract_id TEXT NOT NULL PRIMARY KEY REFERENCES contracts (id),
    version INTEGER NOT NULL,
    terms TEXT NOT NULL,
    article TEXT NOT NULL,
    limitation_by TEXT NOT NULL CHECK (limitation_by IN ('instalment', 'last')),
    reason TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    decided_by TEXT NOT NULL REFERENCES users (id)
  ) STRICT`,
  // Days without interest: we were late in accepting ourselves.
  `CREATE TABLE claim_pauses (
    id TEXT NOT NULL PRIMARY KEY,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL CHECK (to_day >= from_day),
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    ${TAKEN_BACK}
  ) STRICT`,
  `CREATE INDEX claim_pauses_of ON claim_pauses (instalment_id, from_day)`,
  `CREATE TABLE claim_costs (
    id TEXT NOT NULL PRIMARY KEY,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    kind TEXT NOT NULL CHECK (kind IN
      ('court', 'arbitration', 'lawyer', 'preservation', 'enforcement', 'notary', 'postage', 'other')),
    day TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    note TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    ${TAKEN_BACK}
  ) STRICT`,
  `CREATE INDEX claim_costs_of ON claim_costs (instalment_id, day)`,

  // What two persons decide: to write off, to put the due day off, to waive interest.
  `CREATE TABLE claim_requests (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('writeOff', 'extension', 'waiver')),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    reason_code TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'refused', 'reversed')),
    asked_at INTEGER NOT NULL,
    asked_by TEXT NOT NULL REFERENCES users (id),
    done_day TEXT,
    reversed_day TEXT,
    reversed_by TEXT REFERENCES users (id),
    reversed_reason TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((state IN ('done', 'reversed')) = (done_day IS NOT NULL)),
    CHECK ((state = 'reversed') = (reversed_day IS NOT NULL))
  ) STRICT`,
  `CREATE INDEX claim_requests_by_asked ON claim_requests (asked_at, id)`,
  `CREATE INDEX claim_requests_by_amount ON claim_requests (amount, id)`,
  `CREATE INDEX claim_requests_of_customer ON claim_requests (customer_id, asked_at, id)`,
  `CREATE TABLE claim_request_lines (
    request_id TEXT NOT NULL REFERENCES claim_requests (id),
    seq INTEGER NOT NULL,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    booked INTEGER CHECK (booked >= 0),
    former_due_day TEXT,
    due_day TEXT,
    keeps_accrued INTEGER NOT NULL CHECK (keeps_accrued IN (0, 1)),
    PRIMARY KEY (request_id, seq),
    UNIQUE (request_id, instalment_id)
  ) STRICT`,
  `CREATE INDEX claim_request_lines_of ON claim_request_lines (instalment_id, request_id)`,

  // What interrupts or suspends the limitation of debts, each once however many debts it is about.
  `CREATE TABLE limitation_events (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    until_day TEXT,
    ended_day TEXT,
    grace_days INTEGER CHECK (grace_days >= 0),
    proofs TEXT NOT NULL,
    strength TEXT NOT NULL CHECK (strength IN ('strong', 'weak', 'none')),
    note TEXT NOT NULL,
    source_module TEXT,
    source_id TEXT,
    created_at INTEGER NOT NULL,
    created_by TEXT REFERENCES users (id),
    ${TAKEN_BACK},
    CHECK ((source_module IS NULL) = (source_id IS NULL)),
    CHECK (ended_day IS NULL OR ended_day >= day)
  ) STRICT`,
  `CREATE INDEX limitation_events_of_customer ON limitation_events (customer_id, day, created_at, id)`,
  `CREATE UNIQUE INDEX limitation_events_source ON limitation_events (source_module, source_id)
    WHERE source_id IS NOT NULL AND void_at IS NULL`,
  `CREATE TABLE limitation_event_debts (
    event_id TEXT NOT NULL REFERENCES limitation_events (id),
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    PRIMARY KEY (event_id, instalment_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX limitation_event_debts_of ON limitation_event_debts (instalment_id, event_id)`,
  // Of whose debts with a customer somebody was warned, how near, and for which day.
  `CREATE TABLE limitation_alarms (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    months INTEGER NOT NULL,
    end_day TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (customer_id, owner_id)
  ) STRICT`,

  `CREATE TABLE claim_disputes (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
    reason_code TEXT NOT NULL CHECK (reason_code IN
      ('quality', 'quantity', 'price', 'service', 'invoice', 'records', 'agreement', 'other')),
    note TEXT NOT NULL,
    day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'resolved')),
    resolution TEXT CHECK (resolution IN ('withdrawn', 'refuted', 'conceded', 'settled', 'decided')),
    resolution_note TEXT NOT NULL DEFAULT '',
    resolved_day TEXT,
    resolved_by TEXT REFERENCES users (id),
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at INTEGER NOT NULL,
    CHECK ((state = 'resolved') = (resolution IS NOT NULL)),
    CHECK ((state = 'resolved') = (resolved_day IS NOT NULL))
  ) STRICT`,
  `CREATE INDEX claim_disputes_by_day ON claim_disputes (day, id)`,
  `CREATE INDEX claim_disputes_by_amount ON claim_disputes (amount, id)`,
  `CREATE INDEX claim_disputes_of_customer ON claim_disputes (customer_id, day, id)`,
  `CREATE UNIQUE INDEX claim_disputes_open ON claim_disputes (instalment_id) WHERE state = 'open'`,
  `CREATE INDEX claim_disputes_of ON claim_disputes (instalment_id)`,

  `CREATE TABLE statements (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    from_day TEXT NOT NULL,
    as_of TEXT NOT NULL CHECK (as_of >= from_day),
    language TEXT NOT NULL,
    opening INTEGER NOT NULL,
    raised INTEGER NOT NULL,
    received INTEGER NOT NULL,
    closing INTEGER NOT NULL,
    outstanding INTEGER NOT NULL CHECK (outstanding >= 0),
    overdue INTEGER NOT NULL CHECK (overdue >= 0),
    file_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    sent_way TEXT CHECK (sent_way IN ('ems', 'courier', 'email', 'hand', 'message', 'other')),
    sent_day TEXT,
    sent_reference TEXT NOT NULL DEFAULT '',
    answer TEXT CHECK (answer IN ('confirmed', 'differs')),
    answer_day TEXT,
    signer TEXT NOT NULL DEFAULT '',
    signer_role TEXT CHECK (signer_role IN ('legalRepresentative', 'inCharge', 'authorised', 'mailRoom', 'unknown')),
    their_amount INTEGER,
    answer_note TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at INTEGER NOT NULL,
    ${TAKEN_BACK},
    CHECK ((sent_day IS NULL) = (sent_way IS NULL)),
    CHECK ((answer IS NULL) = (answer_day IS NULL)),
    CHECK (closing = opening + raised - received)
  ) STRICT`,
  `CREATE INDEX statements_by_day ON statements (as_of, id)`,
  `CREATE INDEX statements_by_closing ON statements (closing, id)`,
  `CREATE INDEX statements_of_customer ON statements (customer_id, as_of, id)`,
  `CREATE TABLE statement_debts (
    statement_id TEXT NOT NULL REFERENCES statements (id),
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    outstanding INTEGER NOT NULL CHECK (outstanding > 0),
    PRIMARY KEY (statement_id, instalment_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX statement_debts_of ON statement_debts (instalment_id)`,

  `CREATE TABLE repayment_plans (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    day TEXT NOT NULL,
    language TEXT NOT NULL,
    principal INTEGER NOT NULL CHECK (principal > 0),
    interest INTEGER NOT NULL CHECK (interest >= 0),
    costs INTEGER NOT NULL CHECK (costs >= 0),
    calls_in INTEGER NOT NULL CHECK (calls_in IN (0, 1)),
    guarantee TEXT NOT NULL,
    terms TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'asked', 'approved', 'signed', 'called', 'void')),
    sign_day TEXT,
    our_signer TEXT NOT NULL DEFAULT '',
    signer TEXT NOT NULL DEFAULT '',
    signer_role TEXT CHECK (signer_role IN ('legalRepresentative', 'inCharge', 'authorised', 'mailRoom', 'unknown')),
    file_id TEXT,
    sha256 TEXT NOT NULL DEFAULT '',
    broken_told INTEGER NOT NULL DEFAULT 0,
    called_day TEXT,
    void_reason TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_at INTEGER NOT NULL,
    CHECK ((state IN ('signed', 'called')) = (sign_day IS NOT NULL)),
    CHECK ((state = 'called') = (called_day IS NOT NULL))
  ) STRICT`,
  `CREATE INDEX repayment_plans_by_day ON repayment_plans (day, id)`,
  `CREATE INDEX repayment_plans_by_principal ON repayment_plans (principal, id)`,
  `CREATE INDEX repayment_plans_of_customer ON repayment_plans (customer_id, day, id)`,
  `CREATE INDEX repayment_plans_signed ON repayment_plans (sign_day, id) WHERE state = 'signed'`,
  `CREATE TABLE repayment_debts (
    plan_id TEXT NOT NULL REFERENCES repayment_plans (id),
    seq INTEGER NOT NULL,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    principal INTEGER NOT NULL CHECK (principal > 0),
    interest INTEGER NOT NULL CHECK (interest >= 0),
    costs INTEGER NOT NULL CHECK (costs >= 0),
    former_due_day TEXT,
    due_day TEXT NOT NULL,
    PRIMARY KEY (plan_id, seq),
    UNIQUE (plan_id, instalment_id)
  ) STRICT`,
  `CREATE INDEX repayment_debts_of ON repayment_debts (instalment_id, plan_id)`,
  `CREATE TABLE repayment_lines (
    plan_id TEXT NOT NULL REFERENCES repayment_plans (id),
    seq INTEGER NOT NULL,
    due_day TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (plan_id, seq)
  ) STRICT`,
]

/** What a firm whose file is older begins with; a new firm gets the same at its first run. */
const POLICY = JSON.stringify({
  dayCount: 365,
  paymentDayCounts: true,
  order: 'costsFirst',
  surcharge: 3000,
  limitationBy: 'instalment',
  alarms: [12, 6, 3, 1],
  ratesThrough: '2025-06-19',
})

/** Claims: interest, limitation, disputes, what two persons decide, statements of account, repayment plans. */
export const migration = {
  id: '0038-claims',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'claims', ${POLICY}, 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
