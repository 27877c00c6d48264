import { sql, type Kysely } from 'kysely'

/** Every setting is there from the first run on: a file that is older gets the cycles that a new firm starts with. */
const DEFAULT = JSON.stringify({ A: 30, B: 60, C: 90, D: 0 })

/** How often customers are to be called back. */
export const migration = {
  id: '0013-call-backs',
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'callBacks', ${DEFAULT}, 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
