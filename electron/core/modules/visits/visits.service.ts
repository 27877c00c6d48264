import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { VisitFields, VisitFilters, VisitRow } from '#shared/modules/visits/visits.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope } from '#core/kernel/scope.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { exportVisits, type VisitExport } from './visits.export.ts'
import { countListed, findVisit, listVisits } from './visits.repo.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/** Visits as they are entered by hand. */
export function createVisitsService(deps: CoreDeps) {
  const { store } = deps

  /** The record that a change is made against, as the caller last saw it. */
  async function current(uow: UnitOfWork, ctx: CallContext, input: Versioned): Promise<VisitRow> {
    const found = await findVisit(uow.db, ctx.scope, input.id)
    if (!found) throw refuse('NOT_FOUND', { entity: 'visit' })
    if (found.version !== input.version) throw refuse('STALE', { current: found })
    return found
  }

  /** The columns of a record: done by now, at a customer and by a person within the scope. */
  async function columns(uow: UnitOfWork, ctx: CallContext, fields: VisitFields, before: VisitRow | null) {
    if (fields.day > uow.today) throw refuse('VISIT_DAY')
    const visitor = fields.userId ?? uow.actor.userId ?? ''
    const kept = before?.userId === visitor
    const allowed = inScope(ctx.scope, visitor) && (kept || (await isActiveUser(uow.db, visitor)))
    if (!allowed) throw invalid([{ path: ['userId'], key: 'visits:errors.visitor' }])
    if (before?.customerId !== fields.customerId) await customerInScope(uow.db, ctx.scope, fields.customerId)
    return {
      customer_id: fields.customerId,
      user_id: visitor,
      day: fields.day,
      channel: fields.channel,
      purpose: fields.purpose,
      result: fields.result,
      next_step: fields.nextStep,
      next_day: fields.nextDay,
      updated_at: uow.now,
    }
  }

  /** Keeps the task of the next step as the visit names it: another step or day drops the open one. */
  async function planNextStep(
    uow: UnitOfWork,
    id: string,
    visitor: string,
    fields: VisitFields,
    before: VisitRow | null,
  ): Promise<void> {
    const { nextStep, nextDay, customerId } = fields
    const same = before?.nextStep === nextStep && before.nextDay === nextDay && before.userId === visitor
    if (same && before.customerId === customerId) return
    const source = { module: 'visits', id } as const
    if (before) await closeTasksOf(uow, source, 'dropped')
    if (nextDay === null) return
    // Somebody has to do it, also where the visitor has left the firm.
    const ownerId = (await isActiveUser(uow.db, visitor)) ? visitor : (uow.actor.userId ?? visitor)
    await addTask(uow, { kind: 'nextStep', title: nextStep, ownerId, dueDay: nextDay, customerId, source })
  }

  return {
    list: (ctx: CallContext, input: PageInput<'day', VisitFilters>) =>
      listVisits(store.read, { scope: ctx.scope, text: input.text, filters: input.filters }, input),

    summary: async (ctx: CallContext, input: { text?: string | undefined; filters: VisitFilters }) => ({
      count: await countListed(store.read, { scope: ctx.scope, ...input }),
    }),

    async get(ctx: CallContext, id: string): Promise<VisitRow> {
      const found = await findVisit(store.read, ctx.scope, id)
      if (!found) throw refuse('NOT_FOUND', { entity: 'visit' })
      return found
    },

    create: (ctx: CallContext, fields: VisitFields) =>
      store.write(ctx.actor, async (uow) => {
        const id = newId()
        const row = await columns(uow, ctx, fields, null)
        await uow.db
          .insertInto('visits')
          .values({ id, ...row, version: 0, created_at: uow.now })
          .execute()
        await uow.audit({ action: 'visits.create', entity: 'visit', entityId: id, after: fields })
        await planNextStep(uow, id, row.user_id, fields, null)
        uow.changed('visits', id)
        return { id, version: 0 }
      }),

    update: (ctx: CallContext, { id, version, ...fields }: VisitFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const before = await current(uow, ctx, { id, version })
        const row = await columns(uow, ctx, fields, before)
        await uow.db
          .updateTable('visits')
          .set({ ...row, version: version + 1 })
          .where('id', '=', id)
          .execute()
        await uow.audit({ action: 'visits.update', entity: 'visit', entityId: id, before, after: fields })
        await planNextStep(uow, id, row.user_id, fields, before)
        uow.changed('visits', id)
        return { id, version: version + 1 }
      }),

    remove: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const before = await current(uow, ctx, input)
        await uow.db.deleteFrom('visits').where('id', '=', input.id).execute()
        await uow.audit({ action: 'visits.remove', entity: 'visit', entityId: input.id, before })
        await closeTasksOf(uow, { module: 'visits', id: input.id }, 'dropped')
        uow.changed('visits', input.id)
        return {}
      }),

    exportRows: (ctx: CallContext, input: VisitExport) => exportVisits(deps, ctx, input),
  }
}
