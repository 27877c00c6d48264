import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { inConflict, type Placed } from '#shared/modules/visits/visits.calendar.rules.ts'
import { MAX_SERIES, seriesDays, type SeriesDay, type SeriesRule } from '#shared/modules/visits/visits.series.rules.ts'
import type { SeriesConflict, SeriesFields, SeriesQuestion } from '#shared/modules/visits/visits.series.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { findVisit, toRow } from './visits.repo.ts'
import { clearParts, addPlan, reportRules } from './visits.writes.ts'

/** Plans that come again: on which days they fall, all of them at once, and what is ahead of them taken away. */
export function createVisitSeries(deps: CoreDeps) {
  const { store } = deps

  return {
    async days(ctx: CallContext, question: SeriesQuestion) {
      const { calendar } = await reportRules(store.read)
      const days = seriesDays(calendar, question.day, ruleOf(question))
      const last = days.at(-1)?.day ?? question.day
      return {
        days,
        conflicts: await conflictsOf(store.read, ctx, question, days),
        uncertain: question.toWorkday && last > calendar.validThrough ? calendar.validThrough : null,
      }
    },

    plan: (ctx: CallContext, fields: SeriesFields) =>
      store.write(ctx.actor, async (uow) => {
        if (fields.day < uow.today) throw refuse('VISIT_PAST')
        const rule = ruleOf(fields)
        const days = seriesDays((await reportRules(uow.db)).calendar, fields.day, rule)
        const [first] = days
        if (!first) throw refuse('VISIT_SERIES_EMPTY')
        if (days.length > MAX_SERIES) throw refuse('VISIT_SERIES_LONG', { most: MAX_SERIES })
        const conflicts = await conflictsOf(uow.db, ctx, fields, days)
        const id = newId()
        await uow.db
          .insertInto('visit_series')
          .values({
            id,
            first_day: first.day,
            rule: JSON.stringify(rule),
            created_by: uow.actor.userId,
            created_at: uow.now,
          })
          .execute()
        for (const { day } of days) await addPlan(uow, ctx.scope, { ...planOf(fields), day }, id)
        await uow.audit({
          action: 'visits.planSeries',
          entity: 'visitSeries',
          entityId: id,
          after: { rule, days: days.map(({ day }) => day), customerId: fields.customerId, userId: fields.userId },
        })
        return { id, firstDay: first.day, count: days.length, conflicts: conflicts.length }
      }),

    end: (ctx: CallContext, input: { id: string; from: PlainDay }) =>
      store.write(ctx.actor, async (uow) => {
        const visit = await findVisit(uow.db, ctx.scope, input.id)
        if (!visit) throw refuse('NOT_FOUND', { entity: 'visit' })
        if (input.from < uow.today) throw refuse('VISIT_PAST')
        if (visit.series_id === null) throw refuse('VISIT_SERIES_EMPTY')
        const ahead = await aheadOf(uow.db, ctx.scope, visit.series_id, input.from).selectAll('visits').execute()
        if (ahead.length === 0) throw refuse('VISIT_SERIES_EMPTY')
        for (const one of ahead) {
          await clearParts(uow, one.id)
          await uow.db.deleteFrom('visits').where('id', '=', one.id).execute()
          await closeTasksOf(uow, { module: 'visits', id: one.id }, 'dropped')
          const before = toRow({ ...one, customer_name: visit.customer_name, user_name: visit.user_name }, '')
          await uow.audit({ action: 'visits.remove', entity: 'visit', entityId: one.id, before })
          uow.changed('visits', one.id)
        }
        await uow.audit({
          action: 'visits.endSeries',
          entity: 'visitSeries',
          entityId: visit.series_id,
          after: { from: input.from, days: ahead.map((one) => one.day) },
        })
        return { count: ahead.length }
      }),
  }
}

