import { refuse } from '#shared/kernel/app-error.ts'
import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { isLate, missingParts, overdueThrough, reportDueDay, type Intent } from '#shared/modules/visits/visits.rules.ts'
import type { VisitFields, VisitFilters, VisitRow, VisitView } from '#shared/modules/visits/visits.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { customerOpenTo } from '#core/modules/customers/customers.api.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { exportVisits, type VisitExport } from './visits.export.ts'
import { countListed, findVisit, listVisits, toRow, type RawVisit } from './visits.repo.ts'
import { seriesOf } from './visits.series.ts'
import { calendarRows, daysOffIn, figuresOf, intentsOf, partsOf, type Period } from './visits.views.ts'
import {
  clearParts,
  currentVisit,
  keepIntent,
  nextStepOf,
  planNextStep,
  reportRules,
  stepped,
  visitorOf,
  type Versioned,
} from './visits.writes.ts'

const CALENDAR_DAYS = 62
const FIGURE_DAYS = 400

/** Visits as they are listed, looked at, and entered by hand when they are done. */
export function createVisitsService(deps: CoreDeps) {
  const { store } = deps

  async function through(db: Reader | Writer): Promise<string> {
    const { calendar, reportDays } = await reportRules(db)
    return overdueThrough(calendar, deps.clock.today(), reportDays)
  }

  /** To be read: also what others did at a customer that is open to the caller. */
  async function found(db: Reader | Writer, scope: Scope, id: string): Promise<RawVisit> {
    const visit = await findVisit(db, scope, id, true)
    if (!visit) throw refuse('NOT_FOUND', { entity: 'visit' })
    return visit
  }

  /** The columns of a record: done by now, at a customer and by a person within the scope. */
  async function columns(uow: UnitOfWork, ctx: CallContext, fields: VisitFields, before: RawVisit | null) {
    if (fields.day > uow.today) throw refuse('VISIT_DAY')
    const visitor = await visitorOf(uow, ctx.scope, fields.userId, before)
    if (before?.customer_id !== fields.customerId) await customerOpenTo(uow.db, ctx.scope, fields.customerId)
    const { calendar, reportDays } = await reportRules(uow.db)
    const reportDay = (before?.report_day ?? uow.today) as PlainDay
    const heard = {
      needs: fields.needs ?? before?.needs ?? '',
      concerns: fields.concerns ?? before?.concerns ?? '',
      intent: fields.intent ?? ((before?.intent ?? '') as Intent | ''),
      evidence: fields.evidence ?? before?.evidence ?? '',
      noNextReason: fields.noNextReason ?? before?.no_next_reason ?? '',
    }
    const { noNextReason, ...kept } = heard
    return {
      customer_id: fields.customerId,
      user_id: visitor,
      day: fields.day,
      channel: fields.channel,
      purpose: fields.purpose,
      result: fields.result,
      ...kept,
      next_step: fields.nextStep,
      next_day: fields.nextDay,
      no_next_reason: noNextReason,
      report_day: reportDay,
      late: isLate(calendar, fields.day, reportDay, reportDays) ? 1 : 0,
      complete: missingParts({ ...fields, ...heard }).length === 0 ? 1 : 0,
      updated_at: uow.now,
    }
  }

  return {
    async list(ctx: CallContext, input: PageInput<'day', VisitFilters>) {
      const { text, filters } = input
      return listVisits(
        store.read,
        { scope: ctx.scope, text, filters, overdueThrough: await through(store.read) },
        input,
      )
    },

    summary: async (ctx: CallContext, input: { text?: string | undefined; filters: VisitFilters }) =>
      countListed(store.read, { scope: ctx.scope, ...input, overdueThrough: await through(store.read) }),

    async get(ctx: CallContext, id: string): Promise<VisitRow> {
      return toRow(await found(store.read, ctx.scope, id), await through(store.read))
    },

    async view(ctx: CallContext, id: string) {
      const visit = await found(store.read, ctx.scope, id)
      const { calendar, reportDays } = await reportRules(store.read)
      const row = toRow(visit, overdueThrough(calendar, deps.clock.today(), reportDays))
      return {
        ...row,
        mayChange: inScope(ctx.scope, visit.user_id),
        ...(await partsOf(store.read, visit)),
        missing: row.state === 'done' ? missingParts(row) : [],
        reportDueDay: reportDueDay(calendar, visit.day as PlainDay, reportDays),
        reportedAt: visit.reported_at,
        series: await seriesOf(store.read, ctx.scope, visit, deps.clock.today()),
      } satisfies VisitView & { series: unknown }
    },

    async calendar(ctx: CallContext, input: Period & { userIds?: readonly string[] | undefined }) {
      checkPeriod(input, CALENDAR_DAYS)
      const today = deps.clock.today()
      const shown = await calendarRows(store.read, ctx.scope, input, await through(store.read))
      return { today, ...shown, daysOff: await daysOffIn(store.read, input) }
    },

    async figures(ctx: CallContext, input: Period) {
      checkPeriod(input, FIGURE_DAYS)
      return { rows: await figuresOf(store.read, ctx.scope, input, await through(store.read)) }
    },

    intents: (ctx: CallContext, customerId: string) => intentsOf(store.read, ctx.scope, customerId),

    create: (ctx: CallContext, fields: VisitFields) =>
      store.write(ctx.actor, async (uow) => {
        const id = newId()
        const row = await columns(uow, ctx, fields, null)
        await uow.db
          .insertInto('visits')
          .values({ id, ...row, state: 'done', reported_at: uow.now, version: 0, created_at: uow.now } as never)
          .execute()
        await uow.audit({ action: 'visits.create', entity: 'visit', entityId: id, after: fields })
        await planNextStep(uow, id, { ...fields, ownerId: row.user_id }, null)
        await keepIntent(uow, { id, day: row.day, customerId: row.customer_id, userId: row.user_id }, row, null)
        uow.changed('visits', id)
        return { id, version: 0 }
      }),

    update: (ctx: CallContext, { id, version, ...fields }: VisitFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const before = await currentVisit(uow, ctx.scope, { id, version })
        // What is only planned has no result yet: it is reported, and the plan is changed.
        if (stepped(before, 'change') !== 'done') throw refuse('VISIT_STATE', { state: before.state })
        const row = await columns(uow, ctx, fields, before)
        await uow.db
          .updateTable('visits')
          .set({ ...row, version: version + 1 })
          .where('id', '=', id)
          .execute()
        await uow.audit({
          action: 'visits.update',
          entity: 'visit',
          entityId: id,
          before: toRow(before, ''),
          after: fields,
        })
        const ownerId = before.next_owner_id ?? row.user_id
        await planNextStep(uow, id, { ...fields, ownerId }, nextStepOf(before))
        await keepIntent(uow, { id, day: row.day, customerId: row.customer_id, userId: row.user_id }, row, before)
        uow.changed('visits', id)
        return { id, version: version + 1 }
      }),

    remove: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const before = await currentVisit(uow, ctx.scope, input)
        const parts = await partsOf(uow.db, before)
        await clearParts(uow, input.id)
        await uow.db.deleteFrom('visits').where('id', '=', input.id).execute()
        await uow.audit({
          action: 'visits.remove',
          entity: 'visit',
          entityId: input.id,
          before: { ...toRow(before, ''), ...parts },
        })
        await closeTasksOf(uow, { module: 'visits', id: input.id }, 'dropped')
        uow.changed('visits', input.id)
        return {}
      }),

    exportRows: async (ctx: CallContext, input: Omit<VisitExport, 'overdueThrough'>) =>
      exportVisits(deps, ctx, { ...input, overdueThrough: await through(store.read) }),
  }
}

/** Throws VISIT_RANGE where the days are the wrong way round or too many. */
function checkPeriod({ from, to }: Period, days: number): void {
  const length = diffDays(from as PlainDay, to as PlainDay) + 1
  if (length < 1 || length > days) throw refuse('VISIT_RANGE', { days })
}
