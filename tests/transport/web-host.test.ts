import { request, type IncomingHttpHeaders } from 'node:http'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openPageTokens } from '#core/hosts/page-tokens.ts'
import { startWebHost, type WebHost } from '#core/hosts/web-host.ts'
import type { CoreClient } from '#core/start-core.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

let test: TestCore
let host: WebHost
const root = mkdtempSync(join(tmpdir(), 'yewutai-web-'))

beforeAll(async () => {
  test = await createTestCore()
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><title>x</title>',
  )
  writeFileSync(join(root, 'app.js'), 'export {}')
  mkdirSync(join(root, 'assets'))
  writeFileSync(join(root, 'assets', 'icon-1.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  host = await startHost(0)
})

const pages = join(root, '..', `${basename(root)}.json`)
async function startHost(port: number): Promise<WebHost> {
  const { core } = test
  return startWebHost({
    core: {
      attachSocket: (socket, device) => core.attachSocket(socket, device),
      takeFile: (ticket) => core.takeFile(ticket),
    },
    tokens: await openPageTokens(pages, test.clock),
    root,
    port,
  })
}
afterAll(async () => {
  await host.close()
  await test.close()
  rmSync(root, { recursive: true, force: true })
  rmSync(pages, { force: true })
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: host.port, path, method: options.method ?? 'GET', headers: options.headers ?? {} },
      (answer) => {
        let body = ''
        answer.on('data', (chunk) => (body += String(chunk)))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
      },
    )
    sent.on('error', reject)
    sent.end(options.body)
  })
}

const origin = () => `http://127.0.0.1:${host.port}`
const once = () => new URL(host.oneTimeLink()).hash.slice('#k='.length)
const exchange = (key: unknown, from = origin()) =>
  ask('/session-token', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(from === '' ? {} : { origin: from }) },
    body: JSON.stringify({ once: key }),
  })
const tokenOf = async () => (JSON.parse((await exchange(once())).body) as { token: string }).token

/** Opens a socket as a browser would; null where it is refused. */
function open(protocols: string[], headers: Record<string, string> = { origin: origin() }): Promise<WebSocket | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, protocols, { headers })
    socket.on('open', () => resolve(socket))
    socket.on('error', () => resolve(null))
  })
}
const clientOf = (socket: WebSocket): CoreClient =>
  createORPCClient(new RPCLink({ websocket: socket as never })) as unknown as CoreClient

describe('pages and files', () => {
  it('serves the page with a policy and a fresh nonce, and its own routes', async () => {
    const one = await ask('/')
    const two = await ask('/customers')
    expect([one.status, two.status]).toEqual([200, 200])
    const nonce = /content="([^"]+)"/.exec(one.body)?.[1] ?? ''
    expect(one.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
    expect(one.headers['content-security-policy']).toContain("default-src 'none'")
    expect(one.headers['content-security-policy']).not.toContain('unsafe')
    expect(two.body).not.toContain(nonce)
    expect(one.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('serves what the page is made of at the root, and nothing of it below an address', async () => {
    const icon = await ask('/assets/icon-1.svg')
    expect([icon.status, icon.headers['content-type']]).toEqual([200, 'image/svg+xml'])
    expect((await ask('/customers/assets/icon-1.svg')).status).toBe(404)
  })

  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '127.attacker.example', '[::1]'])(
    'refuses the host name %j',
    async (name) => {
      expect((await ask('/', { headers: { host: name } })).status).not.toBe(200)
    },
  )

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://localhost'])(
    'refuses the origin %s',
    async (from) => {
      expect((await ask('/', { headers: { origin: from } })).status).toBe(403)
      expect((await exchange(once(), from)).status).toBe(403)
    },
  )

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/keys.json',
    '/app.js%00.html',
    '/\\..\\x',
    '/index.html/../../x.json',
  ])('has no way out of its folder by %s', async (path) => {
    expect((await ask(path)).body).not.toContain('yewutai')
    expect([200, 400, 404]).toContain((await ask(path)).status)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('answers %s with 405', async (method) => {
    expect((await ask('/', { method })).status).toBe(405)
  })
})

describe('the one-time link', () => {
  it('is good once, and only from our own page', async () => {
    const key = once()
    expect((await exchange(key, '')).status).toBe(403)
    expect((await exchange(key)).status).toBe(200)
    expect((await exchange(key)).status).toBe(401)
    for (const bad of ['', 'x', null, 1, {}, ['a']]) expect((await exchange(bad)).status).toBe(401)
  })
  it('refuses a body that is no JSON, or too long', async () => {
    const send = (body: string) => ask('/session-token', { method: 'POST', headers: { origin: origin() }, body })
    expect((await send('{')).status).toBe(400)
    expect((await send('x'.repeat(10_000))).status).toBe(400)
  })
})

