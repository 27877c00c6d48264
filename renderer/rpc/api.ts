import type { FieldIssue } from '#shared/kernel/app-error.ts'
import type { Api, CallOptions, Seat } from './connect.ts'
import { useSession } from './session.ts'
import type { CoreStatus } from '#shared/modules/session/session.schema.ts'

export type { FieldIssue }

let seat: Pick<Seat, 'current'> | null = null
let askPassword: (() => Promise<boolean>) | null = null

/** Set once, before anything is drawn. */
export function takeSeat(next: Pick<Seat, 'current'>): void {
  seat = next
}

/** Who asks for the password again when the core wants it: resolves false where the person declines. */
export function onStepUp(ask: (() => Promise<boolean>) | null): void {
  askPassword = ask
}

interface Options {
  readonly signal?: AbortSignal
  readonly context?: CallOptions
}
type Run = (path: readonly string[], input: unknown, options: Options) => Promise<unknown>

const failure = (code: string) => Object.assign(new Error(code), { code, data: {} })

const send: Run = (path, input, options) => {
  let node = (seat?.current() ?? null) as unknown as Record<string, unknown> | null
  if (node === null) return Promise.reject(failure('OFFLINE'))
  for (const key of path) node = node[key] as Record<string, unknown>
  return (node as unknown as (input: unknown, options: Options) => Promise<unknown>)(input, options)
}

/**
 * Every call goes through here. Its command id is fixed before it is sent, so a repetition after the password was
 * asked is the same command; a session that is over takes the seat back to the log-in.
 */
const call: Run = async (path, input, given) => {
  const options = { ...given, context: { commandId: crypto.randomUUID(), ...given.context } }
  try {
    return await send(path, input, options)
  } catch (error) {
    const { code } = shownError(error)
    if (code === 'STEP_UP_REQUIRED' && askPassword !== null) {
      if (await askPassword()) return send(path, input, options)
      throw failure('CANCELLED')
    }
    if (code === 'UNAUTHENTICATED' && path[0] !== 'session') useSession.getState().setSession(null, 'ended')
    // The data file is closed: locked by another seat, or found damaged just now. The first screen says which.
    if (code === 'LOCKED') await readStatus()
    throw error
  }
}

async function readStatus(): Promise<void> {
  try {
    useSession.getState().setStatus((await send(['session', 'status'], {}, {})) as CoreStatus)
  } catch {
    // Out of reach: the banner says so, and the connection reads it again when it is back.
  }
}

function client(path: readonly string[]): unknown {
  return new Proxy(() => undefined, {
    get: (_target, key) => (typeof key === 'string' && key !== 'then' ? client([...path, key]) : undefined),
    apply: (_target, _self, [input, options]: [unknown, Options | undefined]) => call(path, input, options ?? {}),
  })
}

/** The core's contract as functions: `api.customers.list(input)`. Without a connection they fail with OFFLINE. */
export const api = client([]) as Api

/** A failure as the interface shows it: a code with words in every language, and what the sentence needs. */
export interface ShownError {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Whatever a call threw, as a code and data. What came without a code was a connection that broke. */
export function shownError(error: unknown): ShownError {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    const data = 'data' in error && typeof error.data === 'object' && error.data !== null ? error.data : {}
    return { code: error.code === 'INTERNAL_SERVER_ERROR' ? 'INTERNAL' : error.code, data: data as ShownError['data'] }
  }
  return { code: 'OFFLINE', data: {} }
}

/** What the core found wrong with an input, field by field. */
export function fieldIssues(error: unknown): readonly FieldIssue[] {
  const { code, data } = shownError(error)
  return code === 'VALIDATION' && Array.isArray(data['issues']) ? (data['issues'] as FieldIssue[]) : []
}
