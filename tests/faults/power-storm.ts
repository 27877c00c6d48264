import { openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemClock } from '#core/kernel/clock.ts'
import { ChangeFeed } from '#core/kernel/change-feed.ts'
import { openStore } from '#core/store/open.ts'

/**
 * Writes a given number of units and notes each answer in a file of answers, which the trace holds in the same order as
 * the writes. Arguments: data file, key in hex, how many, and the sync level to force (empty: as the program sets it).
 */
const [path = '', keyHex = '', count = '0', level = ''] = process.argv.slice(2)
const store = await openStore({
  path,
  key: new Uint8Array(Buffer.from(keyHex, 'hex')),
  clock: systemClock('Asia/Shanghai'),
  feed: new ChangeFeed(),
})
if (level !== '') store.raw.pragma(`synchronous = ${level}`)
store.raw.pragma('wal_autocheckpoint = 60')
const answers = openSync(join(dirname(path), 'answers'), 'w')
const actor = { userId: 'storm', roles: [], device: 'child', entry: 'test.storm' }
for (let n = 0; n < Number(count); n += 1) {
  await store.write(actor, async (uow) => {
    for (const part of [0, 1, 2]) {
      const value = JSON.stringify('x'.repeat((n * 37 + part * 211) % 900))
      await uow.db
        .insertInto('settings')
        .values({ key: `k-${n}-${part}`, value, version: n })
        .execute()
    }
    await uow.audit({ action: 'customers.update', entity: 'customer', entityId: String(n) })
  })
  writeSync(answers, Buffer.from([n & 255, n >> 8]), 0, 2, n * 2)
}
process.exit(0)
