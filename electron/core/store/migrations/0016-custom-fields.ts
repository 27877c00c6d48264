import type { Kysely } from 'kysely'

/** Fields that a firm adds to its customer file. */
export const migration = {
  id: '0016-custom-fields',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
