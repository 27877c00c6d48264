import { sql, type Kysely } from 'kysely'

/** What every other module stands on: audit log, answers of commands, gap-free sequences, settings. */
export const migration = {
  id: '0001-kernel',
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT`.execute(db)
    await sql`
      CREATE TABLE audit_log (
        seq INTEGER NOT NULL PRIMARY KEY,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        user_id TEXT,
        roles TEXT NOT NULL,
        device TEXT NOT NULL,
        action TEXT NOT NULL,
        entity TEXT NOT NULL,
        entity_id TEXT NOT NULL,
        before TEXT,
        after TEXT,
        prev TEXT NOT NULL,
        mac TEXT NOT NULL
      ) STRICT`.execute(db)
    await sql`CREATE INDEX audit_by_entity ON audit_log (entity, entity_id, seq)`.execute(db)
    await sql`CREATE INDEX audit_by_user ON audit_log (user_id, seq)`.execute(db)
    await sql`
      CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
      BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END`.execute(db)
    await sql`
      CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
      BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END`.execute(db)
    await sql`
      CREATE TABLE commands (
        command_id TEXT NOT NULL PRIMARY KEY,
        user_id TEXT NOT NULL,
        entry TEXT NOT NULL,
        result TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT`.execute(db)
    await sql`CREATE INDEX commands_by_time ON commands (at)`.execute(db)
    await sql`CREATE TABLE sequences (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT`.execute(db)
    await sql`
      CREATE TABLE settings (
        key TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL,
        version INTEGER NOT NULL
      ) STRICT`.execute(db)
  },
}
