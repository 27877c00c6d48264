import { addDays, addMonths, endOfMonth, startOfMonth, weekday, type PlainDay } from '#shared/kernel/dates.ts'
import { isWorkday, nextWorkday, type WorkCalendar } from '#shared/kernel/workdays.ts'

export const REPEATS = ['days', 'weeks', 'months'] as const
export type Repeat = (typeof REPEATS)[number]
/** No series has more visits than two years of weeks. */
export const MAX_SERIES = 104
/** As `monthDay`: the last day of the month that is worked. */
export const LAST_WORKDAY = 0

/** How a plan comes again. Ends on `until` or after `times`, whichever is given. */
export interface SeriesRule {
  readonly repeat: Repeat
  /** Every n-th day, week or month. */
  readonly every: number
  /** Of `weeks`: 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[]
  /** Of `months`: the day, in a shorter month its last one; `LAST_WORKDAY`. */
  readonly monthDay: number
  readonly until: PlainDay | null
  readonly times: number | null
  /** What falls on a day off is held on the next working day. */
  readonly toWorkday: boolean
}

/** A day of a series; `asked`: where it fell before it was moved off a day that is not worked. */
export interface SeriesDay {
  readonly day: PlainDay
  readonly asked: PlainDay
}

/** No calendar reaches further, and no rule leaves more out between two of its days. */
const HORIZON_DAYS = 366 * 30

/** The last day of a month that is worked. */
function lastWorkdayOf(calendar: WorkCalendar, month: PlainDay): PlainDay {
  let day = endOfMonth(month)
  while (!isWorkday(calendar, day)) day = addDays(day, -1)
  return day
}

/** The days that a rule names from `first` on, each later than the one before, without an end. */
function* named(calendar: WorkCalendar, first: PlainDay, rule: SeriesRule): Generator<PlainDay> {
  const horizon = addDays(first, HORIZON_DAYS)
  if (rule.repeat === 'days') {
    for (let day = first; day <= horizon; day = addDays(day, rule.every)) yield day
  } else if (rule.repeat === 'weeks') {
    const wanted = [...new Set(rule.weekdays)].sort((a, b) => a - b)
    const monday = addDays(first, 1 - weekday(first))
    for (let week = monday; week <= horizon; week = addDays(week, 7 * rule.every)) {
      for (const nth of wanted) {
        const day = addDays(week, nth - 1)
        if (day >= first) yield day
      }
    }
  } else {
    const start = startOfMonth(first)
    for (let n = 0, month = start; month <= horizon; n += rule.every, month = addMonths(start, n)) {
      const last = endOfMonth(month)
      const nth = addDays(month, rule.monthDay - 1)
      const day = rule.monthDay === LAST_WORKDAY ? lastWorkdayOf(calendar, month) : nth > last ? last : nth
      if (day >= first) yield day
    }
  }
}

/**
 * The days of a series from `first` on, strictly increasing: two that are moved onto the same working day are one.
 * None is later than `until`, also not by being moved; one more than MAX_SERIES tells that the rule asks for too many.
 */
export function seriesDays(calendar: WorkCalendar, first: PlainDay, rule: SeriesRule): SeriesDay[] {
  const days: SeriesDay[] = []
  const most = Math.min(rule.times ?? MAX_SERIES + 1, MAX_SERIES + 1)
  for (const asked of named(calendar, first, rule)) {
    if (days.length >= most) break
    if (rule.until !== null && asked > rule.until) break
    const day = rule.toWorkday ? nextWorkday(calendar, asked).day : asked
    if (rule.until !== null && day > rule.until) break
    if (day > (days.at(-1)?.day ?? '')) days.push({ day, asked })
  }
  return days
}
