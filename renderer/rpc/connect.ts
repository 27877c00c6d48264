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

/** One place in front of the core: the client of whatever connection there is, and whether there is one. */
export interface Seat {
  current(): Api | null
  onState(listener: (online: boolean) => void): () => void
  /** What is done on a connection made anew before anybody else may use it. Must not reject. */
  beforeReturn(prepare: (api: Api) => Promise<void>): void
  /** Told where the program is there again and no longer knows this page: waiting would be for nothing. */
  onRefused(listener: () => void): void
}

const PROTOCOL = 'yewutai.v1'
const TOKEN_KEY = 'yewutai.transport'
const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 5000

let locale = 'zh-CN'

/** The language that refusals and files are made in from now on. */
export function setCallLocale(next: string): void {
  locale = next
}

const headers = ({ context }: { context: CallOptions }) => ({
  'x-command-id': context.commandId ?? crypto.randomUUID(),
  'x-locale': locale,
})

/** In the desktop program by message port, in a browser by WebSocket. Rejects where there is nobody to talk to. */
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
  const api: Api = createORPCClient(new PortLink<CallOptions>({ port, headers }))
  port.start()
  let open = true
  return {
    current: () => (open ? api : null),
    onState(listener) {
      const closed = () => {
        open = false
        listener(false)
      }
      port.addEventListener('close', closed)
      return () => port.removeEventListener('close', closed)
    },
    // A port that is closed does not come back: the program on its other end went with it.
    beforeReturn: () => undefined,
    onRefused: () => undefined,
  }
}

/** The one-time key of the address is exchanged for a token that this tab keeps while the program runs. */
export async function transportToken(): Promise<string> {
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

/** Whether somebody answers there, and says that this page is a stranger. */
async function isRefused(token: string): Promise<boolean> {
  try {
    return (await fetch('/session-token', { headers: { authorization: `Bearer ${token}` } })).status === 401
  } catch {
    return false
  }
}

async function connectSocket(): Promise<Seat> {
  const token = await transportToken()
  const listeners = new Set<(online: boolean) => void>()
  let prepare: (api: Api) => Promise<void> = () => Promise.resolve()
  let refused = () => {}
  let current: Api | null = null
  let attempt = 0

  const open = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const url = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/rpc`
      const socket = new WebSocket(url, [PROTOCOL, `bearer.${token}`])
      socket.addEventListener('close', () => reject(new Error('no connection')))
      socket.addEventListener('open', async () => {
        const api: Api = createORPCClient(new SocketLink<CallOptions>({ websocket: socket, headers }))
        // After the link, which ends its open calls first: nobody is left who would send a cancellation into the void.
        socket.addEventListener('close', () => {
          if (current !== api) return
          current = null
          for (const listener of listeners) listener(false)
        })
        await prepare(api)
        if (socket.readyState !== WebSocket.OPEN) return
        attempt = 0
        current = api
        for (const listener of listeners) listener(true)
        resolve()
      })
    })

  const again = () => {
    const wait = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS)
    attempt += 1
    setTimeout(() => {
      open().catch(async () => {
        if (await isRefused(token)) refused()
        else again()
      })
    }, wait)
  }

  await open()
  listeners.add((online) => {
    if (!online) again()
  })
  return {
    current: () => current,
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    beforeReturn(next) {
      prepare = next
    },
    onRefused(listener) {
      refused = listener
    },
  }
}
