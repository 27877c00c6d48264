import type { Kysely } from 'kysely'

export const migration = {
  id: '0012-customer-file',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
