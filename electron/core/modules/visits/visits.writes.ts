import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar, type WorkCalendar } from '#shared/kernel/workdays.ts'
import { afterStep, type VisitState, type VisitStep } from '#shared/modules/visits/visits.rules.ts'
import type { CheckItem, PlanFields } from '#shared/modules/visits/visits.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { attachedFiles } from '#core/modules/attachments/attachments.api.ts'
import { customerOpenTo } from '#core/modules/customers/customers.api.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { findVisit, toRow, type RawVisit } from './visits.repo.ts'

export interface Versioned {
  readonly id: string
  readonly version: number
}

/** The firm's working days, and within how many of them a report is in time. */
export async function reportRules(
  db: Reader | Writer,
): Promise<{ readonly calendar: WorkCalendar; readonly reportDays: number }> {
  const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
  return { calendar, reportDays: (await readSetting(db, 'visits')).value.reportDays }
}

/** The visit that a change is made against, as the caller last saw it. Throws NOT_FOUND and STALE. */
export async function currentVisit(uow: UnitOfWork, scope: Scope, input: Versioned): Promise<RawVisit> {
  const found = await findVisit(uow.db, scope, input.id)
  if (!found) throw refuse('NOT_FOUND', { entity: 'visit' })
  if (found.version !== input.version) throw refuse('STALE', { current: toRow(found, '') })
  return found
}

/** The state that a step leads to; throws VISIT_STATE where it is not possible. */
export function stepped(visit: RawVisit, step: VisitStep): VisitState {
  const next = afterStep(visit.state as VisitState, step)
  if (next === null) throw refuse('VISIT_STATE', { state: visit.state })
  return next
}

/** Who is to hold a visit: somebody active within the scope, or whoever has it already. Throws VALIDATION. */
export async function visitorOf(
  uow: UnitOfWork,
  scope: Scope,
  userId: string | null,
  before: RawVisit | null,
): Promise<string> {
  const visitor = userId ?? uow.actor.userId ?? ''
  const kept = before?.user_id === visitor
  const allowed = inScope(scope, visitor) && (kept || (await isActiveUser(uow.db, visitor)))
  if (!allowed) throw invalid([{ path: ['userId'], key: 'visits:errors.visitor' }])
  return visitor
}

/**
 * Writes a plan in the caller's unit of work, with its audit row, and gives its id: `seriesId` where it comes again.
 * Throws VISIT_PAST for a day that is over, NOT_FOUND for a customer and VALIDATION for a visitor outside the scope.
 */
export async function addPlan(
  uow: UnitOfWork,
  scope: Scope,
  plan: PlanFields,
  seriesId: string | null = null,
): Promise<string> {
  if (plan.day < uow.today) throw refuse('VISIT_PAST')
  const visitor = await visitorOf(uow, scope, plan.userId, null)
  await customerOpenTo(uow.db, scope, plan.customerId)
  const id = newId()
  await uow.db
    .insertInto('visits')
    .values({
      id,
      customer_id: plan.customerId,
      user_id: visitor,
      day: plan.day,
      start_minute: plan.startMinute,
      end_minute: plan.endMinute,
      channel: plan.channel,
      purpose: plan.purpose,
      state: 'planned',
      place: plan.place,
      goal: plan.goal,
      planned_at: uow.now,
      rescheduled_from: null,
      result: '',
      needs: '',
      concerns: '',
      intent: '',
      evidence: '',
      next_step: '',
      next_day: null,
      next_owner_id: null,
      no_next_reason: '',
      reason_code: '',
      reason_text: '',
      reported_at: null,
      report_day: null,
      late: 0,
      complete: 0,
      reminded_at: null,
      series_id: seriesId,
      version: 0,
      created_at: uow.now,
      updated_at: uow.now,
    })
    .execute()
  await setPeople(uow, id, visitor, plan, [])
  await uow.audit({
    action: 'visits.plan',
    entity: 'visit',
    entityId: id,
    after: { ...plan, userId: visitor, ...(seriesId === null ? {} : { seriesId }) },
  })
  uow.changed('visits', id)
  return id
}

/** Who comes along and whom one meets. Throws VALIDATION for a companion who is not active, unless he was before. */
export async function setPeople(
  uow: UnitOfWork,
  id: string,
  visitor: string,
  people: Pick<PlanFields, 'withIds' | 'theirPeople'>,
  before: readonly string[],
): Promise<void> {
  const companions = [...new Set(people.withIds)].filter((userId) => userId !== visitor)
  for (const userId of companions) {
    if (before.includes(userId) || (await isActiveUser(uow.db, userId))) continue
    throw invalid([{ path: ['withIds'], key: 'visits:errors.companion' }])
  }
  await uow.db.deleteFrom('visit_people').where('visit_id', '=', id).execute()
  if (companions.length > 0) {
    const rows = companions.map((userId) => ({ visit_id: id, user_id: userId }))
    await uow.db.insertInto('visit_people').values(rows).execute()
  }
  await uow.db.deleteFrom('visit_contacts').where('visit_id', '=', id).execute()
  const names = [...new Set(people.theirPeople)]
  if (names.length > 0) {
    const rows = names.map((name, position) => ({ visit_id: id, position, name }))
    await uow.db.insertInto('visit_contacts').values(rows).execute()
  }
}

