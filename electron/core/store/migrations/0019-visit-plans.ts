import { sql, type Kysely } from 'kysely'

const CHANNELS = `'visit', 'phone', 'email', 'online'`
const PURPOSES = `'develop', 'negotiate', 'callBack', 'collect', 'reconcile', 'sign', 'service'`
const INTENTS = `'A', 'B', 'C', 'D'`

const DDL = [
  `CREATE TABLE planned_visits (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    day TEXT NOT NULL,
    start_minute INTEGER CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute INTEGER CHECK (end_minute BETWEEN 1 AND 1440),
    channel TEXT NOT NULL CHECK (channel IN (${CHANNELS})),
    purpose TEXT NOT NULL CHECK (purpose IN (${PURPOSES})),
    state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'cancelled', 'incident')),
    place TEXT NOT NULL DEFAULT '',
    goal TEXT NOT NULL DEFAULT '',
    planned_at INTEGER,
    rescheduled_from TEXT,
    result TEXT NOT NULL DEFAULT '',
    needs TEXT NOT NULL DEFAULT '',
    concerns TEXT NOT NULL DEFAULT '',
    intent TEXT NOT NULL DEFAULT '' CHECK (intent IN ('', ${INTENTS})),
    evidence TEXT NOT NULL DEFAULT '',
    next_step TEXT NOT NULL DEFAULT '',
    next_day TEXT,
    next_owner_id TEXT REFERENCES users (id),
    no_next_reason TEXT NOT NULL DEFAULT '',
    reason_code TEXT NOT NULL DEFAULT '',
    reason_text TEXT NOT NULL DEFAULT '',
    reported_at INTEGER,
    report_day TEXT,
    late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
    complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
    reminded_at INTEGER,
    version INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (end_minute IS NULL OR (start_minute IS NOT NULL AND end_minute > start_minute)),
    CHECK (state <> 'done' OR (result <> '' AND reported_at IS NOT NULL AND report_day IS NOT NULL)),
    CHECK (state NOT IN ('cancelled', 'incident') OR reason_code <> '')
  ) STRICT`,
  // What was entered before plans were kept was handed in when it was written, and counts as it did.
  `INSERT INTO planned_visits (id, customer_id, user_id, day, channel, purpose, state, result, next_step, next_day,
      reported_at, report_day, complete, version, created_at, updated_at)
    SELECT id, customer_id, user_id, day, channel, purpose, 'done', result, next_step, next_day,
      created_at, day, 1, version, created_at, updated_at
    FROM visits`,
  `DROP TABLE visits`,
  `ALTER TABLE planned_visits RENAME TO visits`,
  `CREATE INDEX visits_by_day ON visits (day, id, user_id, state, channel, purpose, late, complete)`,
  `CREATE INDEX visits_by_user ON visits (user_id, day, id, state, channel, complete, late)`,
  `CREATE INDEX visits_by_customer ON visits (customer_id, day, state)`,
  `CREATE INDEX visits_unreported ON visits (day, user_id) WHERE state = 'planned'`,
  `CREATE TABLE visit_people (
    visit_id TEXT NOT NULL REFERENCES visits (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (visit_id, user_id)
  ) STRICT`,
  `CREATE INDEX visit_people_by_user ON visit_people (user_id, visit_id)`,
  `CREATE TABLE visit_contacts (
    visit_id TEXT NOT NULL REFERENCES visits (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (visit_id, position)
  ) STRICT`,
  `CREATE TABLE visit_checks (
    visit_id TEXT NOT NULL REFERENCES visits (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    attachment_id TEXT,
    attachment_name TEXT NOT NULL DEFAULT '',
    attachment_sha256 TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (visit_id, position)
  ) STRICT`,
  `CREATE TABLE visit_moves (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visits (id),
    from_day TEXT NOT NULL,
    from_start INTEGER,
    from_end INTEGER,
    to_day TEXT NOT NULL,
    to_start INTEGER,
    to_end INTEGER,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    user_id TEXT REFERENCES users (id)
  ) STRICT`,
  `CREATE INDEX visit_moves_by_visit ON visit_moves (visit_id, at)`,
  `CREATE TABLE customer_intents (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    day TEXT NOT NULL,
    intent TEXT NOT NULL CHECK (intent IN (${INTENTS})),
    evidence TEXT NOT NULL,
    visit_id TEXT REFERENCES visits (id),
    user_id TEXT REFERENCES users (id),
    created_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX customer_intents_by_customer ON customer_intents (customer_id, day, created_at)`,
  `CREATE INDEX customer_intents_by_visit ON customer_intents (visit_id)`,
]

/** A file that is older gets the rules a new firm starts with; null is the list of the program. */
const RULES = JSON.stringify({
  reportDays: 2,
  checklists: {
    develop: null,
    negotiate: null,
    callBack: null,
    collect: null,
    reconcile: null,
    sign: null,
    service: null,
  },
})

/** Planned visits, their preparation and their reports. */
export const migration = {
  id: '0019-visit-plans',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'visits', ${RULES}, 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
