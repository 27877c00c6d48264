import { sql, type Kysely } from 'kysely'

const NEVER = `'9999-12-31'`

const DDL = [
  `ALTER TABLE dunning_policies ADD COLUMN valid_from TEXT NOT NULL DEFAULT ''`,
  // The level's own name, whatever its place; which words; costs asked for once.
  `ALTER TABLE dunning_letters ADD COLUMN step TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE dunning_letters ADD COLUMN kind TEXT NOT NULL DEFAULT 'demand'
    CHECK (kind IN ('reminder', 'demand', 'final', 'lawyer', 'court'))`,
  `ALTER TABLE dunning_letters ADD COLUMN wording TEXT NOT NULL DEFAULT 'standard'`,
  `ALTER TABLE dunning_letters ADD COLUMN fee INTEGER NOT NULL DEFAULT 0 CHECK (fee >= 0)`,
  // The step that the letter is of for this instalment; null where it is only named along.
  `ALTER TABLE dunning_letter_lines ADD COLUMN step TEXT`,
  `UPDATE dunning_letters SET step = 'l' || level, kind = CASE WHEN level >= 3 THEN 'final' ELSE 'demand' END`,
  `UPDATE dunning_letter_lines
    SET step = (SELECT step FROM dunning_letters WHERE dunning_letters.id = dunning_letter_lines.letter_id)`,
  `CREATE TABLE dunning_customers (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    version INTEGER NOT NULL,
    trust TEXT NOT NULL CHECK (trust IN ('good', 'normal', 'bad')),
    language TEXT CHECK (language IN ('zh-CN', 'zh-TW', 'en')),
    note TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT
  ) STRICT`,
  `CREATE TABLE dunning_left_out (
    instalment_id TEXT NOT NULL PRIMARY KEY REFERENCES receivable_instalments (id),
    reason TEXT NOT NULL,
    until_day TEXT,
    created_at INTEGER NOT NULL,
    created_by TEXT
  ) STRICT`,
  `CREATE TABLE dunning_contacts (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    way TEXT NOT NULL CHECK (way IN ('phone', 'visit', 'email', 'message', 'other')),
    day TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('promised', 'agreed', 'noPromise', 'refused', 'disputed', 'noAnswer', 'wrongPerson')),
    person TEXT NOT NULL,
    reason TEXT CHECK (reason IN ('cashShort', 'quality', 'statement', 'process', 'unreachable', 'refusal')),
    note TEXT NOT NULL,
    step TEXT NOT NULL,
    kind TEXT CHECK (kind IN ('reminder', 'demand', 'final', 'lawyer', 'court')),
    next_day TEXT,
    next_step TEXT NOT NULL,
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT,
    void_at INTEGER,
    void_by TEXT REFERENCES users (id),
    void_reason TEXT NOT NULL DEFAULT '',
    CHECK (next_day IS NULL OR next_day >= day),
    CHECK ((void_at IS NULL) = (void_reason = ''))
  ) STRICT`,
  `CREATE INDEX dunning_contacts_by_day ON dunning_contacts (day, id)`,
  `CREATE INDEX dunning_contacts_of_customer ON dunning_contacts (customer_id, day, created_at, id)`,
  `CREATE INDEX dunning_contacts_of_owner ON dunning_contacts (owner_id, day, id)`,
  // What of a customer's debts a call or a visit was a step for.
  `CREATE TABLE dunning_contact_lines (
    contact_id TEXT NOT NULL REFERENCES dunning_contacts (id),
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    PRIMARY KEY (contact_id, instalment_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX dunning_contact_lines_of ON dunning_contact_lines (instalment_id)`,
  // state, paid and last_day follow from receipts: they are counted with the case, never typed.
  `CREATE TABLE dunning_promises (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    contact_id TEXT REFERENCES dunning_contacts (id),
    made_day TEXT NOT NULL,
    pay_by TEXT NOT NULL CHECK (pay_by >= made_day),
    amount INTEGER NOT NULL CHECK (amount > 0),
    promised_by TEXT NOT NULL,
    note TEXT NOT NULL,
    withdrawn_day TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'partly', 'broken', 'withdrawn')),
    paid INTEGER NOT NULL CHECK (paid >= 0),
    last_day TEXT NOT NULL,
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT,
    CHECK ((withdrawn_day IS NULL) = (withdrawn_reason = ''))
  ) STRICT`,
  `CREATE INDEX dunning_promises_by_day ON dunning_promises (pay_by, id)`,
  `CREATE INDEX dunning_promises_by_amount ON dunning_promises (amount, id)`,
  `CREATE INDEX dunning_promises_of_customer ON dunning_promises (customer_id, pay_by)`,
  `CREATE INDEX dunning_promises_of_owner ON dunning_promises (owner_id, pay_by, id)`,
  `CREATE INDEX dunning_promises_of_contact ON dunning_promises (contact_id)`,
  `CREATE INDEX dunning_promises_by_state ON dunning_promises (state, last_day)`,
  `CREATE TABLE dunning_promise_lines (
    promise_id TEXT NOT NULL REFERENCES dunning_promises (id),
    instalment_id TEXT NOT NULL REFERENCES receivable_instalments (id),
    PRIMARY KEY (promise_id, instalment_id)
  ) STRICT, WITHOUT ROWID`,
  /*
   * What the work list is read by: a row for each customer that owes something and, where several people answer for his
   * debts, one for each of them. Counted in the unit of work that changes anything of it; `valid_until` is the first day
   * on which the calendar alone changes it, and lies behind for what was never counted.
   */
  `CREATE TABLE dunning_cases (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    owner_id TEXT NOT NULL REFERENCES users (id),
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
    single INTEGER NOT NULL CHECK (single IN (0, 1)),
    valid_until TEXT NOT NULL,
    rank INTEGER NOT NULL,
    place TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('brokenToday', 'broken', 'today', 'waiting')),
    outstanding INTEGER NOT NULL,
    overdue INTEGER NOT NULL,
    at_risk INTEGER NOT NULL,
    oldest_key TEXT NOT NULL,
    limitation_key TEXT NOT NULL,
    broken INTEGER NOT NULL,
    promised_until TEXT,
    action TEXT NOT NULL,
    step TEXT NOT NULL,
    kind TEXT,
    letter INTEGER NOT NULL CHECK (letter IN (0, 1)),
    doer TEXT NOT NULL,
    next_key TEXT NOT NULL,
    reason TEXT,
    contact_key TEXT NOT NULL,
    PRIMARY KEY (customer_id, whole, owner_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX dunning_cases_ranked ON dunning_cases (rank, place) WHERE whole = 1`,
  `CREATE INDEX dunning_cases_of_owner ON dunning_cases (owner_id, rank, place) WHERE single = 1`,
  `CREATE INDEX dunning_cases_stale ON dunning_cases (valid_until)`,
  `INSERT INTO dunning_cases
    SELECT customer_id, min(owner_id), 1, 1, '', 0, customer_id, 'waiting', sum(outstanding), 0, 0, ${NEVER}, ${NEVER}, 0,
      NULL, 'none', '', NULL, 0, 'owner', ${NEVER}, NULL, ''
    FROM receivable_instalments WHERE outstanding > 0 GROUP BY customer_id`,
]

