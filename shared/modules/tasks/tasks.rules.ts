import { addDays, diffDays, weekday, type PlainDay } from '#shared/kernel/dates.ts'
import { nextWorkday, type WorkCalendar } from '#shared/kernel/workdays.ts'

export const TASK_KINDS = ['nextStep', 'callBack', 'followUp', 'promise', 'other'] as const
export type TaskKind = (typeof TASK_KINDS)[number]

export const TASK_STATES = ['open', 'done', 'dropped'] as const
export type TaskState = (typeof TASK_STATES)[number]

export const TASK_MODULES = [
  'visits',
  'deals',
  'customers',
  'contracts',
  'orders',
  'receivables',
  'minutes',
  'quotations',
  'dueFiles',
  'approvals',
  'obligations',
  'contractExpiry',
  'contractUnsigned',
  'contractScan',
  'contractLoan',
  'limitation',
  'plans',
  'reviews',
  'appraisals',
  'appeals',
  'dunning',
] as const
export type TaskModule = (typeof TASK_MODULES)[number]

/** The record that a task came from; its page is where the work is done. */
export interface TaskSource {
  readonly module: TaskModule
  readonly id: string
}

export const TASK_STEPS = ['done', 'drop', 'reopen', 'change'] as const
export type TaskStep = (typeof TASK_STEPS)[number]

/** The state after a step, or null where the step is not possible: only what is open is changed or finished. */
export function afterStep(state: TaskState, step: TaskStep): TaskState | null {
  if (step === 'reopen') return state === 'open' ? null : 'open'
  if (state !== 'open') return null
  return step === 'done' ? 'done' : step === 'drop' ? 'dropped' : 'open'
}

export const DUE_GROUPS = ['overdue', 'today', 'week', 'later'] as const
export type DueGroup = (typeof DUE_GROUPS)[number]

/** The Sunday of the week of this day; weeks begin on Monday. */
export function endOfWeek(day: PlainDay): PlainDay {
  return addDays(day, 7 - weekday(day))
}

/** In which group of the inbox an open task stands on `today`. On a Sunday nothing is left of the week. */
export function dueGroup(dueDay: string, today: PlainDay): DueGroup {
  if (dueDay < today) return 'overdue'
  if (dueDay === today) return 'today'
  return dueDay <= endOfWeek(today) ? 'week' : 'later'
}

/** The due days of a group, both included; null: no bound on that side. Null where a group can hold no day. */
export function dueRange(
  group: DueGroup,
  today: PlainDay,
): { readonly from: PlainDay | null; readonly to: PlainDay | null } | null {
  const sunday = endOfWeek(today)
  switch (group) {
    case 'overdue':
      return { from: null, to: addDays(today, -1) }
    case 'today':
      return { from: today, to: today }
    case 'week':
      return sunday > today ? { from: addDays(today, 1), to: sunday } : null
    case 'later':
      return { from: addDays(sunday, 1), to: null }
  }
}

/** Days an open task is late on `today`; 0 where it is not. */
export function daysLate(dueDay: PlainDay, today: PlainDay): number {
  return Math.max(0, diffDays(dueDay, today))
}

export const SNOOZES = ['tomorrow', 'threeDays', 'nextWeek', 'nextMonth'] as const
export type Snooze = (typeof SNOOZES)[number]

/** The earliest day that a task may be put off to. */
export function earliestSnooze(today: PlainDay): PlainDay {
  return addDays(today, 1)
}

/** The day that a snooze proposes: at least tomorrow, and worked by the firm's calendar. */
export function proposeSnooze(choice: Snooze, today: PlainDay, calendar: WorkCalendar): PlainDay {
  const wished: Record<Snooze, PlainDay> = {
    tomorrow: addDays(today, 1),
    threeDays: addDays(today, 3),
    nextWeek: addDays(endOfWeek(today), 1),
    nextMonth: addDays(today, 30),
  }
  return nextWorkday(calendar, wished[choice]).day
}

/** Tasks of the next days that `soon` counts, after today. */
export const SOON_DAYS = 7
