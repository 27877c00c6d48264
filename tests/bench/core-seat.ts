import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { Contract } from '#shared/rpc/contract.ts'
import { bundledCore } from './bundle.ts'
import type { CoreMessage, CoreReport } from './core-process.ts'
import { BENCH_LOGIN, BENCH_PASSWORD } from './firm-cache.ts'

export type BenchClient = ContractRouterClient<Contract>

/** A core in a process of its own, and a seat at it over a real WebSocket, exactly as a browser has one. */
export interface CoreSeat {
  readonly client: BenchClient
  readonly report: CoreReport
  /** Resolves when the check of a large file, which runs beside the work, has ended. */
  readonly checked: Promise<void>
  /** Resident memory now and at its highest since the last call, bytes. */
  memory(): { now: number; peak: number }
  /** What the core's process has computed so far, all threads together, ms; other work on the machine is not in it. */
  cpuMs(): number
  close(): Promise<void>
}

export async function openSeat(dataDir: string): Promise<CoreSeat> {
  const child = fork(await bundledCore(), [dataDir], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // As `npm start` starts the office host.
    execArgv: ['--max-semi-space-size=8'],
  })
  const memory = { now: 0, peak: 0 }
  let cpuMs = 0
  let checkDone = () => {}
  const checked = new Promise<void>((resolve) => (checkDone = resolve))
  const report = await new Promise<CoreReport>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the core ended with ${code}`)))
    child.on('message', (message: CoreMessage) => {
      if (message.kind === 'ready') resolve(message.report)
      if (message.kind === 'checked') checkDone()
      if (message.kind !== 'memory') return
      cpuMs = message.cpuMs
      memory.now = message.bytes
      memory.peak = Math.max(memory.peak, message.bytes)
    })
  })
  try {
    const client = await connect(report.link)
    await client.session.logIn({ login: BENCH_LOGIN, password: BENCH_PASSWORD })
    return {
      client,
      report,
      checked,
      memory() {
        const seen = { ...memory }
        memory.peak = memory.now
        return seen
      },
      cpuMs: () => cpuMs,
      close: () => end(child),
    }
  } catch (error) {
    await end(child)
    throw error
  }
}

async function connect(link: string): Promise<BenchClient> {
  const { origin, host, hash } = new URL(link)
  const answer = await fetch(`${origin}/session-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ once: hash.slice('#k='.length) }),
  })
  const { token } = (await answer.json()) as { token: string }
  const socket = new WebSocket(`ws://${host}/rpc`, ['yewutai.v1', `bearer.${token}`], { origin })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
  const headers = () => ({ 'x-command-id': crypto.randomUUID(), 'x-locale': 'zh-CN' })
  return createORPCClient(new RPCLink({ websocket: socket as never, headers }))
}

/** The folder is a copy that goes away: nothing in it needs a tidy end. */
async function end(child: ChildProcess): Promise<void> {
  child.removeAllListeners('exit')
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
