import type { Kysely } from 'kysely'

export const migration = {
  id: '0015-deals',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
