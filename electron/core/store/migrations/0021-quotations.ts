import type { Kysely } from 'kysely'

/** Quotations with versions, and minutes of talks. */
export const migration = {
  id: '0021-quotations',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
