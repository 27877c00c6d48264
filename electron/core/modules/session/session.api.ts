import type { SessionRegistry } from './session.registry.ts'
import type { SessionService } from './session.service.ts'

/** What the first run needs of sessions: a strong password, and the seat that it ends at. */
export type Sessions = Pick<SessionService, 'assertStrong' | 'begin'>

/** Live sessions, for work that goes on at a seat of its own. */
export type LiveSessions = Pick<SessionRegistry, 'start' | 'end' | 'userOf'>
