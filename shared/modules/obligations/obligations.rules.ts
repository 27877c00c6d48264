import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { DropCode, ObligationKind, ObligationState, ObligationTrigger } from './obligations.schema.ts'

export const STORED_STATES = ['open', 'done', 'dropped'] as const
export type StoredState = (typeof STORED_STATES)[number]

/** What money is owed for: it is done when the money came in, and its day is that of the payment clause. */
export const MONEY_KINDS = ['deposit', 'payment', 'retention'] as const
export const isMoney = (kind: ObligationKind): boolean => (MONEY_KINDS as readonly string[]).includes(kind)

/** What outlives the end of its contract: money still asked for, and what was to be kept secret (民法典 558, 501). */
export const outlivesContract = (kind: ObligationKind): boolean => isMoney(kind) || kind === 'confidentiality'

/** Things that may not have happened yet: an obligation that counts from one of them waits. */
const EVENTS: readonly ObligationTrigger[] = ['delivery', 'acceptance', 'warranty_end']

/** Whether an obligation without a day waits for something to happen; `happened`: what is known to have. */
export function waitsFor(
  trigger: ObligationTrigger,
  dueDay: PlainDay | null,
  happened: (event: ObligationTrigger) => boolean,
): boolean {
  return dueDay === null && EVENTS.includes(trigger) && !happened(trigger)
}

/**
 * What a reader sees of an obligation on `today`: overdue from the day after it was due, due soon from `soonDays`
 * natural days before. Without a day it waits for its event, or is open as long as it binds.
 */
export function obligationState(
  row: { readonly state: StoredState; readonly dueDay: PlainDay | null; readonly waits: boolean },
  today: PlainDay,
  soonDays: number,
): ObligationState {
  if (row.state !== 'open') return row.state
  if (row.dueDay === null) return row.waits ? 'waiting' : 'open'
  if (row.dueDay < today) return 'overdue'
  return row.dueDay <= addDays(today, soonDays) ? 'soon' : 'open'
}

/** Days past the due day of what is not finished; 0 where it is not overdue. */
export function daysLate(state: StoredState, dueDay: PlainDay | null, today: PlainDay): number {
  return state === 'open' && dueDay !== null ? Math.max(0, diffDays(dueDay, today)) : 0
}

export const OBLIGATION_STEPS = ['done', 'drop', 'reopen', 'assign', 'move'] as const
export type ObligationStep = (typeof OBLIGATION_STEPS)[number]

/** Why a step cannot be taken with an obligation: it is finished, it is not, or it follows what is recorded elsewhere. */
export type StepFault = 'closed' | 'open' | 'follows'

/**
 * Whether a person may take a step; null where he may. Only what is open is finished, moved or given to somebody else,
 * and only what a person finished or let fall is opened again. What money is owed for follows the receipts and the
 * payment clause.
 */
export function stepFault(
  row: {
    readonly state: StoredState
    readonly kind: ObligationKind
    readonly doneByRule: boolean
    readonly dropCode: DropCode | null
  },
  step: ObligationStep,
): StepFault | null {
  if (step === 'reopen') {
    if (row.state === 'open') return 'open'
    const said = row.state === 'done' ? !row.doneByRule : row.dropCode === 'person'
    return said ? null : 'follows'
  }
  if (row.state !== 'open') return 'closed'
  return step !== 'assign' && isMoney(row.kind) ? 'follows' : null
}

/**
 * The key that lists sort by: what is open by its day, then what has none, then what is finished. Texts, so that one
 * index serves.
 */
export function dueKeyOf(state: StoredState, dueDay: string | null): string {
  return state === 'open' ? (dueDay ?? '9999-12-31') : `z${dueDay ?? ''}`
}
