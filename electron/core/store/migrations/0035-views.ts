import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = [
  `CREATE TABLE saved_views (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    grid TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    search TEXT NOT NULL,
    columns TEXT,
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (user_id, grid, name)
  ) STRICT`,
  `CREATE INDEX saved_views_shared ON saved_views (grid) WHERE shared = 1`,
  `CREATE TABLE view_defaults (
    user_id TEXT NOT NULL REFERENCES users (id),
    grid TEXT NOT NULL,
    view_id TEXT NOT NULL REFERENCES saved_views (id),
    PRIMARY KEY (user_id, grid)
  ) STRICT`,
  `CREATE INDEX view_defaults_by_view ON view_defaults (view_id)`,
]

/** Named states of lists, one's own and the firm's. */
export const migration = {
  id: '0035-views',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
