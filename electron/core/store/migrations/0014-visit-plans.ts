import type { Kysely } from 'kysely'

export const migration = {
  id: '0014-visit-plans',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
