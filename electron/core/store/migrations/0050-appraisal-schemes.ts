import { sql, type Kysely } from 'kysely'

const STANDARD = ['contractAmount', 'collected', 'collectionRate', 'newCustomers', 'visits']

const item = (key: string) => `json_object('indicator', '${key}',
  'weight', json_extract(targets, '$.${key}.weight'), 'target', json_extract(targets, '$.${key}.target'))`

const DDL = [
  `CREATE TABLE performance_schemes (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    last_month TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE performance_scheme_editions (
    scheme_id TEXT NOT NULL REFERENCES performance_schemes (id),
    no INTEGER NOT NULL CHECK (no > 0),
    from_month TEXT NOT NULL,
    body TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    saved_by TEXT REFERENCES users (id),
    PRIMARY KEY (scheme_id, no),
    UNIQUE (scheme_id, from_month)
  ) STRICT`,
  `CREATE TABLE performance_entries (
    id TEXT NOT NULL PRIMARY KEY,
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    indicator TEXT NOT NULL,
    value INTEGER NOT NULL CHECK (value >= 0),
    note TEXT NOT NULL CHECK (note <> ''),
    evidence TEXT NOT NULL,
    entered_day TEXT NOT NULL,
    entered_at INTEGER NOT NULL,
    entered_by TEXT REFERENCES users (id),
    removed_at INTEGER,
    removed_by TEXT REFERENCES users (id),
    removed_reason TEXT NOT NULL DEFAULT '',
    CHECK ((removed_at IS NULL) = (removed_reason = ''))
  ) STRICT`,
  `CREATE UNIQUE INDEX performance_entries_present ON performance_entries (month, indicator, user_id)
    WHERE removed_at IS NULL`,
  // Months that do not count in somebody's year: a long leave, a month he joined in the middle of.
  `CREATE TABLE performance_left_out (
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    entered_at INTEGER NOT NULL,
    entered_by TEXT REFERENCES users (id),
    PRIMARY KEY (month, user_id)
  ) STRICT`,
  // What was agreed with a person names its indicators from here on: there are more than five.
  `UPDATE performance_targets SET targets = json_object('userId', user_id, 'items',
    json_array(${STANDARD.map(item).join(', ')}))`,
]

/** Schemes in editions, figures entered by hand, and targets of any indicators. */
export const migration = {
  id: '0050-appraisal-schemes',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