/**
 * Keeps the preparation list as it is given. A file is noted with the name and the sum it has now, so that one can
 * see later which version was taken along; one that is gone meanwhile stays noted as it was.
 */
export async function setChecks(uow: UnitOfWork, id: string, checks: readonly CheckItem[]): Promise<void> {
  const held = await attachedFiles(uow.db, 'visit', id)
  const noted = new Map(
    (await uow.db.selectFrom('visit_checks').selectAll().where('visit_id', '=', id).execute()).flatMap((row) =>
      row.attachment_id === null
        ? []
        : [[row.attachment_id, { name: row.attachment_name, sha256: row.attachment_sha256 }] as const],
    ),
  )
  const rows = checks.map((item, position) => {
    const file = item.attachmentId === null ? null : (noted.get(item.attachmentId) ?? held.get(item.attachmentId))
    if (file === undefined)
      throw invalid([{ path: ['checks', position, 'attachmentId'], key: 'validation:notAChoice' }])
    return {
      visit_id: id,
      position,
      text: item.text,
      done: item.done ? 1 : 0,
      attachment_id: item.attachmentId,
      attachment_name: file?.name ?? '',
      attachment_sha256: file?.sha256 ?? '',
    }
  })
  await uow.db.deleteFrom('visit_checks').where('visit_id', '=', id).execute()
  if (rows.length > 0) await uow.db.insertInto('visit_checks').values(rows).execute()
}

/** What is to be done next after a visit, by whom and for which customer. */
export interface NextStep {
  readonly nextStep: string
  readonly nextDay: PlainDay | null
  readonly ownerId: string
  readonly customerId: string
}

/** Keeps the task of the next step as the visit names it: another step, day or owner drops the open one. */
export async function planNextStep(
  uow: UnitOfWork,
  id: string,
  step: NextStep,
  before: NextStep | null,
): Promise<void> {
  const { nextStep, nextDay, customerId } = step
  const same = before?.nextStep === nextStep && before.nextDay === nextDay && before.ownerId === step.ownerId
  if (same && before.customerId === customerId) return
  const source = { module: 'visits', id } as const
  if (before) await closeTasksOf(uow, source, 'dropped')
  if (nextDay === null) return
  // Somebody has to do it, also where the visitor has left the firm.
  const ownerId = (await isActiveUser(uow.db, step.ownerId)) ? step.ownerId : (uow.actor.userId ?? step.ownerId)
  await addTask(uow, { kind: 'nextStep', title: nextStep, ownerId, dueDay: nextDay, customerId, source })
}

/** What the next step of a visit is as it is kept. */
export function nextStepOf(visit: RawVisit): NextStep {
  return {
    nextStep: visit.next_step,
    nextDay: visit.next_day as PlainDay | null,
    ownerId: visit.next_owner_id ?? visit.user_id,
    customerId: visit.customer_id,
  }
}

/** Writes down how ready the customer was judged to be; the same judgement of the same visit is not repeated. */
export async function keepIntent(
  uow: UnitOfWork,
  visit: { readonly id: string; readonly customerId: string; readonly userId: string; readonly day: string },
  judged: { readonly intent: string; readonly evidence: string },
  before: { readonly intent: string; readonly evidence: string } | null,
): Promise<void> {
  if (judged.intent === '' || (before?.intent === judged.intent && before.evidence === judged.evidence)) return
  await uow.db
    .insertInto('customer_intents')
    .values({
      id: newId(),
      customer_id: visit.customerId,
      day: visit.day,
      intent: judged.intent,
      evidence: judged.evidence,
      visit_id: visit.id,
      user_id: visit.userId,
      created_at: uow.now,
    })
    .execute()
}

/** Takes away what hangs on a visit before the visit itself goes. */
export async function clearParts(uow: UnitOfWork, id: string): Promise<void> {
  for (const table of ['visit_people', 'visit_contacts', 'visit_checks', 'visit_moves'] as const) {
    await uow.db.deleteFrom(table).where('visit_id', '=', id).execute()
  }
  await uow.db.deleteFrom('customer_intents').where('visit_id', '=', id).execute()
}
