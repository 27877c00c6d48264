import { addDays, startOfMonth, shiftMonth, type PlainDay, type PlainMonth } from '#shared/kernel/dates.ts'
import { isWorkday, type WorkCalendar } from '#shared/kernel/workdays.ts'

/** Within so many days of the next month an appraisal is finished. */
const DAYS = 10

/**
 * The last day to lock a month: the tenth of the next one, or the last working day before it, so that it stays within
 * the first ten days. A month of which none of the ten is worked keeps the tenth.
 */
export function lockDay(calendar: WorkCalendar, month: PlainMonth): PlainDay {
  const first = startOfMonth(shiftMonth(month, 1))
  for (let ahead = DAYS - 1; ahead >= 0; ahead -= 1) {
    const day = addDays(first, ahead)
    if (isWorkday(calendar, day)) return day
  }
  return addDays(first, DAYS - 1)
}
