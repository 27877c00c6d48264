import { writeSync } from 'node:fs'
import { isRefusal } from '#shared/kernel/app-error.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { ChangeFeed } from '#core/kernel/change-feed.ts'
import { openStore } from '#core/store/open.ts'

/**
 * A program that writes as fast as it can until it is killed. Each unit of work writes three rows; its number goes to
 * standard output only after the commit was answered. A fault ends it with `fault CODE`. Arguments: data file, key in hex,
 * first number.
 */
const [path = '', keyHex = '', first = '0'] = process.argv.slice(2)
const store = await openStore({
  path,
  key: new Uint8Array(Buffer.from(keyHex, 'hex')),
  clock: systemClock('Asia/Shanghai'),
  feed: new ChangeFeed(),
})
const actor = { userId: 'storm', roles: [], device: 'child', entry: 'test.storm' }
try {
  for (let n = Number(first); ; n += 1) {
    await store.write(actor, async (uow) => {
      for (const part of [0, 1, 2]) {
        const key = `k-${String(n).padStart(8, '0')}-${part}`
        await uow.db
          .insertInto('settings')
          .values({ key, value: JSON.stringify('x'.repeat((n * 37 + part * 211) % 900)), version: n })
          .execute()
      }
      await uow.nextNumber('storm')
      await uow.audit({ action: 'customers.update', entity: 'customer', entityId: String(n) })
    })
    writeSync(1, `${n}\n`)
  }
} catch (error) {
  if (!isRefusal(error, 'STORAGE')) throw error
  // What was committed can still be read.
  const { length } = await store.read.selectFrom('settings').select('key').execute()
  writeSync(1, `fault ${String(error.data['reason'])} ${length}\n`)
  process.exit(3)
}
