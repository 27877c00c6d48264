import { sql } from 'kysely'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { callBackDue } from '#shared/modules/callbacks/callbacks.rules.ts'
import { GRADES } from '#shared/modules/customers/customers.schema.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { scopedTo, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** A day off lasts no longer than this, so that an earlier due day may still be moved into a period. */
const MOVED = 15

/** A customer who was to be contacted again on a day, and whether that was done by then. */
export interface DueCallBack {
  readonly customerId: string
  readonly ownerId: string
  readonly day: PlainDay
  readonly onTime: boolean
}

/**
 * Every call-back that fell due in a period (days, inclusive): counted from each contact by the cycle of the customer's
 * grade, for whoever looks after him now; one that a later contact forestalled counts as kept.
 */
export async function callBacksDue(
  db: Reader | Writer,
  scope: Scope,
  from: PlainDay,
  to: PlainDay,
): Promise<DueCallBack[]> {
  const cycles = (await readSetting(db, 'callBacks')).value
  const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
  const graded = GRADES.filter((grade) => cycles[grade] > 0)
  if (graded.length === 0) return []
  const longest = Math.max(...graded.map((grade) => cycles[grade]))
  const { rows } = await sql<{
    customerId: string
    ownerId: string
    grade: (typeof GRADES)[number]
    day: PlainDay
    next: PlainDay | null
  }>`SELECT c.id AS customerId, c.owner_id AS ownerId, c.grade, v.day,
      lead(v.day) OVER (PARTITION BY v.customer_id ORDER BY v.day) AS next
    FROM (SELECT DISTINCT customer_id, day FROM visits WHERE state = 'done' AND day >= ${addDays(from, -longest - MOVED)}) v
    JOIN customers c ON c.id = v.customer_id
    WHERE c.removed_at IS NULL AND c.stage = 'customer' AND c.owner_id IS NOT NULL
      AND c.grade IN (${sql.join(graded)}) AND ${scopedTo(scope, 'c.owner_id')}
    ORDER BY v.day, c.id`.execute(db as Reader)
  return rows.flatMap(({ grade, day: contact, next, ...row }) => {
    const due = callBackDue(contact, cycles[grade], calendar)
    if (due === null || due.day < from || due.day > to) return []
    return [{ ...row, day: due.day, onTime: next !== null && next <= due.day }]
  })
}
