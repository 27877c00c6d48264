import { sql, type Kysely } from 'kysely'

const REASONS = `('cashShort', 'quality', 'statement', 'process', 'unreachable', 'refusal')`

const DDL = [
  `CREATE TABLE dunning_escalations (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    day TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ${REASONS}),
    findings TEXT NOT NULL,
    said TEXT NOT NULL,
    proposal TEXT NOT NULL CHECK (proposal IN ('extension', 'plan', 'hold', 'court', 'goOn')),
    due_day TEXT,
    keeps_accrued INTEGER NOT NULL CHECK (keeps_accrued IN (0, 1)),
    parts INTEGER,
    first_day TEXT,
    every_months INTEGER,
    amount INTEGER NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('asked', 'returned', 'done', 'refused', 'withdrawn')),
    done_day TEXT,
    result TEXT NOT NULL CHECK (result IN ('none', 'claimRequest', 'repaymentPlan', 'credit', 'task')),
    result_id TEXT NOT NULL,
    ended_day TEXT,
    ended_by TEXT REFERENCES users (id),
    ended_reason TEXT NOT NULL,
    search_text TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((state = 'done') = (done_day IS NOT NULL)),
    CHECK ((ended_day IS NULL) = (ended_reason = '')),
    CHECK (proposal <> 'extension' OR due_day IS NOT NULL),
    CHECK (proposal <> 'plan' OR (parts IS NOT NULL AND first_day IS NOT NULL AND every_months IS NOT NULL))
  ) STRICT`,
  `CREATE INDEX dunning_escalations_by_moment ON dunning_escalations (asked_at, id)`,
  `CREATE INDEX dunning_escalations_by_amount ON dunning_escalations (amount, id)`,
  `CREATE INDEX dunning_escalations_of_customer ON dunning_escalations (customer_id, asked_at, id)`,
  `CREATE INDEX dunning_escalations_of_owner ON dunning_escalations (owner_id, asked_at, id)`,
  // What was reported, as it stood then.
  `CREATE TABLE dunning_escalation_lines (
    escalation_id TEXT NOT NULL REFERENCES dunning_escalations (id),
    seq INTEGER NOT NULL,
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    due_day TEXT,
    amount INTEGER NOT NULL,
    PRIMARY KEY (escalation_id, seq)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX dunning_escalation_lines_of_instalment ON dunning_escalation_lines (instalment_id, escalation_id)`,
]

/** Real difficulties of customers, reported to the superior, who decides. */
export const migration = {
  id: '0047-dunning-escalations',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
