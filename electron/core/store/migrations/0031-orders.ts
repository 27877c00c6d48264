import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = []

/** Orders that signing makes. */
export const migration = {
  id: '0031-orders',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
