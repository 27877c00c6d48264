import type { Kysely } from 'kysely'

/** Plans that come again. */
export const migration = {
  id: '0022-visit-series',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
