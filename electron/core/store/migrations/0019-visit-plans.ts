import type { Kysely } from 'kysely'

/** Planned visits, their preparation and their reports. */
export const migration = {
  id: '0019-visit-plans',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
