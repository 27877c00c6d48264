import { writeSync } from 'node:fs'
import { fixedClock } from '#core/kernel/clock.ts'
import { ChangeFeed } from '#core/kernel/change-feed.ts'
import { MIGRATIONS } from '#core/store/migrations/index.ts'
import { openStore } from '#core/store/open.ts'

/**
 * Migrates a file and ends itself like a power switch would after the given statement; prints how many there were
 * where it comes to the end. Arguments: data file, key in hex, statement (0: never).
 */
const [path = '', keyHex = '', stopAt = '0'] = process.argv.slice(2)
let statements = 0
const counted = MIGRATIONS.map((migration) => ({
  id: migration.id,
  up: (db: Parameters<typeof migration.up>[0]) =>
    migration.up(
      db.withPlugin({
        transformQuery: ({ node }) => node,
        async transformResult({ result }) {
          statements += 1
          if (statements === Number(stopAt)) process.kill(process.pid, 'SIGKILL')
          return result
        },
      }),
    ),
}))
const store = await openStore({
  path,
  key: new Uint8Array(Buffer.from(keyHex, 'hex')),
  clock: fixedClock(0),
  feed: new ChangeFeed(),
  migrations: counted,
})
await store.close()
writeSync(1, String(statements))
