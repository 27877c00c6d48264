import type { PlainMonth } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { serviceDays, type BonusFacts } from '#shared/modules/performance/performance.bonus.rules.ts'
import type { BonusBaseRow } from '#shared/modules/performance/performance.bonus.schema.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { servicePeriods } from '#core/modules/people/people.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** What the bonuses of these people are counted from in an open month, by person. */
export async function openBonusFacts(
  db: Reader | Writer,
  month: PlainMonth,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, BonusFacts>> {
  if (userIds.length === 0) return new Map()
  const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
  const periods = await servicePeriods(db, userIds)
  const bases = await (db as Reader)
    .selectFrom('performance_bonus_bases')
    .select(['user_id as userId', 'from_month as fromMonth', 'base'])
    .where('user_id', 'in', [...userIds])
    .where('from_month', '<=', month)
    .where('replaced_at', 'is', null)
    .orderBy('from_month')
    .execute()
  // Of several the one that began last.
  const baseOf = new Map(bases.map((row) => [row.userId, row]))
  const absences = await (db as Reader)
    .selectFrom('performance_absences')
    .select(['user_id as userId', 'days', 'reason'])
    .where('month', '=', month)
    .execute()
  const absenceOf = new Map(absences.map((row) => [row.userId, row]))
  return new Map(
    userIds.map((userId) => {
      const { joinedDay = null, leftDay = null } = periods.get(userId) ?? {}
      const base = baseOf.get(userId)
      const absence = absenceOf.get(userId)
      const facts: BonusFacts = {
        ...serviceDays(calendar, month, joinedDay, leftDay),
        absent: absence?.days ?? 0,
        absentReason: absence?.reason ?? '',
        base: base?.base ?? null,
        baseFrom: base?.fromMonth ?? null,
      }
      return [userId, facts]
    }),
  )
}

/** What was kept with a locked month, by person; empty where it was locked without bonuses. */
export async function keptBonusFacts(db: Reader | Writer, month: PlainMonth): Promise<ReadonlyMap<string, BonusFacts>> {
  const rows = await (db as Reader)
    .selectFrom('performance_bonuses')
    .select(['user_id as userId', 'base', 'base_from as baseFrom', 'workdays', 'in_service as inService', 'absent'])
    .select(['absent_reason as absentReason', 'bonus as lockedBonus'])
    .where('month', '=', month)
    .execute()
  return new Map(rows.map(({ userId, ...facts }) => [userId, facts]))
}

/** Every base that was set for a person, latest first. */
export async function baseHistory(db: Reader, userId: string): Promise<BonusBaseRow[]> {
  const rows = await db
    .selectFrom('performance_bonus_bases as set')
    .innerJoin('users', 'users.id', 'set.set_by')
    .where('set.user_id', '=', userId)
    .select(['set.id', 'set.from_month as fromMonth', 'set.base', 'set.set_at as setAt', 'users.name as setByName'])
    .select('set.replaced_at as replacedAt')
    .orderBy('set.set_at', 'desc')
    .orderBy('set.id', 'desc')
    .execute()
  return rows.map(({ replacedAt, ...row }) => ({ ...row, replaced: replacedAt !== null }))
}
