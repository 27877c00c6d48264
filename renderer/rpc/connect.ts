import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/rpc/contract.ts'

export type Api = ContractRouterClient<Contract, CallOptions>

/** What a call may carry: a command that is repeated keeps its id, so that it is carried out once. */
export interface CallOptions {
  commandId?: string
}

export interface Seat {
  readonly api: Api
  /** Called when the connection is lost for good or comes back. */
  onState(listener: (online: boolean) => void): () => void
}

const PROTOCOL = 'yewutai.v1'
const TOKEN_KEY = 'yewutai.transport'

let locale = 'zh-CN'

/** The language that refusals and files are made in from now on. */
export function setCallLocale(next: string): void {
  locale = next
}

const headers = ({ context }: { context: CallOptions }) => ({
  'x-command-id': context.commandId ?? crypto.randomUUID(),
  'x-locale': locale,
})

/** In the desktop program by message port, in a browser by WebSocket. */
export async function connect(): Promise<Seat> {
  return 'host' in window ? connectPort() : connectSocket()
}

async function connectPort(): Promise<Seat> {
  const port = await new Promise<MessagePort>((resolve) => {
    window.addEventListener('message', function take(event) {
      if (event.source !== window || event.data !== 'yewutai:port' || !event.ports[0]) return
      window.removeEventListener('message', take)
      resolve(event.ports[0])
    })
    window.postMessage('yewutai:ready', window.location.origin)
  })
  port.start()
  const api: Api = createORPCClient(new PortLink<CallOptions>({ port, headers }))
  return { api, onState: () => () => undefined }
}

/** The one-time key of the address is exchanged for a token that this tab keeps while the program runs. */
async function transportToken(): Promise<string> {
  const once = /[#&]k=([\w-]+)/.exec(window.location.hash)?.[1]
  if (once !== undefined) {
    window.history.replaceState(null, '', window.location.pathname + window.location.search)
    const answer = await fetch('/session-token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ once }),
    })
    if (answer.ok) {
      const { token } = (await answer.json()) as { token: string }
      sessionStorage.setItem(TOKEN_KEY, token)
      return token
    }
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? ''
}

async function connectSocket(): Promise<Seat> {
  const token = await transportToken()
  const listeners = new Set<(online: boolean) => void>()
  let current: Api | null = null
  let attempt = 0

  const open = (): Promise<Api> =>
    new Promise((resolve, reject) => {
      const url = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/rpc`
      const socket = new WebSocket(url, [PROTOCOL, `bearer.${token}`])
      socket.addEventListener('open', () => {
        attempt = 0
        current = createORPCClient(new SocketLink<CallOptions>({ websocket: socket, headers }))
        for (const listener of listeners) listener(true)
        resolve(current)
      })
      socket.addEventListener('close', () => {
        current = null
        for (const listener of listeners) listener(false)
        reject(new Error('closed'))
        attempt += 1
        if (attempt < 20) setTimeout(() => void open().catch(() => undefined), Math.min(500 * 2 ** attempt, 5000))
      })
    })
  await open()
  return {
    // Every call goes to the connection of the moment; without one it fails at once and the form keeps its text.
    api: forward(() => current),
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Stands for the client of whatever connection there is. */
function forward(target: () => Api | null, path: readonly string[] = []): Api {
  const call = (...args: unknown[]) => {
    let node = target() as unknown as Record<string, unknown> | null
    if (node === null) return Promise.reject(Object.assign(new Error('OFFLINE'), { code: 'OFFLINE', data: {} }))
    for (const key of path) node = node[key] as Record<string, unknown>
    return (node as unknown as (...args: unknown[]) => Promise<unknown>)(...args)
  }
  return new Proxy(call, {
    get: (_target, key) => (typeof key === 'string' && key !== 'then' ? forward(target, [...path, key]) : undefined),
  }) as unknown as Api
}
