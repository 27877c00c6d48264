import { statSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '#core/store/driver.ts'
import { createTestCore, PASSWORD, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const logBytes = () => statSync(`${test.core.vault.dataPath}-wal`).size
const seat = async (login: string) => {
  const client = test.core.localClient({ device: `seat of ${login}` })
  const session = await client.session.logIn({ login, password: PASSWORD })
  return { client, token: session.token }
}

it('ends every session and its feeds, notes each once, and empties the log', async () => {
  const sales = await seat('sales')
  const finance = await seat('finance')
  const events = await sales.client.changes.watch({})
  const jobs = await finance.client.jobs.watch({})
  const heard = events.next()
  const ends = jobs.next()
  await sales.client.customers.create({ name: '锁屏前', source: 'web' })
  expect((await heard).done).toBe(false)
  expect(logBytes()).toBeGreaterThan(0)

  const locked = test.core.lock()
  // At once: whoever asks while the log is still being emptied is nobody any more.
  expect((await refusalOf(sales.client.people.briefs({}))).code).toBe('UNAUTHENTICATED')
  await locked
  expect(logBytes()).toBe(0)
  for (const { client, token } of [sales, finance]) {
    expect((await refusalOf(client.people.briefs({}))).code).toBe('UNAUTHENTICATED')
    expect((await refusalOf(client.session.resume({ token }))).code).toBe('UNAUTHENTICATED')
  }
  expect((await ends).done).toBe(true)
  expect((await events.next()).done).toBe(true)

  const notes = await test.core.vault.store.read
    .selectFrom('audit_log')
    .select(['user_id', 'device'])
    .where('action', '=', 'session.lock')
    .orderBy('seq')
    .execute()
  expect(notes.filter(({ device }) => device.startsWith('seat of '))).toEqual([
    { user_id: test.ids.sales, device: 'seat of sales' },
    { user_id: test.ids.finance, device: 'seat of finance' },
  ])
  const again = await seat('sales')
  expect((await again.client.people.briefs({})).length).toBeGreaterThan(5)
})

it('waits for a write, and not for a backup that reads the file', async () => {
  const { client } = await seat('sales')
  const reader = openDatabase(test.core.vault.dataPath, test.core.vault.store.key, { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM audit_log').get()
  let go = () => {}
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  const actor = { userId: test.ids.sales, roles: [], device: 'slow' }
  const written = test.core.deps.store.write(actor, async (uow) => {
    await held
    await uow.audit({ action: 'session.lock', entity: 'user', entityId: test.ids.sales })
    return 'kept'
  })
  const from = performance.now()
  const locked = test.core.lock()
  expect((await refusalOf(client.people.briefs({}))).code).toBe('UNAUTHENTICATED')
  go()
  await locked
  expect(await written).toBe('kept')
  expect(performance.now() - from).toBeLessThan(3000)
  expect(logBytes()).toBeGreaterThan(0)
  reader.exec('COMMIT')
  reader.close()
  await seat('sales')
  await test.core.lock()
  expect(logBytes()).toBe(0)
})

it('has nothing to do where the file is closed, and never rejects', async () => {
  const core = await test.restart()
  await core.lock()
  expect(core.vault.state().state).toBe('locked')
  const client = core.localClient()
  await client.session.logIn({ login: 'owner', password: PASSWORD })
  core.vault.checkpoint = () => Promise.reject(new Error('disk I/O error'))
  await core.lock()
  expect((await refusalOf(client.people.briefs({}))).code).toBe('UNAUTHENTICATED')
})
