import { sql, type Kysely } from 'kysely'

const FILTERED = 'removed_at, owner_id, stage, grade, source, kind, region, created_at, campaign_id, delete_day'
const KEPT = `id, code, name, short_name, uscc, kind, industry, stage, grade, source, size, region, address, phone,
  website, needs, note, owner_id, invoice, contact_name, sort_name, name_key, search_text, removed_at, version,
  created_at, updated_at`

const DDL = [
  `CREATE TABLE campaigns (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('exhibition', 'campaign', 'other')),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    cost INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0),
    note TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (to_day >= from_day)
  ) STRICT`,
  `CREATE INDEX campaigns_by_day ON campaigns (from_day, id)`,
  // A check cannot be changed in place: the table is built anew. Nothing points at it by anything but its id.
  `CREATE TABLE customers_anew (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL DEFAULT '',
    uscc TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('endUser', 'manufacturer', 'dealer', 'agent', 'other')),
    industry TEXT NOT NULL DEFAULT '',
    stage TEXT NOT NULL CHECK (stage IN ('lead', 'screening', 'prospect', 'customer', 'dormant', 'rejected')),
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
    updated_at INTEGER NOT NULL,
    campaign_id TEXT REFERENCES campaigns (id),
    reject_reason TEXT NOT NULL DEFAULT '',
    reject_note TEXT NOT NULL DEFAULT '',
    delete_day TEXT,
    addresses TEXT NOT NULL DEFAULT '[]',
    CHECK ((stage = 'rejected') = (reject_reason <> '')),
    CHECK ((stage = 'rejected') = (delete_day IS NOT NULL))
  ) STRICT`,
  `INSERT INTO customers_anew (${KEPT}) SELECT ${KEPT} FROM customers`,
  `DROP TABLE customers`,
  `ALTER TABLE customers_anew RENAME TO customers`,
  `CREATE UNIQUE INDEX customers_by_uscc ON customers (uscc) WHERE uscc <> '' AND removed_at IS NULL`,
  `CREATE INDEX customers_by_name_key ON customers (name_key)`,
  `CREATE INDEX customers_by_name ON customers (sort_name, id, ${FILTERED}, search_text)`,
  `CREATE INDEX customers_by_updated ON customers (updated_at, id, ${FILTERED}, search_text)`,
  `CREATE INDEX customers_by_created ON customers (created_at, id, ${FILTERED})`,
  `CREATE INDEX customers_by_code ON customers (code, id, ${FILTERED})`,
  `CREATE INDEX customers_by_grade ON customers (grade, id, ${FILTERED})`,
  `CREATE INDEX customers_to_delete ON customers (delete_day, id) WHERE delete_day IS NOT NULL`,
  `CREATE INDEX customers_by_campaign ON customers (campaign_id, id) WHERE campaign_id IS NOT NULL`,
  `CREATE TABLE customer_tags (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (customer_id, tag)
  ) STRICT`,
  `CREATE INDEX customer_tags_by_tag ON customer_tags (tag, customer_id)`,
  `ALTER TABLE customer_contacts ADD COLUMN birthday TEXT`,
]

const SCREENING = JSON.stringify({ criteria: [], deleteDays: 180, birthdays: false })

/** Leads that are screened and rejected, where they came from, tags, addresses. */
export const migration = {
  id: '0015-customer-file',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'screening', ${SCREENING}, 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
