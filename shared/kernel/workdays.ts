import { addDays, weekday, type PlainDay } from './dates.ts'

/** Statutory calendar of the firm: days off, weekend days that are worked (调休), and until when it is known. */
export interface WorkCalendar {
  readonly holidays: ReadonlySet<string>
  readonly workingWeekends: ReadonlySet<string>
  readonly validThrough: PlainDay
}

/** A day with whether the calendar still knew it: beyond `validThrough` every weekday counts as worked. */
export interface WorkdayAnswer {
  readonly day: PlainDay
  readonly certain: boolean
}

export function makeCalendar(setting: {
  holidays: readonly { day: string }[]
  workingWeekends: readonly string[]
  validThrough: string
}): WorkCalendar {
  return {
    holidays: new Set(setting.holidays.map((h) => h.day)),
    workingWeekends: new Set(setting.workingWeekends),
    validThrough: setting.validThrough as PlainDay,
  }
}

export function isWorkday(calendar: WorkCalendar, day: PlainDay): boolean {
  if (calendar.workingWeekends.has(day)) return true
  return weekday(day) <= 5 && !calendar.holidays.has(day)
}

/** The day itself where it is worked, otherwise the next that is (民法典 art. 203). */
export function nextWorkday(calendar: WorkCalendar, day: PlainDay): WorkdayAnswer {
  let at = day
  while (!isWorkday(calendar, at)) at = addDays(at, 1)
  return { day: at, certain: at <= calendar.validThrough }
}

/** The `count`-th working day after `day`; 0 gives the day itself. */
export function addWorkdays(calendar: WorkCalendar, day: PlainDay, count: number): WorkdayAnswer {
  let at = day
  let left = count
  while (left > 0) {
    at = addDays(at, 1)
    if (isWorkday(calendar, at)) left -= 1
  }
  return { day: at, certain: at <= calendar.validThrough }
}

/** The latest day that at least `count` working days have followed, up to and including `day`; 0 gives the day itself. */
export function workdaysBefore(calendar: WorkCalendar, day: PlainDay, count: number): PlainDay {
  let at = day
  for (let left = count; left > 0; at = addDays(at, -1)) if (isWorkday(calendar, at)) left -= 1
  return at
}

/** Working days after `from` up to and including `to`; 0 where `to` is not later. */
export function workdaysBetween(calendar: WorkCalendar, from: PlainDay, to: PlainDay): number {
  let count = 0
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isWorkday(calendar, at)) count += 1
  return count
}
