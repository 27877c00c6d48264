import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    entity TEXT NOT NULL,
    check_id TEXT NOT NULL UNIQUE,
    file_name TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    rows INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    at INTEGER NOT NULL,
    reverted_at INTEGER,
    version INTEGER NOT NULL DEFAULT 0,
    CHECK (created + updated + skipped + failed = rows)
  ) STRICT`,
  `CREATE INDEX imports_by_user ON imports (user_id, at, id)`,
  `CREATE INDEX imports_by_at ON imports (at, id)`,
  `CREATE TABLE import_rows (
    import_id TEXT NOT NULL REFERENCES imports (id),
    row INTEGER NOT NULL,
    record_id TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('create', 'update')),
    version INTEGER NOT NULL,
    before TEXT,
    PRIMARY KEY (import_id, row)
  ) STRICT`,
  `CREATE TABLE import_mappings (
    user_id TEXT NOT NULL REFERENCES users (id),
    entity TEXT NOT NULL,
    headings TEXT NOT NULL,
    mapping TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user_id, entity, headings)
  ) STRICT`,
]

/** Imports with what each of their rows did, so that they can be taken back; remembered columns. */
export const migration = {
  id: '0009-imports',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
