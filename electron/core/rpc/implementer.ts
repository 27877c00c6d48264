import { implement } from '@orpc/server'
import { contract } from '#shared/rpc/contract.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import type { RpcContext } from './context.ts'
import { createEntry, type SessionGate } from './entry.ts'

/**
 * The contract, ready to be bound: every entry goes through the entry middleware before its input is even looked at,
 * so that nobody without permission learns what a valid input is.
 */
export function createImplementer(deps: CoreDeps, gate: SessionGate) {
  const entry = createEntry(deps, gate)
  return implement(contract)
    .$context<RpcContext>()
    .use(async ({ context, path, procedure, signal, next }, _input, output) =>
      entry(
        { context, path, procedure: procedure as never, ...(signal ? { signal } : {}) },
        async (handlerContext) => next({ context: { call: handlerContext.call } }),
        (earlier) => output(earlier) as never,
      ),
    )
}

export type Os = ReturnType<typeof createImplementer>
