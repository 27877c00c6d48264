import { create } from 'zustand'
import type { CoreStatus, SessionInfoView } from '#shared/modules/session/session.schema.ts'
import type { Action } from '#shared/policy/actions.ts'

/** Why nobody is logged in: locked here, logged out here, or ended by the core (idle, disabled, restarted). */
export type EndReason = 'locked' | 'loggedOut' | 'ended'

interface SessionState {
  readonly status: CoreStatus | null
  readonly session: SessionInfoView | null
  readonly online: boolean
  /** The program no longer knows this page; only a new link helps. */
  readonly refused: boolean
  readonly ended: EndReason | null
  /** Who sat here last, so that unlocking needs the password only. */
  readonly lastLogin: string
  setStatus(status: CoreStatus): void
  setSession(session: SessionInfoView | null, ended?: EndReason): void
  setOnline(online: boolean): void
  setRefused(): void
}

/** Who sits here and what the core is ready for. Lives in memory: a token is never written anywhere. */
export const useSession = create<SessionState>((set, get) => ({
  status: null,
  session: null,
  online: true,
  refused: false,
  ended: null,
  lastLogin: '',
  setStatus: (status) =>
    set({ status, session: status.session, lastLogin: status.session?.user.login ?? get().lastLogin }),
  setSession: (session, ended) =>
    set({
      session,
      ended: session === null ? (ended ?? null) : null,
      lastLogin: ended === 'loggedOut' ? '' : ((session ?? get().session)?.user.login ?? get().lastLogin),
    }),
  setOnline: (online) => set({ online }),
  setRefused: () => set({ refused: true, session: null, ended: 'ended' }),
}))

/** Whether the person here may do this at all; the core decides again. */
export function useCan(action: Action | null): boolean {
  return useSession((state) => action === null || state.session?.permissions[action] !== undefined)
}
