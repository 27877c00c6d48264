import type { Locale } from '#shared/i18n/locale.ts'
import type { CallContext, Session } from '#core/kernel/deps.ts'

/**
 * One seat: a window's port, a browser's socket, or an in-process client. It remembers only the session token;
 * who that is, and what they may do, is looked up on every call, so that a changed role holds at once.
 */
export interface Connection {
  readonly id: string
  readonly host: 'port' | 'web' | 'local'
  /** Shown in the audit log: `window 1`, `127.0.0.1`. */
  readonly device: string
  token: string | null
  locale: Locale
}

/** What a host gives with each call. `reqHeaders` holds `x-command-id` and `x-locale`. */
export interface RpcContext {
  readonly connection: Connection
  readonly reqHeaders?: Headers
}

/** What a handler gets. */
export interface HandlerContext extends RpcContext {
  readonly call: CallContext
}

/** Until when a feed is told: its caller goes, or the session that opened it ends. */
export function untilOver(ctx: CallContext, signal: AbortSignal | undefined): AbortSignal {
  const { over } = sessionOf(ctx)
  return signal ? AbortSignal.any([signal, over]) : over
}

/** The session of a call that cannot come without one. */
export function sessionOf(ctx: CallContext): Session {
  // The middleware refuses such calls before any handler runs; this is for the type's sake.
  if (ctx.session === null) throw new Error('this entry is public and has no session')
  return ctx.session
}
