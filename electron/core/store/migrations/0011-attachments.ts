import type { Kysely } from 'kysely'

export const migration = {
  id: '0011-attachments',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
