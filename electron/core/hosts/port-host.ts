import { RPCHandler } from '@orpc/server/message-port'
import { RequestHeadersPlugin } from '@orpc/server/plugins'
import type { Connection, RpcContext } from '#core/rpc/context.ts'
import type { CoreRouter } from '#core/rpc/router.ts'

/** Electron's MessagePortMain, as far as it is needed; the core never imports Electron. */
export interface PortLike {
  on(event: 'message' | 'close', listener: (event?: { data: unknown }) => void): void
  postMessage(data: unknown): void
  start?(): void
  close?(): void
}

/** Serves the contract over message ports: one port per window, handed over by the preload. */
export function createPortHost(router: CoreRouter) {
  const handler = new RPCHandler<RpcContext>(router, { plugins: [new RequestHeadersPlugin()] })
  return {
    attach(port: PortLike, connection: Connection): void {
      handler.upgrade(port as never, { context: { connection } })
      port.start?.()
    },
  }
}
