import { Kysely, SqliteDialect } from 'kysely'
import type { Connection } from '../connection.ts'
import type { Tables } from '../tables.ts'

/** Kysely over one connection. */
export function sqliteKysely(connection: Connection): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        prepare: (text: string) => connection.prepare(text) as never,
        close: () => connection.close(),
      },
    }),
  })
}
