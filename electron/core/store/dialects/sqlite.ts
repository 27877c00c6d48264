import { setImmediate as eventLoop } from 'node:timers/promises'
import { Kysely, SqliteDialect, type KyselyPlugin } from 'kysely'
import type { Connection } from '../connection.ts'
import type { Tables } from '../tables.ts'

/** How long queries may follow each other before everything else gets its turn, ms. */
const TURN_MS = 12

/**
 * The driver answers at once, so a loop of awaited queries would never let go: no message of a window or thread would
 * come through until its end. Every few milliseconds one query's answer waits for the event loop.
 */
function fairness(): KyselyPlugin {
  let since = performance.now()
  return {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (performance.now() - since > TURN_MS) {
        await eventLoop()
        since = performance.now()
      }
      return result
    },
  }
}

/** Kysely over one connection. */
export function sqliteKysely(connection: Connection): Kysely<Tables> {
  return new Kysely<Tables>({
    plugins: [fairness()],
    dialect: new SqliteDialect({
      database: {
        prepare: (text: string) => connection.prepare(text) as never,
        close: () => connection.close(),
      },
    }),
  })
}
