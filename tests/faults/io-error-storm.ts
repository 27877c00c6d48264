import { writeSync } from 'node:fs'
import { isRefusal } from '#shared/kernel/app-error.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { ChangeFeed } from '#core/kernel/change-feed.ts'
import { openStore } from '#core/store/open.ts'

/**
 * Writes and reads while calls of the operating system fail. Prints `ok <number>` for every answered write, `fault` for
 * every refused one, `unread` for every refused reading, `damage` where the file is called damaged. Anything else that
 * is thrown ends it. Arguments: data file, key in hex, how many writes.
 */
const [path = '', keyHex = '', count = '0'] = process.argv.slice(2)
const say = (text: string) => writeSync(1, `${text}\n`)
const store = await openStore({
  path,
  key: new Uint8Array(Buffer.from(keyHex, 'hex')),
  clock: systemClock('Asia/Shanghai'),
  feed: new ChangeFeed(),
  onDamage: () => say('damage'),
})
const actor = { userId: 'storm', roles: [], device: 'child', entry: 'test.storm' }
const refused = (error: unknown, word: string) => {
  if (!isRefusal(error, 'STORAGE') && !isRefusal(error, 'BUSY')) throw error
  say(word)
}
for (let n = 0; n < Number(count); n += 1) {
  await store
    .write(actor, async (uow) => {
      for (const part of [0, 1, 2]) {
        const value = JSON.stringify('x'.repeat((n * 37 + part * 211) % 900))
        await uow.db
          .insertInto('settings')
          .values({ key: `k-${n}-${part}`, value, version: n })
          .execute()
      }
      await uow.audit({ action: 'customers.update', entity: 'customer', entityId: String(n) })
    })
    .then(
      () => say(`ok ${n}`),
      (error: unknown) => refused(error, 'fault'),
    )
  if (n % 5 === 0) {
    await store.read
      .selectFrom('settings')
      .select('value')
      .execute()
      .catch((error: unknown) => refused(error, 'unread'))
  }
}
say('end')
process.exit(0)
