import type { Kysely } from 'kysely'

/** Team members of a customer, and the public pool. */
export const migration = {
  id: '0017-customer-team',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
