import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { FileContent } from '#core/kernel/files.ts'
import type { PageTokens } from './page-tokens.ts'
import { pageWithNonce, securityHeaders, staticManifest } from './static-files.ts'

/** What the web host serves; the core behind it. */
export interface WebHostCore {
  attachSocket(socket: WebSocket, device: string): Promise<void>
  takeFile(ticket: string): Promise<FileContent | null>
}

export interface WebHost {
  readonly port: number
  /** The address with its one-time key; asking again makes a new one. */
  oneTimeLink(): string
  close(): Promise<void>
}

export interface WebHostOptions {
  readonly core: WebHostCore
  readonly tokens: PageTokens
  /** Folder of the built renderer. */
  readonly root: string
  /** 0 lets the system choose. */
  readonly port: number
}

const PROTOCOL = 'yewutai.v1'
const MAX_SOCKETS = 200
const MAX_BODY = 4096
/** An upload of 20 MB travels as one message, a little larger than the file itself. */
const MAX_PAYLOAD = 24 * 1024 * 1024
const ONCE_MS = 10 * 60_000

/**
 * Serves the program to browsers on this computer only. A page from elsewhere gets nothing: Host and Origin must be
 * ours to the letter, and the socket opens only with the token that the one-time link was exchanged for.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const files = staticManifest(options.root)
  const once = new Map<string, number>()
  const { tokens } = options
  const sockets = new Set<WebSocket>()
  let port = 0

  const hosts = () => new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  const origins = () => new Set([`http://127.0.0.1:${port}`, `http://localhost:${port}`])
  const hostAllowed = (request: IncomingMessage) => hosts().has(request.headers.host ?? '')

  const send = (response: ServerResponse, status: number, text: string) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...securityHeaders('none') })
    response.end(text)
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!origins().has(request.headers.origin ?? '')) return send(response, 403, 'forbidden')
    const body = await readBody(request, MAX_BODY)
    let given: unknown
    try {
      given = JSON.parse(body ?? '')
    } catch {
      return send(response, 400, 'bad request')
    }
    const key = typeof given === 'object' && given !== null && 'once' in given ? given.once : null
    const until = typeof key === 'string' ? once.get(key) : undefined
    if (typeof key !== 'string' || until === undefined || until < performance.now()) {
      return send(response, 401, 'unknown or used link')
    }
    once.delete(key)
    const token = await tokens.issue()
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...securityHeaders('none') })
    response.end(JSON.stringify({ token }))
  }

  /** Tells a page that lost its connection whether a socket would open: a refused one does not say why. */
  function recognise(request: IncomingMessage, response: ServerResponse): void {
    const known = tokens.has(/^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    response.writeHead(known ? 204 : 401, securityHeaders('none')).end()
  }

  async function serveTicket(path: string, response: ServerResponse): Promise<void> {
    const file = await options.core.takeFile(path.slice('/files/'.length))
    if (file === null) return send(response, 404, 'not found')
    response.writeHead(200, {
      ...securityHeaders('none'),
      'content-type': file.mime,
      'content-length': file.bytes.byteLength,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    })
    response.end(file.bytes)
  }

  function serveStatic(path: string, method: string, response: ServerResponse): void {
    // Every address without a file behind it is a page of the program's own router.
    const file = files.get(path) ?? (path.includes('.') ? undefined : files.get('/index.html'))
    if (!file) return send(response, 404, 'not found')
    const nonce = randomBytes(16).toString('base64')
    response.writeHead(200, { ...securityHeaders(nonce), 'content-type': file.type })
    if (method === 'HEAD') response.end()
    else if (file.type.startsWith('text/html')) response.end(pageWithNonce(file.path, nonce))
    else createReadStream(file.path).pipe(response)
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hostAllowed(request)) return send(response, 403, 'forbidden')
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (path === '/session-token' && request.method === 'POST') return exchange(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'method not allowed')
    const origin = request.headers.origin
    if (origin !== undefined && !origins().has(origin)) return send(response, 403, 'forbidden')
    if (path === '/session-token') return recognise(request, response)
    if (path.startsWith('/files/')) return serveTicket(path, response)
    serveStatic(path, request.method, response)
  }

  const server: Server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (response.headersSent) response.destroy()
      else send(response, 500, 'internal error')
    })
  })
  server.headersTimeout = 10_000
  server.requestTimeout = 30_000
  server.maxConnections = MAX_SOCKETS * 2

  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  })

  server.on('upgrade', (request, socket, head) => {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((p) => p.trim())
    const bearer = offered.find((p) => p.startsWith('bearer.'))?.slice('bearer.'.length) ?? ''
    const allowed =
      request.url === '/rpc' &&
      hostAllowed(request) &&
      origins().has(request.headers.origin ?? '') &&
      offered.includes(PROTOCOL) &&
      tokens.has(bearer) &&
      sockets.size < MAX_SOCKETS
    if (!allowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    webSockets.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened)
      opened.on('close', () => sockets.delete(opened))
      opened.on('error', () => opened.terminate())
      void options.core.attachSocket(opened, request.socket.remoteAddress ?? 'web')
    })
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', () => resolve())
  })
  port = (server.address() as AddressInfo).port

  return {
    port,
    oneTimeLink() {
      const key = randomBytes(24).toString('base64url')
      once.set(key, performance.now() + ONCE_MS)
      return `http://127.0.0.1:${port}/#k=${key}`
    },
    async close() {
      for (const socket of sockets) socket.terminate()
      webSockets.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function readBody(request: IncomingMessage, max: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > max) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
