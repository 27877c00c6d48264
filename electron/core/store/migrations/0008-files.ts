import { sql, type Kysely } from 'kysely'

/** Files kept for good: letters as sent, signed scans. A trigger keeps them as they were. */
export const migration = {
  id: '0008-files',
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE files (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        mime TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        bytes BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        created_by TEXT
      ) STRICT`.execute(db)
    await sql`
      CREATE TRIGGER files_never_change BEFORE UPDATE ON files
      BEGIN SELECT RAISE(ABORT, 'files are never altered'); END`.execute(db)
  },
}
