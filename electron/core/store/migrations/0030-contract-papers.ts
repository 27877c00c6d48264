import { sql, type Kysely } from 'kysely'

const RIGHT = `('unknown', 'legalRepresentative', 'proxy')`

const DDL: readonly string[] = [
  `CREATE TABLE contract_signings (
    contract_id TEXT NOT NULL PRIMARY KEY REFERENCES contracts (id),
    our_signer TEXT NOT NULL,
    our_post TEXT NOT NULL,
    our_right TEXT NOT NULL CHECK (our_right IN ${RIGHT}),
    our_letter TEXT NOT NULL,
    our_letter_to TEXT,
    their_signer TEXT NOT NULL,
    their_post TEXT NOT NULL,
    their_right TEXT NOT NULL CHECK (their_right IN ${RIGHT}),
    their_letter TEXT NOT NULL,
    their_letter_to TEXT,
    place TEXT NOT NULL,
    copies INTEGER NOT NULL CHECK (copies > 0),
    copies_ours INTEGER NOT NULL CHECK (copies_ours >= 0),
    copies_theirs INTEGER NOT NULL CHECK (copies_theirs >= 0),
    copies_else INTEGER NOT NULL CHECK (copies_else >= 0),
    held_else TEXT NOT NULL,
    file_id TEXT REFERENCES files (id),
    file_name TEXT NOT NULL,
    pages INTEGER,
    sha256 TEXT,
    recorded_by TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    CHECK (copies = copies_ours + copies_theirs + copies_else),
    CHECK ((file_id IS NULL) = (sha256 IS NULL))
  ) STRICT`,

  `CREATE TABLE contract_seals (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    seal TEXT NOT NULL CHECK (seal IN ('company', 'contract', 'finance', 'legalRepresentative', 'invoice', 'other')),
    document TEXT NOT NULL CHECK (document IN ('contract', 'supplement', 'authority', 'annex', 'other')),
    document_name TEXT NOT NULL,
    copies INTEGER NOT NULL CHECK (copies > 0),
    pages INTEGER NOT NULL CHECK (pages > 0),
    asked_by TEXT NOT NULL REFERENCES users (id),
    sealed_by TEXT NOT NULL REFERENCES users (id),
    seal_day TEXT NOT NULL,
    purpose TEXT NOT NULL,
    search_text TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES users (id),
    recorded_at INTEGER NOT NULL,
    cancelled_at INTEGER,
    cancelled_by TEXT REFERENCES users (id),
    cancel_reason TEXT NOT NULL DEFAULT '',
    CHECK ((cancelled_at IS NULL) = (cancel_reason = ''))
  ) STRICT`,
  `CREATE INDEX contract_seals_by_day ON contract_seals (seal_day, id)`,
  `CREATE INDEX contract_seals_by_record ON contract_seals (recorded_at, id)`,
  `CREATE INDEX contract_seals_of_contract ON contract_seals (contract_id, seal_day)`,

  `CREATE TABLE contract_scans (
    id TEXT NOT NULL PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    no INTEGER NOT NULL CHECK (no > 0),
    pages INTEGER NOT NULL CHECK (pages > 0),
    note TEXT NOT NULL,
    added_by TEXT NOT NULL REFERENCES users (id),
    added_at INTEGER NOT NULL,
    replaced_at INTEGER,
    UNIQUE (contract_id, no)
  ) STRICT`,
  `CREATE UNIQUE INDEX contract_scans_present ON contract_scans (contract_id) WHERE replaced_at IS NULL`,
  `CREATE TABLE contract_scan_files (
    id TEXT NOT NULL PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES contract_scans (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    file_id TEXT NOT NULL REFERENCES files (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL CHECK (pages > 0),
    sha256 TEXT NOT NULL,
    UNIQUE (scan_id, seq)
  ) STRICT`,

  `CREATE TABLE contract_archives (
    contract_id TEXT NOT NULL PRIMARY KEY REFERENCES contracts (id),
    version INTEGER NOT NULL,
    cabinet TEXT NOT NULL,
    box TEXT NOT NULL,
    place_number TEXT NOT NULL,
    copies INTEGER NOT NULL CHECK (copies > 0),
    archived_day TEXT NOT NULL,
    archived_by TEXT NOT NULL REFERENCES users (id),
    years INTEGER NOT NULL CHECK (years > 0),
    years_source TEXT NOT NULL,
    retain_until TEXT NOT NULL,
    note TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE contract_loans (
    id TEXT NOT NULL PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES contract_archives (contract_id),
    copies INTEGER NOT NULL CHECK (copies > 0),
    borrower TEXT NOT NULL,
    purpose TEXT NOT NULL,
    lent_day TEXT NOT NULL,
    due_day TEXT,
    lent_by TEXT NOT NULL REFERENCES users (id),
    recorded_at INTEGER NOT NULL,
    returned_day TEXT,
    returned_by TEXT REFERENCES users (id),
    return_note TEXT NOT NULL DEFAULT ''
  ) STRICT`,
  `CREATE INDEX contract_loans_of_contract ON contract_loans (contract_id, lent_day)`,
  `CREATE INDEX contract_loans_out ON contract_loans (contract_id) WHERE returned_day IS NULL`,

  `CREATE TABLE contract_obligations (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    key TEXT NOT NULL,
    kind TEXT NOT NULL
      CHECK (kind IN ('delivery', 'inspection', 'payment', 'warranty', 'notice', 'expiry', 'other')),
    side TEXT NOT NULL CHECK (side IN ('ours', 'theirs')),
    label TEXT NOT NULL,
    due_day TEXT,
    due_key TEXT NOT NULL CHECK (due_key = coalesce(due_day, '9999-12-31')),
    owner_id TEXT NOT NULL REFERENCES users (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    by_rule INTEGER NOT NULL CHECK (by_rule IN (0, 1)),
    done_day TEXT,
    done_by TEXT,
    evidence TEXT NOT NULL DEFAULT '',
    reminded_for TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (contract_id, key),
    CHECK (state <> 'done' OR done_day IS NOT NULL)
  ) STRICT`,
  `CREATE INDEX contract_obligations_by_due ON contract_obligations (due_key, id, state)`,
  `CREATE INDEX contract_obligations_by_state ON contract_obligations (state, due_key, id)`,
  `CREATE INDEX contract_obligations_by_owner ON contract_obligations (owner_id, due_key, id)`,
  `CREATE INDEX contract_obligations_by_update ON contract_obligations (updated_at, id)`,
  // Who was told once that a draft waits to be signed is not told each hour.
  `CREATE TABLE contract_reminders (
    contract_id TEXT NOT NULL PRIMARY KEY REFERENCES contracts (id),
    reminded_at INTEGER NOT NULL
  ) STRICT`,
]

/** How contracts were signed, sealed, scanned and filed, and what is owed under them. */
export const migration = {
  id: '0030-contract-papers',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'contractReminders', '{"expiryDays":30,"unsignedDays":7,"dueDays":3}', 0
      WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
