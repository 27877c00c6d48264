import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CoreClient } from '#core/start-core.ts'
import { createTestCore, PASSWORD, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** A window's end of a port, as the desktop program hands it over. */
function window(id: number) {
  const { port1, port2 } = new MessageChannel()
  test.core.attachPort(port1 as never, { windowId: id })
  port2.start()
  const headers = { 'x-locale': 'en' }
  const link = (commandId?: string) =>
    new RPCLink({
      port: port2 as never,
      headers: () => (commandId ? { ...headers, 'x-command-id': commandId } : headers),
    })
  return {
    client: createORPCClient(link()) as unknown as CoreClient,
    /** A client whose commands all carry this id: a retry after a lost answer. */
    retrying: (commandId: string) => createORPCClient(link(commandId)) as unknown as CoreClient,
    close: () => port2.close(),
  }
}

it('serves the contract over a message port, with typed refusals', async () => {
  const { client, close } = window(1)
  expect(await client.session.status({})).toMatchObject({ state: 'open', host: 'local' })
  expect((await refusalOf(client.people.briefs({}))).code).toBe('UNAUTHENTICATED')
  await client.session.logIn({ login: 'sales', password: PASSWORD })
  const refusal = await refusalOf(client.customers.create({ name: '\u0000', source: 'web' }))
  expect(refusal).toMatchObject({
    code: 'VALIDATION',
    data: { issues: [{ path: ['name'], key: 'validation:controlCharacters' }] },
  })
  close()
})

it('carries a repeated command out once, and gives the first answer again', async () => {
  const { client, retrying, close } = window(2)
  await client.session.logIn({ login: 'sales', password: PASSWORD })
  const once = retrying('0198c2f0-0000-7000-8000-00000000beef')
  const first = await once.customers.create({ name: '只建一次', source: 'web' })
  const again = await once.customers.create({ name: '只建一次', source: 'web' })
  expect(again).toEqual(first)
  const list = await client.customers.list({
    limit: 10,
    sort: { key: 'name', dir: 'asc' },
    text: '只建一次',
    filters: {},
  })
  expect(list.rows).toHaveLength(1)
  close()
})

it('tells other windows what was changed, after it is safe', async () => {
  const one = window(3)
  const two = window(4)
  await one.client.session.logIn({ login: 'sales', password: PASSWORD })
  await two.client.session.logIn({ login: 'finance', password: PASSWORD })
  const stop = new AbortController()
  const events = await two.client.changes.watch({}, { signal: stop.signal })
  const heard = (async () => {
    for await (const event of events) if (event.module === 'customers') return event
    return null
  })()
  const { id } = await one.client.customers.create({ name: '另一窗口可见', source: 'referral' })
  expect((await heard)?.ids).toEqual([id])
  stop.abort()
  one.close()
  two.close()
})
