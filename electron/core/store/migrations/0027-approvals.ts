import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = [
  // Who leads a department: asked in its steps, and in the place of its people.
  `ALTER TABLE departments ADD COLUMN head_id TEXT REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED`,
  `CREATE TABLE approval_definitions (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    position INTEGER NOT NULL,
    edition INTEGER NOT NULL CHECK (edition >= 1),
    version INTEGER NOT NULL DEFAULT 0
  ) STRICT`,
  `CREATE INDEX approval_definitions_by_kind ON approval_definitions (kind, position, id)`,
  // A request keeps to the edition it began under.
  `CREATE TABLE approval_editions (
    definition_id TEXT NOT NULL REFERENCES approval_definitions (id),
    edition INTEGER NOT NULL,
    body TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    saved_by TEXT,
    PRIMARY KEY (definition_id, edition)
  ) STRICT`,
  `CREATE TABLE approval_requests (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    title TEXT NOT NULL,
    customer_id TEXT,
    applicant_id TEXT NOT NULL REFERENCES users (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    facts TEXT NOT NULL,
    amount INTEGER,
    amount_key INTEGER NOT NULL,
    definition_id TEXT NOT NULL,
    edition INTEGER NOT NULL,
    repeated TEXT NOT NULL CHECK (repeated IN ('once', 'again')),
    outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'returned', 'approved', 'rejected', 'withdrawn', 'stale')),
    round INTEGER NOT NULL CHECK (round >= 1),
    step_at INTEGER NOT NULL CHECK (step_at >= 0),
    reminded_day TEXT,
    hash TEXT NOT NULL,
    due_day TEXT,
    due_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    submitted_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    FOREIGN KEY (definition_id, edition) REFERENCES approval_editions (definition_id, edition),
    CHECK ((due_day IS NULL) OR outcome = 'pending')
  ) STRICT`,
  // One at a time for each record.
  `CREATE UNIQUE INDEX approval_requests_live ON approval_requests (kind, record_id)
    WHERE outcome IN ('pending', 'returned')`,
  `CREATE INDEX approval_requests_by_record ON approval_requests (kind, record_id, submitted_at)`,
  `CREATE INDEX approval_requests_by_submitted ON approval_requests (submitted_at, id)`,
  `CREATE INDEX approval_requests_by_due ON approval_requests (due_key, id)`,
  `CREATE INDEX approval_requests_by_amount ON approval_requests (amount_key, id)`,
  `CREATE INDEX approval_requests_by_updated ON approval_requests (updated_at, id)`,
  `CREATE INDEX approval_requests_by_applicant ON approval_requests (applicant_id, submitted_at, id)`,
  `CREATE INDEX approval_requests_pending ON approval_requests (due_day) WHERE outcome = 'pending'`,
  `CREATE TABLE approval_contents (
    request_id TEXT NOT NULL REFERENCES approval_requests (id),
    round INTEGER NOT NULL,
    hash TEXT NOT NULL,
    content TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    PRIMARY KEY (request_id, round)
  ) STRICT`,
  `CREATE TABLE approval_steps (
    request_id TEXT NOT NULL REFERENCES approval_requests (id),
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('all', 'any', 'turn')),
    days INTEGER,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'current', 'passed', 'skipped')),
    due_day TEXT,
    added INTEGER NOT NULL CHECK (added IN (0, 1)),
    PRIMARY KEY (request_id, seq)
  ) STRICT`,
  `CREATE TABLE approval_seats (
    request_id TEXT NOT NULL REFERENCES approval_requests (id),
    step_seq INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    decided_by TEXT REFERENCES users (id),
    carried INTEGER NOT NULL CHECK (carried IN (0, 1)),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    covers TEXT NOT NULL,
    PRIMARY KEY (request_id, step_seq, seq)
  ) STRICT`,
  // Who may act on an open seat of his own or in somebody's place.
  `CREATE TABLE approval_actors (
    request_id TEXT NOT NULL REFERENCES approval_requests (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    PRIMARY KEY (request_id, user_id)
  ) STRICT`,
  `CREATE INDEX approval_actors_by_user ON approval_actors (user_id, open, request_id)`,
  `CREATE TABLE approval_actions (
    id TEXT NOT NULL PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES approval_requests (id),
    round INTEGER NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT REFERENCES users (id),
    other_id TEXT REFERENCES users (id),
    step_name TEXT NOT NULL,
    comment TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX approval_actions_by_request ON approval_actions (request_id, at, id)`,
  `CREATE TABLE approval_substitutes (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
    substitute_id TEXT NOT NULL REFERENCES users (id),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    CHECK (user_id <> substitute_id),
    CHECK (from_day <= to_day)
  ) STRICT`,
]

/** Ways of approval, the requests that go them, and what was decided. */
export const migration = {
  id: '0027-approvals',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