/** The series that a visit belongs to, as its page tells of it; `seriesId` null: none. */
export async function seriesOf(
  db: Reader,
  scope: Scope,
  visit: { readonly id: string; readonly day: string; readonly series_id: string | null },
  today: string,
) {
  if (visit.series_id === null) return null
  const kept = await db
    .selectFrom('visit_series')
    .selectAll()
    .where('id', '=', visit.series_id)
    .executeTakeFirstOrThrow()
  const days = await applyScope(db.selectFrom('visits').select('id'), scope, 'visits.user_id')
    .where('series_id', '=', visit.series_id)
    .orderBy('day')
    .orderBy('id')
    .execute()
  const from = visit.day < today ? today : visit.day
  const ahead = await aheadOf(db, scope, visit.series_id, from)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return {
    id: kept.id,
    rule: JSON.parse(kept.rule) as SeriesRule & { weekdays: number[] },
    firstDay: kept.first_day,
    nth: days.findIndex((one) => one.id === visit.id) + 1,
    count: days.length,
    ahead: Number(ahead.count),
  }
}

function aheadOf(db: Reader | Writer, scope: Scope, seriesId: string, from: string) {
  return applyScope(db.selectFrom('visits'), scope, 'visits.user_id')
    .where('visits.series_id', '=', seriesId)
    .where('visits.state', '=', 'planned')
    .where('visits.day', '>=', from)
}

function ruleOf({ repeat, every, weekdays, monthDay, until, times, toWorkday }: SeriesQuestion): SeriesRule {
  return { repeat, every, weekdays, monthDay, until, times, toWorkday }
}

function planOf(fields: SeriesFields) {
  const { repeat: _repeat, every: _every, weekdays: _weekdays, ...rest } = fields
  const { monthDay: _monthDay, until: _until, times: _times, toWorkday: _toWorkday, ...plan } = rest
  return plan
}

/** Planned visits within the scope that one of the people would have at the same time; none where no time is agreed. */
async function conflictsOf(
  db: Reader | Writer,
  ctx: CallContext,
  plan: SeriesQuestion,
  days: readonly SeriesDay[],
): Promise<SeriesConflict[]> {
  if (plan.startMinute === null || days.length === 0) return []
  const { startMinute, endMinute, withIds } = plan
  const userId = plan.userId ?? ctx.actor.userId ?? ''
  const people = [userId, ...withIds]
  const wanted = new Map<string, Placed>(
    days.map(({ day }) => [day, { id: '', userId, withIds, day, startMinute, endMinute, state: 'planned' }]),
  )
  const there = await applyScope(
    db
      .selectFrom('visits')
      .innerJoin('customers', 'customers.id', 'visits.customer_id')
      .innerJoin('users', 'users.id', 'visits.user_id')
      .select(['visits.id', 'visits.day', 'visits.start_minute', 'visits.end_minute', 'visits.user_id'])
      .select(['customers.name as customer_name', 'users.name as user_name']),
    ctx.scope,
    'visits.user_id',
  )
    .where('visits.day', 'in', [...wanted.keys()])
    .where('visits.state', '=', 'planned')
    .where('visits.start_minute', 'is not', null)
    .orderBy('visits.day')
    .orderBy('visits.start_minute')
    .orderBy('visits.id')
    .execute()
  if (there.length === 0) return []
  const along = await db
    .selectFrom('visit_people')
    .innerJoin('visits', 'visits.id', 'visit_people.visit_id')
    .select(['visit_people.visit_id', 'visit_people.user_id'])
    .where('visits.day', 'in', [...wanted.keys()])
    .where('visit_people.user_id', 'in', people)
    .execute()
  const companions = Map.groupBy(along, (row) => row.visit_id)
  return there.flatMap((row) => {
    const placed: Placed = {
      id: row.id,
      userId: row.user_id,
      withIds: (companions.get(row.id) ?? []).map((one) => one.user_id),
      day: row.day,
      startMinute: row.start_minute,
      endMinute: row.end_minute,
      state: 'planned',
    }
    const own = wanted.get(row.day)
    if (!own || !inConflict(own, placed)) return []
    const { customer_name: customerName, user_name: userName } = row
    return [
      {
        visitId: row.id,
        day: row.day,
        startMinute: row.start_minute,
        endMinute: row.end_minute,
        customerName,
        userName,
      },
    ]
  })
}
