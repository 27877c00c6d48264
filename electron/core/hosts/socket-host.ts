import { RequestHeadersPlugin } from '@orpc/server/plugins'
import { RPCHandler } from '@orpc/server/ws'
import type { WebSocket } from 'ws'
import type { Connection, RpcContext } from '#core/rpc/context.ts'
import type { CoreRouter } from '#core/rpc/router.ts'

/** Serves the contract over WebSockets; the web host has checked Host, Origin and token before. */
export function createSocketHost(router: CoreRouter) {
  const handler = new RPCHandler<RpcContext>(router, { plugins: [new RequestHeadersPlugin()] })
  return {
    async attach(socket: WebSocket, connection: Connection): Promise<void> {
      await handler.upgrade(socket, { context: { connection } })
    },
  }
}
