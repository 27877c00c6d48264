import { Kysely, SqliteDialect } from 'kysely'
import type { Database } from '../driver.ts'
import type { Tables } from '../tables.ts'

const MAX_STATEMENTS = 400

/** Kysely over one connection; compiled statements are kept, since the same few hundred come back all day. */
export function sqliteKysely(db: Database): Kysely<Tables> {
  const statements = new Map<string, ReturnType<Database['prepare']>>()
  return new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        prepare(text: string) {
          const known = statements.get(text)
          if (known && !known.busy) return known as never
          const made = db.prepare(text)
          if (statements.size >= MAX_STATEMENTS) statements.delete(statements.keys().next().value ?? '')
          statements.set(text, made)
          return made as never
        },
        close: () => void db.close(),
      },
    }),
  })
}
