import { create } from 'zustand'
import type { Action } from '#shared/policy/actions.ts'
import type { CoreStatus, SessionInfoView } from '#shared/modules/session/session.schema.ts'

interface SessionState {
  readonly status: CoreStatus | null
  readonly session: SessionInfoView | null
  readonly online: boolean
  /** Seats keep the address they were on when they locked. */
  setStatus(status: CoreStatus): void
  setSession(session: SessionInfoView | null): void
  setOnline(online: boolean): void
}

/** Who sits here and what the core is ready for. */
export const useSession = create<SessionState>((set) => ({
  status: null,
  session: null,
  online: true,
  setStatus: (status) => set({ status, session: status.session }),
  setSession: (session) => set({ session }),
  setOnline: (online) => set({ online }),
}))

/** Whether the person here may do this at all; the core decides again. */
export function useCan(action: Action | null): boolean {
  return useSession((state) => action === null || state.session?.permissions[action] !== undefined)
}
