import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = [
  `CREATE TABLE contract_versions (
    id TEXT PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    no INTEGER NOT NULL CHECK (no > 0),
    reason TEXT NOT NULL CHECK (reason IN ('submitted', 'signed', 'supplement')),
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    supplement_id TEXT,
    kept_by TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    UNIQUE (contract_id, no)
  ) STRICT`,
  `CREATE TABLE contract_supplements (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'void')),
    reason TEXT NOT NULL,
    content TEXT NOT NULL,
    base_no INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    our_signer TEXT NOT NULL DEFAULT '',
    their_signer TEXT NOT NULL DEFAULT '',
    sign_day TEXT,
    void_reason TEXT NOT NULL DEFAULT '',
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (contract_id, seq),
    CHECK (state <> 'signed' OR sign_day IS NOT NULL),
    CHECK (state <> 'void' OR void_reason <> '')
  ) STRICT`,
  // Two drafts at a time would each be written against what the other is about to change.
  `CREATE UNIQUE INDEX contract_supplements_draft ON contract_supplements (contract_id) WHERE state = 'draft'`,
  `CREATE INDEX contract_supplements_signed ON contract_supplements (sign_day, created_at, id) WHERE state = 'signed'`,
  `ALTER TABLE contracts ADD COLUMN renews_id TEXT REFERENCES contracts (id)`,
  `ALTER TABLE contracts ADD COLUMN ended_day TEXT`,
  `ALTER TABLE contracts ADD COLUMN ended_reason TEXT NOT NULL DEFAULT ''
    CHECK (ended_reason IN ('', 'fulfilled', 'agreement', 'breach', 'other'))`,
  `ALTER TABLE contracts ADD COLUMN ended_note TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE contracts ADD COLUMN released INTEGER NOT NULL DEFAULT 0 CHECK (released BETWEEN 0 AND amount)`,
  `CREATE INDEX contracts_renewed ON contracts (renews_id) WHERE renews_id IS NOT NULL`,
  `CREATE INDEX contracts_ended ON contracts (ended_day, created_at, id) WHERE ended_day IS NOT NULL`,
]

/** What a contract was at each step, what was agreed about it later, what it renews and when it was ended. */
export const migration = {
  id: '0029-contract-versions',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
