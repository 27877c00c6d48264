import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { isLate, missingParts, type Channel, type Purpose } from '#shared/modules/visits/visits.rules.ts'
import type {
  CheckItem,
  PlanChange,
  PlanFields,
  ReportFields,
  RescheduleInput,
} from '#shared/modules/visits/visits.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { customerOpenTo } from '#core/modules/customers/customers.api.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { AuditAction } from '#shared/modules/audit/audit.actions.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { toRow, type RawVisit } from './visits.repo.ts'
import { partsOf } from './visits.views.ts'
import {
  addPlan,
  currentVisit,
  keepIntent,
  nextStepOf,
  planNextStep,
  reportRules,
  setChecks,
  setPeople,
  stepped,
  visitorOf,
  type Versioned,
} from './visits.writes.ts'

interface Reason {
  readonly code: string
  readonly text: string
}

/** What happens to a planned visit, from the plan to its report. */
export function createVisitPlans(deps: CoreDeps) {
  const { store } = deps

  /** Writes one step of a visit with its audit row. */
  async function keep(
    uow: UnitOfWork,
    visit: RawVisit,
    action: AuditAction,
    columns: object,
    told: { before?: unknown; after: unknown },
  ): Promise<{ id: string; version: number }> {
    const version = visit.version + 1
    await uow.db
      .updateTable('visits')
      .set({ ...columns, version, updated_at: uow.now })
      .where('id', '=', visit.id)
      .execute()
    await uow.audit({ action, entity: 'visit', entityId: visit.id, ...told })
    uow.changed('visits', visit.id)
    return { id: visit.id, version }
  }

  /** It did not take place: what was to remind of its report is dropped. */
  const end =
    (step: 'cancel' | 'incident', action: AuditAction) => (ctx: CallContext, input: Versioned & { reason: Reason }) =>
      store.write(ctx.actor, async (uow) => {
        const visit = await currentVisit(uow, ctx.scope, input)
        const state = stepped(visit, step)
        if (step === 'incident' && visit.day > uow.today) throw refuse('VISIT_DAY')
        await closeTasksOf(uow, { module: 'visits', id: visit.id }, 'dropped')
        const { code, text } = input.reason
        return keep(
          uow,
          visit,
          action,
          { state, reason_code: code, reason_text: text },
          { before: { state: visit.state }, after: { state, ...input.reason } },
        )
      })

  return {
    plan: (ctx: CallContext, fields: PlanFields) =>
      store.write(ctx.actor, async (uow) => ({ id: await addPlan(uow, ctx.scope, fields), version: 0 })),

    changePlan: (ctx: CallContext, { id, version, ...fields }: PlanChange) =>
      store.write(ctx.actor, async (uow) => {
        const visit = await currentVisit(uow, ctx.scope, { id, version })
        if (stepped(visit, 'change') !== 'planned') throw refuse('VISIT_STATE', { state: visit.state })
        const visitor = await visitorOf(uow, ctx.scope, fields.userId, visit)
        if (visit.customer_id !== fields.customerId) await customerOpenTo(uow.db, ctx.scope, fields.customerId)
        const parts = await partsOf(uow.db, visit)
        const before = parts.withPeople.map((person) => person.id)
        await setPeople(uow, id, visitor, fields, before)
        // Whoever has it now is reminded anew.
        const handedOn = visitor !== visit.user_id
        if (handedOn && visit.reminded_at !== null) await closeTasksOf(uow, { module: 'visits', id }, 'dropped')
        return keep(
          uow,
          visit,
          'visits.changePlan',
          {
            customer_id: fields.customerId,
            user_id: visitor,
            channel: fields.channel,
            purpose: fields.purpose,
            place: fields.place,
            goal: fields.goal,
            ...(handedOn ? { reminded_at: null } : {}),
          },
          { before: { ...toRow(visit, ''), withIds: before, theirPeople: parts.theirPeople }, after: fields },
        )
      }),

    reschedule: (ctx: CallContext, { id, version, ...to }: RescheduleInput) =>
      store.write(ctx.actor, async (uow) => {
        const visit = await currentVisit(uow, ctx.scope, { id, version })
        const state = stepped(visit, 'reschedule')
        if (to.day < uow.today) throw refuse('VISIT_PAST')
        const from = { day: visit.day, startMinute: visit.start_minute, endMinute: visit.end_minute }
        const same = from.day === to.day && from.startMinute === to.startMinute && from.endMinute === to.endMinute
        if (same && visit.state === 'planned') throw refuse('VISIT_SAME_TIME')
        await uow.db
          .insertInto('visit_moves')
          .values({
            id: newId(),
            visit_id: id,
            from_day: from.day,
            from_start: from.startMinute,
            from_end: from.endMinute,
            to_day: to.day,
            to_start: to.startMinute,
            to_end: to.endMinute,
            reason: to.reason,
            at: uow.now,
            user_id: uow.actor.userId,
          })
          .execute()
        // A reminder of the report was of the day before.
        if (visit.reminded_at !== null) await closeTasksOf(uow, { module: 'visits', id }, 'dropped')
        return keep(
          uow,
          visit,
          'visits.reschedule',
          {
            state,
            day: to.day,
            start_minute: to.startMinute,
            end_minute: to.endMinute,
            rescheduled_from: visit.rescheduled_from ?? (from.day === to.day ? null : from.day),
            reason_code: '',
            reason_text: '',
            reminded_at: null,
          },
          { before: { ...from, state: visit.state }, after: { ...to, state } },
        )
      }),

    report: (ctx: CallContext, { id, version, ...fields }: ReportFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const visit = await currentVisit(uow, ctx.scope, { id, version })
        const state = stepped(visit, 'report')
        if (visit.day > uow.today) throw refuse('VISIT_DAY')
        await checkNext(uow, visit, fields)
        const missing = missingParts({
          ...fields,
          channel: visit.channel as Channel,
          purpose: visit.purpose as Purpose,
        })
        const { calendar, reportDays } = await reportRules(uow.db)
        // A report is of the day that it became complete on: half of one in time is no report in time.
        const kept = visit.state === 'done' && (visit.complete === 1 || missing.length > 0)
        const reportDay = (kept ? visit.report_day : uow.today) as PlainDay
        const columns = {
          state,
          result: fields.result,
          needs: fields.needs,
          concerns: fields.concerns,
          intent: fields.intent,
          evidence: fields.evidence,
          next_step: fields.nextStep,
          next_day: fields.nextDay,
          next_owner_id: fields.nextOwnerId,
          no_next_reason: fields.noNextReason,
          reported_at: kept ? visit.reported_at : uow.now,
          report_day: reportDay,
          late: isLate(calendar, visit.day as PlainDay, reportDay, reportDays) ? 1 : 0,
          complete: missing.length === 0 ? 1 : 0,
        }
        const { nextStep, nextDay, nextOwnerId } = fields
        const step = { nextStep, nextDay, ownerId: nextOwnerId ?? visit.user_id, customerId: visit.customer_id }
        // The reminder of this very report is done with it.
        if (visit.state !== 'done') await closeTasksOf(uow, { module: 'visits', id }, 'done')
        await planNextStep(uow, id, step, visit.state === 'done' ? nextStepOf(visit) : null)
        const held = { id, day: visit.day, customerId: visit.customer_id, userId: visit.user_id }
        await keepIntent(uow, held, fields, visit)
        const before = visit.state === 'done' ? toRow(visit, '') : { state: visit.state }
        const saved = await keep(uow, visit, 'visits.report', columns, { before, after: fields })
        return { ...saved, missing }
      }),

    cancel: end('cancel', 'visits.cancel'),
    incident: end('incident', 'visits.incident'),

    prepare: (ctx: CallContext, { checks, ...input }: Versioned & { checks: readonly CheckItem[] }) =>
      store.write(ctx.actor, async (uow) => {
        const visit = await currentVisit(uow, ctx.scope, input)
        if (stepped(visit, 'change') !== 'planned') throw refuse('VISIT_STATE', { state: visit.state })
        const before = (await partsOf(uow.db, visit)).checks
        await setChecks(uow, visit.id, checks)
        return keep(uow, visit, 'visits.prepare', {}, { before: { checks: before }, after: { checks } })
      }),
  }
}

/** The next step lies not before the visit, and its owner is there to take it. */
async function checkNext(uow: UnitOfWork, visit: RawVisit, fields: ReportFields): Promise<void> {
  const { nextDay, nextOwnerId } = fields
  if (nextDay !== null && nextDay < visit.day) throw invalid([{ path: ['nextDay'], key: 'visits:errors.nextDay' }])
  if (nextOwnerId === null || nextOwnerId === visit.next_owner_id) return
  if (!(await isActiveUser(uow.db, nextOwnerId))) {
    throw invalid([{ path: ['nextOwnerId'], key: 'tasks:errors.owner' }])
  }
}
