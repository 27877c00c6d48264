import dayjs from 'dayjs'
import { dayOfMoment, monthOf, type PlainDay, type PlainMonth } from '#shared/kernel/dates.ts'
import { useSession } from '#renderer/rpc/session.ts'

/** The firm's day by this seat's clock, wherever the seat is: a default for fields; the core judges by its own clock. */
export function firmToday(): PlainDay {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  // By the calendar, not by what passed since the page was opened: the computer may have slept over midnight.
  return dayOfMoment(dayjs().valueOf(), useSession.getState().session?.zone ?? own)
}

/** The month of it. */
export const firmMonth = (): PlainMonth => monthOf(firmToday())

/** The year of it. */
export const firmYear = (): number => Number(firmToday().slice(0, 4))
