import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE attachments (
    id TEXT NOT NULL PRIMARY KEY,
    parent_kind TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    file_id TEXT,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (
      kind IN ('pdf', 'png', 'jpeg', 'webp', 'gif', 'docx', 'xlsx', 'pptx', 'txt', 'csv')
    ),
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    created_at INTEGER NOT NULL,
    created_by TEXT REFERENCES users (id),
    removed_at INTEGER,
    removed_by TEXT REFERENCES users (id),
    removal_reason TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 0,
    CHECK (removed_at IS NOT NULL OR file_id IS NOT NULL)
  ) STRICT`,
  `CREATE INDEX attachments_by_parent ON attachments (parent_kind, parent_id, created_at, id)`,
  `CREATE UNIQUE INDEX attachments_once ON attachments (parent_kind, parent_id, sha256) WHERE removed_at IS NULL`,
  `CREATE INDEX attachments_removed ON attachments (removed_at) WHERE file_id IS NOT NULL AND removed_at IS NOT NULL`,
]

/** Files on records. The record that a file belongs to is of another module, so no key leads there. */
export const migration = {
  id: '0011-attachments',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
