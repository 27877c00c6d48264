import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = []

/** Ways of approval, the requests that go them, and what was decided. */
export const migration = {
  id: '0027-approvals',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
