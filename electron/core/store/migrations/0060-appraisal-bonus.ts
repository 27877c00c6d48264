import { sql, type Kysely } from 'kysely'

const DDL = [
  // What a whole month's bonus of somebody is at 100 %, from a month on, in fen. One that was set anew for the same
  // month stays, replaced.
  `CREATE TABLE performance_bonus_bases (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    from_month TEXT NOT NULL,
    base INTEGER NOT NULL CHECK (base >= 0),
    set_at INTEGER NOT NULL,
    set_by TEXT NOT NULL REFERENCES users (id),
    replaced_at INTEGER,
    CHECK (set_by <> user_id)
  ) STRICT`,
  `CREATE UNIQUE INDEX performance_bonus_bases_in_force ON performance_bonus_bases (user_id, from_month)
    WHERE replaced_at IS NULL`,
  `CREATE INDEX performance_bonus_bases_of_user ON performance_bonus_bases (user_id, set_at, id)`,
  // Working days on which somebody was absent, in hundredths of a day.
  `CREATE TABLE performance_absences (
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    days INTEGER NOT NULL CHECK (days > 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    set_at INTEGER NOT NULL,
    set_by TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (month, user_id),
    CHECK (set_by <> user_id)
  ) STRICT`,
  // What the bonuses of a locked month were counted from, and what they came to: later changes do not move them.
  `CREATE TABLE performance_bonuses (
    month TEXT NOT NULL REFERENCES performance_months (month),
    user_id TEXT NOT NULL REFERENCES users (id),
    base INTEGER,
    base_from TEXT,
    workdays INTEGER NOT NULL,
    in_service INTEGER NOT NULL,
    absent INTEGER NOT NULL,
    absent_reason TEXT NOT NULL DEFAULT '',
    coefficient INTEGER NOT NULL,
    presence INTEGER NOT NULL,
    bonus INTEGER,
    PRIMARY KEY (month, user_id),
    CHECK ((base IS NULL) = (bonus IS NULL))
  ) STRICT`,
  `CREATE TRIGGER performance_bonuses_never_change BEFORE UPDATE ON performance_bonuses
   BEGIN SELECT RAISE(ABORT, 'a bonus of a locked month is never altered'); END`,
]

/** Bonuses by base, grade and presence. */
export const migration = {
  id: '0060-appraisal-bonus',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
