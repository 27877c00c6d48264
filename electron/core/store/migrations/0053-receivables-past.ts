import { sql, type Kysely } from 'kysely'

const DDL = [
  // What was open on a past day reads these three columns of every change since, and nothing else.
  `CREATE INDEX receivable_journal_due ON receivable_journal (day, due_key, amount)`,
]

/** Ageing as of a past day is read from an index alone. */
export const migration = {
  id: '0053-receivables-past',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