interface OldLevel {
  readonly minDays: number
  readonly gapDays: number
  readonly deadlineDays: number
  readonly interest: 'none' | 'statutoryDaily'
  readonly wording: Readonly<Record<string, object>>
}
interface OldPolicy {
  readonly levels: readonly OldLevel[]
  readonly minAmount: number
}

/** A policy of levels by days overdue as a ladder: the same letters after the same days, named by their places. */
function asLadder(old: OldPolicy): object {
  const last = old.levels.length - 1
  return {
    minAmount: old.minAmount,
    trustDays: { good: 0, bad: 0 },
    transitDays: 7,
    risk: {
      byAge: [
        [366, 7000],
        [181, 4000],
        [91, 2000],
        [61, 800],
        [31, 300],
        [1, 100],
      ].map(([fromDays, share]) => ({ fromDays, share })),
      byLimitation: [
        [30, 5000],
        [91, 3000],
        [183, 1500],
        [366, 500],
      ].map(([withinDays, share]) => ({ withinDays, share })),
    },
    levels: old.levels.map((level, at) => ({
      key: `l${at + 1}`,
      kind: at >= 2 ? 'final' : 'demand',
      days: level.minDays,
      dayKind: 'natural',
      channels: ['ems', 'email'],
      gapDays: level.gapDays,
      deadlineDays: level.deadlineDays,
      owner: at === last && at > 0 ? 'manager' : 'owner',
      interest: level.interest === 'statutoryDaily',
      reservation: true,
      fee: 0,
      texts: Object.fromEntries(
        Object.entries(level.wording).map(([locale, letter]) => [
          locale,
          { letter, cases: {}, subject: '', email: '', script: '' },
        ]),
      ),
    })),
  }
}

/** The ladder with its levels' ways and words, the log of calls, promises to pay, and the list of the day's work. */
export const migration = {
  id: '0045-dunning-work',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    const policies = await sql<{
      version: number
      policy: string
    }>`SELECT version, policy FROM dunning_policies`.execute(db)
    for (const { version, policy } of policies.rows) {
      const ladder = JSON.stringify(asLadder(JSON.parse(policy) as OldPolicy))
      await sql`UPDATE dunning_policies SET policy = ${ladder} WHERE version = ${version}`.execute(db)
    }
  },
}