describe('a page that outlives its host', () => {
  const known = async (token: string) =>
    (await ask('/session-token', { headers: { authorization: `Bearer ${token}` } })).status
  const again = async () => {
    const { port } = host
    await host.close()
    host = await startHost(port)
  }

  it('is known to the next one by the hash of its token, for half a day', async () => {
    const token = await tokenOf()
    expect(readFileSync(pages, 'utf8')).not.toContain(token)
    await again()
    expect(await known(token)).toBe(204)
    const socket = await open(['yewutai.v1', `bearer.${token}`])
    expect((await refusalOf(clientOf(socket as WebSocket).people.briefs({}))).code).toBe('UNAUTHENTICATED')
    socket?.close()
    test.clock.set(TEST_NOW + 13 * 3_600_000)
    await again()
    test.clock.set(TEST_NOW)
    expect(await known(token)).toBe(401)
    expect(await open(['yewutai.v1', `bearer.${token}`])).toBeNull()
  })

  it('is a stranger where the file is gone or says nonsense', async () => {
    const token = await tokenOf()
    for (const text of ['', '{', '[{"hash":"x","at":1}]', '[]']) {
      writeFileSync(pages, text)
      await again()
      expect(await known(token), text).toBe(401)
    }
    for (const bad of ['', 'x', '%00', token.slice(1)]) expect(await known(bad)).toBe(401)
    expect((await ask('/session-token')).status).toBe(401)
  })

  it('has its calls and feeds end by themselves when the host is cut off: nothing rejects unheard', async () => {
    const unheard: unknown[] = []
    const note = (error: unknown) => unheard.push(error)
    process.on('unhandledRejection', note)
    const socket = await open(['yewutai.v1', `bearer.${await tokenOf()}`])
    const client = clientOf(socket as WebSocket)
    await client.session.logIn({ login: 'hr', password: PASSWORD })
    const stop = new AbortController()
    const ends = [client.changes, client.jobs].map(async (feed) => {
      const events = await feed.watch({}, { signal: stop.signal })
      for await (const _ of events) continue
    })
    await client.session.touch({})
    const cut = Promise.allSettled([...ends, client.jobs.list({})])
    await again()
    expect((await cut).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    // What the page does on its way to the log-in, after the link has ended its calls.
    stop.abort()
    await new Promise((resolve) => setTimeout(resolve, 100))
    process.off('unhandledRejection', note)
    expect(unheard).toEqual([])
  })
})

describe('the socket', () => {
  it('opens with our protocol, origin and token only', async () => {
    const token = await tokenOf()
    expect(await open(['yewutai.v1'])).toBeNull()
    expect(await open(['yewutai.v1', 'bearer.x'])).toBeNull()
    expect(await open([`bearer.${token}`])).toBeNull()
    expect(await open(['yewutai.v1', `bearer.${token}`], { origin: 'http://evil.example' })).toBeNull()
    expect(await open(['yewutai.v1', `bearer.${token}`], {})).toBeNull()
    const socket = await open(['yewutai.v1', `bearer.${token}`])
    expect(socket).not.toBeNull()
    socket?.close()
  })

  it('asks for a session, serves one, and another socket takes it over', async () => {
    const token = await tokenOf()
    const one = await open(['yewutai.v1', `bearer.${token}`])
    const client = clientOf(one as WebSocket)
    expect((await refusalOf(client.people.briefs({}))).code).toBe('UNAUTHENTICATED')
    const session = await client.session.logIn({ login: 'finance', password: PASSWORD })
    expect((await client.people.briefs({})).length).toBeGreaterThan(5)
    const two = await open(['yewutai.v1', `bearer.${token}`])
    const second = clientOf(two as WebSocket)
    expect((await refusalOf(second.people.briefs({}))).code).toBe('UNAUTHENTICATED')
    await second.session.resume({ token: session.token })
    expect((await second.people.briefs({})).length).toBeGreaterThan(5)
    one?.close()
    two?.close()
  })

  it('carries a file both ways: uploaded by message, fetched once by ticket', async () => {
    const socket = await open(['yewutai.v1', `bearer.${await tokenOf()}`])
    const client = clientOf(socket as WebSocket)
    await client.session.logIn({ login: 'sales', password: PASSWORD })
    const file = new File(['\ufeff名称\r\n甲'], '客户.csv', { type: 'text/csv' })
    const { fileId } = await client.files.upload({ file })
    const { url } = await client.files.ticket({ fileId })
    const fetched = await ask(url)
    expect([fetched.status, fetched.body]).toEqual([200, '\ufeff名称\r\n甲'])
    expect(fetched.headers['content-disposition']).toContain(encodeURIComponent('客户.csv'))
    expect((await ask(url)).status).toBe(404)
    socket?.close()
  })

  it('survives what is no message of ours', async () => {
    const socket = (await open(['yewutai.v1', `bearer.${await tokenOf()}`])) as WebSocket
    for (const bad of ['', '{', 'null', '[]', '{"i":1}', '\u0000', 'x'.repeat(100_000)]) socket.send(bad)
    socket.send(Buffer.from([0, 1, 2, 255]))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const again = (await open(['yewutai.v1', `bearer.${await tokenOf()}`])) as WebSocket
    expect((await clientOf(again).session.status({})).state).toBe('open')
    socket.close()
    again.close()
  })
})
