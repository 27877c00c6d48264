import { sql, type Kysely } from 'kysely'

const POLICY = JSON.stringify({
  ranking: 'own',
  lines: [{ from: '2000-01', bestMonths: 3, weakMonths: 3, weakRate: 6_000, below: 6_000 }],
})

/** Who sees the ranking, and what results suggest: a file that is older gets what a new firm starts with. */
export const migration = {
  id: '0058-appraisal-policy',
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`INSERT INTO settings (key, value, version)
      SELECT 'appraisal', ${POLICY}, 0 WHERE EXISTS (SELECT 1 FROM settings)`.execute(db)
  },
}
