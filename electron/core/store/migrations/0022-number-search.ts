import { sql, type Kysely } from 'kysely'

/** Numbers with their owners, so that a part of one is found without a look at the records themselves. */
export const migration = {
  id: '0022-number-search',
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`CREATE INDEX contracts_by_number ON contracts (number, owner_id, id)`.execute(db)
    await sql`CREATE INDEX dunning_letters_by_number ON dunning_letters (number, owner_id, id)`.execute(db)
  },
}
