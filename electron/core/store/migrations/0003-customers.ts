import { sql, type Kysely } from 'kysely'

const FILTERED = 'removed_at, owner_id, stage, grade, source, kind, region, created_at'

const DDL = [
  `CREATE TABLE customers (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL DEFAULT '',
    uscc TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('endUser', 'manufacturer', 'dealer', 'agent', 'other')),
    industry TEXT NOT NULL DEFAULT '',
    stage TEXT NOT NULL CHECK (stage IN ('lead', 'prospect', 'customer', 'dormant')),
    grade TEXT NOT NULL CHECK (grade IN ('A', 'B', 'C', 'D')),
    source TEXT NOT NULL CHECK (source IN ('industryReport', 'web', 'exhibition', 'referral', 'other')),
    size TEXT NOT NULL CHECK (size IN ('large', 'medium', 'small', 'micro', 'publicBody', 'unknown')),
    region TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    website TEXT NOT NULL DEFAULT '',
    needs TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    owner_id TEXT REFERENCES users (id),
    invoice TEXT NOT NULL,
    contact_name TEXT NOT NULL DEFAULT '',
    sort_name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    removed_at INTEGER,
    version INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE UNIQUE INDEX customers_by_uscc ON customers (uscc) WHERE uscc <> '' AND removed_at IS NULL`,
  `CREATE INDEX customers_by_name_key ON customers (name_key)`,
  // A list walks the index of its order and looks at the row itself only for what it shows: everything that filters
  // is in each, the search text in the two orders that are searched most.
  `CREATE INDEX customers_by_name ON customers (sort_name, id, ${FILTERED}, search_text)`,
  `CREATE INDEX customers_by_updated ON customers (updated_at, id, ${FILTERED}, search_text)`,
  `CREATE INDEX customers_by_created ON customers (created_at, id, ${FILTERED})`,
  `CREATE INDEX customers_by_code ON customers (code, id, ${FILTERED})`,
  `CREATE INDEX customers_by_grade ON customers (grade, id, ${FILTERED})`,
  `CREATE TABLE customer_contacts (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    mobile TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    wechat TEXT NOT NULL DEFAULT '',
    decision_role TEXT NOT NULL,
    is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
    consent_basis TEXT NOT NULL,
    consent_day TEXT,
    PRIMARY KEY (customer_id, position)
  ) STRICT`,
  `CREATE TABLE customer_phones (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    digits TEXT NOT NULL,
    PRIMARY KEY (customer_id, digits)
  ) STRICT`,
  `CREATE INDEX customer_phones_by_digits ON customer_phones (digits)`,
  `CREATE TABLE visits (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    day TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('visit', 'phone', 'email', 'online')),
    purpose TEXT NOT NULL CHECK (purpose IN ('develop', 'negotiate', 'callBack', 'collect', 'reconcile', 'sign', 'service')),
    result TEXT NOT NULL,
    next_step TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX visits_by_day ON visits (day, id)`,
  `CREATE INDEX visits_by_user ON visits (user_id, day, id)`,
  `CREATE INDEX visits_by_customer ON visits (customer_id, day)`,
]

/** The customer file with contacts, and visits as they are entered by hand. */
export const migration = {
  id: '0003-customers',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
