import { sql, type Kysely } from 'kysely'

/** The day by which the next step of a visit is to be done. */
export const migration = {
  id: '0014-visit-next-day',
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`ALTER TABLE visits ADD COLUMN next_day TEXT`.execute(db)
  },
}
