import { sql, type Kysely } from 'kysely'

const DDL: readonly string[] = []

/** Seals, signed scans, the archive and obligations of contracts. */
export const migration = {
  id: '0030-contract-papers',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
