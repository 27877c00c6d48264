import type { Kysely } from 'kysely'

export const migration = {
  id: '0016-market-notes',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
