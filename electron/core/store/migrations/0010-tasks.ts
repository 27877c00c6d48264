import type { Kysely } from 'kysely'

export const migration = {
  id: '0010-tasks',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
