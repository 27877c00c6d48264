import { sql, type Kysely } from 'kysely'

/** Accounts, departments, teams and roles. The settings table belongs to the kernel. */
export const migration = {
  id: '0002-office-people',
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE departments (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        version INTEGER NOT NULL DEFAULT 0
      ) STRICT`.execute(db)
    await sql`
      CREATE TABLE teams (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        leader_id TEXT REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED,
        version INTEGER NOT NULL DEFAULT 0
      ) STRICT`.execute(db)
    await sql`
      CREATE TABLE users (
        id TEXT NOT NULL PRIMARY KEY,
        login TEXT NOT NULL,
        login_key TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        phone TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL DEFAULT '',
        department_id TEXT REFERENCES departments (id),
        team_id TEXT REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED,
        active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
        must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
        joined_day TEXT,
        left_day TEXT,
        draft_key TEXT NOT NULL,
        search_text TEXT NOT NULL,
        name_key TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT`.execute(db)
    await sql`CREATE INDEX users_by_team ON users (team_id)`.execute(db)
    await sql`CREATE INDEX users_by_name ON users (name_key, id)`.execute(db)
    await sql`
      CREATE TABLE user_roles (
        user_id TEXT NOT NULL REFERENCES users (id),
        role TEXT NOT NULL,
        PRIMARY KEY (user_id, role)
      ) STRICT`.execute(db)
  },
}
