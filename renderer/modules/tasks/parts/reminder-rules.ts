/** No more than one reminder in this time. */
export const REMIND_EVERY_MS = 60 * 60_000

export interface ReminderState {
  readonly on: boolean
  /** What the system says: only `granted` shows anything. */
  readonly permission: string
  /** When this seat was last reminded, UTC ms; 0: never. */
  readonly lastAt: number
  /** Due tasks it was reminded of since it was started. */
  readonly told: ReadonlySet<string>
}

/** The due tasks that a reminder is to be shown for now; none where it is off, refused, too soon, or nothing is new. */
export function newlyDue<T extends { readonly id: string }>(state: ReminderState, due: readonly T[], now: number): T[] {
  if (!state.on || state.permission !== 'granted') return []
  // A clock that was put back must not silence the reminder for good.
  if (now >= state.lastAt && now - state.lastAt < REMIND_EVERY_MS) return []
  return due.filter((task) => !state.told.has(task.id))
}
