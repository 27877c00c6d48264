import { addWorkdays, makeCalendar } from '#shared/kernel/workdays.ts'
import { superiorOf, type Org } from '#shared/modules/approvals/approvals.resolve.ts'
import type { ApprovalContext } from '#shared/modules/approvals/approvals.rules.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { scopeOf } from '#shared/policy/can.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { orgChart } from '#core/modules/people/people.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** What the rules of approval must know of the firm on a day. */
export interface ApprovalFirm {
  readonly org: Org
  readonly context: ApprovalContext
  nameOf(userId: string | null): string
}

/** Reads who is there, who leads whom, who stands in for whom, and which days are worked. */
export async function approvalFirm(db: Reader | Writer, today: PlainDay): Promise<ApprovalFirm> {
  const { members, leaders, heads } = await orgChart(db)
  const substitutes = await db.selectFrom('approval_substitutes').selectAll().where('to_day', '>=', today).execute()
  const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
  const people = new Map(
    members.map(({ active, ...person }) => [
      person.id,
      { ...person, eligible: active && scopeOf(person.roles, 'approvals.use') !== 'none' },
    ]),
  )
  const org: Org = { people, leaders, heads }
  return {
    org,
    context: {
      day: today,
      eligible: (userId) => people.get(userId)?.eligible === true,
      coverFor: (userId, own) => superiorOf(org, userId, own),
      substitutes: substitutes.map((row) => ({
        userId: row.user_id,
        substituteId: row.substitute_id,
        fromDay: row.from_day,
        toDay: row.to_day,
      })),
      dueDay: (workdays) => addWorkdays(calendar, today, workdays).day,
    },
    nameOf: (userId) => (userId === null ? '' : (people.get(userId)?.name ?? '')),
  }
}
