import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { addWorkdays, type WorkCalendar, type WorkdayAnswer } from '#shared/kernel/workdays.ts'

/** Why a complaint about late payment cannot be made, each with its words; empty where it can (支付条例 2, 24, 25). */
export function complaintFaults(facts: {
  readonly weAreSmall: boolean | null
  readonly buyer: 'large' | 'publicBody' | 'other' | 'unknown'
  readonly hasContract: boolean
  readonly overdue: number
}): Reason[] {
  const faults: Reason[] = []
  const lacks = (holds: boolean, name: string) => {
    if (!holds) faults.push({ key: `receivables:complaint.${name}` })
  }
  lacks(facts.weAreSmall === true, 'notSmall')
  lacks(facts.buyer === 'large' || facts.buyer === 'publicBody', 'notCovered')
  lacks(facts.hasContract, 'noContract')
  lacks(facts.overdue > 0, 'nothingOverdue')
  return faults
}

/** Until when an authority passes a complaint on, answers it, and answers it at the latest. */
export interface ComplaintDays {
  readonly passedOn: WorkdayAnswer
  readonly answered: PlainDay
  readonly latest: PlainDay
}

/**
 * The days of a complaint (支付条例 25): passed on within 10 working days of being accepted, answered within 30 days of
 * its arrival there, 90 where that was extended. Counted from the day it was passed on, or should have been.
 */
export function complaintDays(
  acceptedDay: PlainDay,
  passedOnDay: PlainDay | null,
  calendar: WorkCalendar,
): ComplaintDays {
  const passedOn = addWorkdays(calendar, acceptedDay, 10)
  const from = passedOnDay ?? passedOn.day
  return { passedOn, answered: addDays(from, 30), latest: addDays(from, 90) }
}
