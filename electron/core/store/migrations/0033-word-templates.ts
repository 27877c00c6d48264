import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = [
  `CREATE TABLE word_templates (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('goods_sale', 'services', 'frame')),
    language TEXT NOT NULL CHECK (language IN ('zh-CN', 'zh-TW', 'en')),
    last_no INTEGER NOT NULL CHECK (last_no > 0),
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL REFERENCES users (id),
    UNIQUE (name, kind, language)
  ) STRICT`,
  `CREATE INDEX word_templates_by_name ON word_templates (name_key, id)`,
  `CREATE INDEX word_templates_by_kind ON word_templates (kind, id, language)`,
  `CREATE INDEX word_templates_by_update ON word_templates (updated_at, id)`,

  `CREATE TABLE word_template_editions (
    template_id TEXT NOT NULL REFERENCES word_templates (id),
    no INTEGER NOT NULL CHECK (no > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'inUse', 'withdrawn')),
    file_id TEXT NOT NULL REFERENCES files (id),
    file_name TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    tags TEXT NOT NULL,
    unknown INTEGER NOT NULL CHECK (unknown >= 0),
    broken INTEGER NOT NULL CHECK (broken >= 0),
    missing INTEGER NOT NULL CHECK (missing >= 0),
    remark TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL REFERENCES users (id),
    valid_from TEXT,
    used_at INTEGER,
    used_by TEXT REFERENCES users (id),
    withdrawn_day TEXT,
    withdrawn_at INTEGER,
    withdrawn_by TEXT REFERENCES users (id),
    withdraw_reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (template_id, no),
    CHECK (state <> 'inUse' OR valid_from IS NOT NULL),
    CHECK (state <> 'draft' OR valid_from IS NULL),
    CHECK ((valid_from IS NULL) = (used_at IS NULL)),
    CHECK ((state = 'withdrawn') = (withdrawn_day IS NOT NULL)),
    CHECK ((withdrawn_day IS NULL) = (withdraw_reason = ''))
  ) STRICT`,
]

/** Word templates of the firm itself, in editions, with what was found in their files. */
export const migration = {
  id: '0033-word-templates',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
