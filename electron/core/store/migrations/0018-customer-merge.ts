import type { Kysely } from 'kysely'

/** What a merge of two files takes to be undone. */
export const migration = {
  id: '0018-customer-merge',
  async up(_db: Kysely<unknown>): Promise<void> {},
}
