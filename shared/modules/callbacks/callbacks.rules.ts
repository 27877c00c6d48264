import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { nextWorkday, type WorkCalendar, type WorkdayAnswer } from '#shared/kernel/workdays.ts'

/**
 * The day a customer is to be contacted again: `cycle` natural days after the last contact, moved to the next working
 * day; null where the grade has no cycle. Not certain beyond the days the calendar knows.
 */
export function callBackDue(last: PlainDay, cycle: number, calendar: WorkCalendar): WorkdayAnswer | null {
  return cycle === 0 ? null : nextWorkday(calendar, addDays(last, cycle))
}
