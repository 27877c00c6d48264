import type { PlainDay } from '#shared/kernel/dates.ts'

/** What due days are sorted by while there is none. */
export const NO_DUE_KEY = '9999-12-31'

/** So much more is owed under a due day from a day on; fen, below zero: less. */
export interface JournalEntry {
  readonly day: PlainDay
  readonly dueKey: string
  readonly amount: number
}

/** A due day that was another before; the oldest first. */
export interface DueChange {
  readonly day: PlainDay
  readonly before: string | null
  readonly after: string | null
}

const keyOf = (day: string | null) => day ?? NO_DUE_KEY

/** The due day, as a key, that held in the evening of a day: before the first change after it, else the one of now. */
export function dueOn(day: PlainDay, now: string, changes: readonly DueChange[]): string {
  const next = changes.find((change) => change.day > day)
  return next ? keyOf(next.before) : now
}

/**
 * What a move of a day is in the journal: an amount under the due day that held then, carried along where the due day
 * was changed since. All entries of an instalment up to a day sum to what was owed of it in the evening of that day, and
 * all of it under one due day.
 */
export function journalEntries(
  day: PlainDay,
  amount: number,
  now: string,
  changes: readonly DueChange[],
): JournalEntry[] {
  const entries: JournalEntry[] = [{ day, dueKey: dueOn(day, now, changes), amount }]
  for (const change of changes) {
    if (change.day <= day) continue
    entries.push({ day: change.day, dueKey: keyOf(change.before), amount: -amount })
    entries.push({ day: change.day, dueKey: keyOf(change.after), amount })
  }
  return entries
}
