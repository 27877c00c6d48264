import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = []

/** Clauses, templates composed of them, and the Word templates of the firm itself. */
export const migration = {
  id: '0028-clauses',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
