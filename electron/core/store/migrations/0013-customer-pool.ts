import type { Kysely } from 'kysely'

export const migration = {
  id: '0013-customer-pool',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
