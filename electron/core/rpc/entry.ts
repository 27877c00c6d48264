import { isLocale, type Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { Action } from '#shared/policy/actions.ts'
import { scopeOf } from '#shared/policy/can.ts'
import type { EntryMeta } from '#shared/rpc/define.ts'
import type { CallContext, CoreDeps, Session } from '#core/kernel/deps.ts'
import { makeScope, type Scope } from '#core/kernel/scope.ts'
import type { HandlerContext, RpcContext } from './context.ts'
import { toWire } from './errors.ts'
import { createReadNotes } from './read-notes.ts'

/** What the entry middleware needs of the session module. */
export interface SessionGate {
  /** The session behind a token, or null; also counts as activity. */
  find(token: string): Promise<Session | null>
  hasSteppedUp(token: string): boolean
  /** Ids of everybody in the teams that this session leads or belongs to. */
  teamUserIds(session: Session): Promise<readonly string[]>
}

interface EntryCall {
  readonly context: RpcContext
  readonly path: readonly string[]
  readonly procedure: { readonly '~orpc': { readonly meta: EntryMeta } }
  readonly signal?: AbortSignal
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const SLOW_MS = 250

/**
 * The one way into the core, for every entry: session → permission and row scope → step-up → replay of a repeated
 * command → note of a sensitive reading → the handler → timing and error mapping. An entry cannot be bound without it.
 */
export function createEntry(deps: CoreDeps, gate: SessionGate) {
  const noteReading = createReadNotes(deps)

  async function prepare(call: EntryCall): Promise<HandlerContext> {
    const meta = call.procedure['~orpc'].meta
    const { connection, reqHeaders } = call.context
    const session = connection.token === null ? null : await gate.find(connection.token)
    if (meta.permit !== 'public' && session === null) throw refuse('UNAUTHENTICATED')
    const scope =
      meta.permit === 'public' || meta.permit === 'session'
        ? makeScope.users(session ? [session.userId] : [])
        : await scopeForAction(session, meta.permit, (found) => gate.teamUserIds(found))
    if (scope === null) throw refuse('FORBIDDEN', { action: meta.permit })
    if (meta.stepUp && connection.token !== null && !gate.hasSteppedUp(connection.token)) {
      throw refuse('STEP_UP_REQUIRED')
    }
    const header = reqHeaders?.get('x-command-id') ?? null
    const commandId = meta.kind === 'command' && header !== null && UUID.test(header) ? header : undefined
    const ctx: CallContext = {
      actor: {
        userId: session?.userId ?? null,
        roles: session?.roles ?? [],
        device: connection.device,
        entry: call.path.join('.'),
        ...(commandId === undefined ? {} : { commandId }),
      },
      scope,
      locale: localeOf(reqHeaders?.get('x-locale'), connection.locale),
      session,
      ...(call.signal ? { signal: call.signal } : {}),
    }
    return { ...call.context, call: ctx }
  }

  /** Runs `next` as an entry; `replayed` is called instead where the same command was already answered. */
  return async function entry<R>(
    call: EntryCall,
    next: (context: HandlerContext) => Promise<R>,
    replayed: (output: unknown) => R,
  ): Promise<R> {
    const started = performance.now()
    try {
      const context = await prepare(call)
      const { commandId, userId } = context.call.actor
      if (commandId !== undefined && userId !== null) {
        const earlier = await deps.store.replay(commandId, userId, call.path.join('.'))
        if (earlier !== undefined) return replayed(earlier.result)
      }
      if (call.procedure['~orpc'].meta.audit === 'read') await noteReading(context.call.actor, call.path.join('.'))
      return await next(context)
    } catch (error) {
      throw toWire(error, deps.log, call.path)
    } finally {
      const took = performance.now() - started
      if (took > SLOW_MS) deps.log.warn({ entry: call.path.join('.'), ms: Math.round(took) }, 'slow entry')
    }
  }
}

/** Whose rows a session may touch with an action; null where it may not do it at all. */
export async function scopeForAction(
  session: Session | null,
  action: Action,
  teamUserIds: (session: Session) => Promise<readonly string[]>,
): Promise<Scope | null> {
  const reach = session === null ? 'none' : scopeOf(session.roles, action)
  if (session === null || reach === 'none') return null
  if (reach === 'all') return makeScope.all()
  return makeScope.users(reach === 'own' ? [session.userId] : await teamUserIds(session))
}

function localeOf(header: string | null | undefined, fallback: Locale): Locale {
  return header && isLocale(header) ? header : fallback
}
