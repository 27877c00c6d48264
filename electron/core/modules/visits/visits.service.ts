import { sql } from 'kysely'
import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { VisitFields, VisitFilters, VisitRow } from '#shared/modules/visits/visits.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, assertInScope, inScope, type Scope } from '#core/kernel/scope.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

function visitsQuery(db: Reader | Writer, scope: Scope) {
  return applyScope(
    db
      .selectFrom('visits')
      .innerJoin('customers', 'customers.id', 'visits.customer_id')
      .innerJoin('users', 'users.id', 'visits.user_id')
      .selectAll('visits')
      .select(['customers.name as customer_name', 'users.name as user_name']),
    scope,
    'visits.user_id',
  )
}
type RawVisit = Awaited<ReturnType<ReturnType<typeof visitsQuery>['executeTakeFirstOrThrow']>>

function filtered(db: Reader, scope: Scope, text: string | undefined, filters: VisitFilters) {
  let query = visitsQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(customers.search_text, ${needle}) > 0`)
  if (filters.userId !== undefined) query = query.where('visits.user_id', '=', filters.userId)
  if (filters.customerId !== undefined) query = query.where('visits.customer_id', '=', filters.customerId)
  if (filters.purpose !== undefined) query = query.where('visits.purpose', '=', filters.purpose)
  if (filters.channel !== undefined) query = query.where('visits.channel', '=', filters.channel)
  if (filters.from !== undefined) query = query.where('visits.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('visits.day', '<=', filters.to)
  return query
}

function toRow(raw: RawVisit): VisitRow {
  return {
    id: raw.id,
    customerId: raw.customer_id,
    customerName: raw.customer_name,
    userId: raw.user_id,
    userName: raw.user_name,
    day: raw.day,
    channel: raw.channel as VisitRow['channel'],
    purpose: raw.purpose as VisitRow['purpose'],
    result: raw.result,
    nextStep: raw.next_step,
    version: raw.version,
  }
}

/** Visits as they are entered by hand. */
export function createVisitsService(deps: CoreDeps) {
  async function current(uow: UnitOfWork, ctx: CallContext, input: Versioned): Promise<VisitRow> {
    const raw = await visitsQuery(uow.db, ctx.scope).where('visits.id', '=', input.id).executeTakeFirst()
    if (!raw) throw refuse('NOT_FOUND', { entity: 'visit' })
    if (raw.version !== input.version) throw refuse('STALE', { current: toRow(raw) })
    return toRow(raw)
  }

  async function columns(uow: UnitOfWork, ctx: CallContext, fields: VisitFields) {
    if (fields.day > uow.today) throw refuse('VISIT_DAY')
    const visitor = fields.userId ?? uow.actor.userId ?? ''
    if (!inScope(ctx.scope, visitor)) throw invalid([{ path: ['userId'], key: 'visits:errors.visitor' }])
    const known = await uow.db.selectFrom('users').select('id').where('id', '=', visitor).executeTakeFirst()
    if (!known) throw invalid([{ path: ['userId'], key: 'visits:errors.visitor' }])
    await customerInScope(uow.db, ctx.scope, fields.customerId)
    return {
      customer_id: fields.customerId,
      user_id: visitor,
      day: fields.day,
      channel: fields.channel,
      purpose: fields.purpose,
      result: fields.result,
      next_step: fields.nextStep,
      updated_at: uow.now,
    }
  }

  return {
    async list(ctx: CallContext, input: PageInput<'day', VisitFilters>) {
      const rows = await keyset(filtered(deps.store.read, ctx.scope, input.text, input.filters), {
        sortColumn: 'visits.day',
        idColumn: 'visits.id',
        dir: input.sort.dir,
        cursor: input.cursor,
        limit: input.limit,
      }).execute()
      const page = pageOf(
        rows,
        input.limit,
        (row) => row.day,
        (row) => row.id,
      )
      return { rows: page.rows.map(toRow), nextCursor: page.nextCursor }
    },

    async summary(ctx: CallContext, input: { text?: string | undefined; filters: VisitFilters }) {
      const row = await deps.store.read
        .selectFrom(filtered(deps.store.read, ctx.scope, input.text, input.filters).as('v'))
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return { count: Number(row.count) }
    },

    async get(ctx: CallContext, id: string) {
      const raw = await visitsQuery(deps.store.read, ctx.scope).where('visits.id', '=', id).executeTakeFirst()
      if (!raw) throw refuse('NOT_FOUND', { entity: 'visit' })
      return toRow(raw)
    },

    create: (ctx: CallContext, fields: VisitFields) =>
      deps.store.write(ctx.actor, async (uow) => {
        const id = newId()
        await uow.db
          .insertInto('visits')
          .values({ id, ...(await columns(uow, ctx, fields)), version: 0, created_at: uow.now })
          .execute()
        await uow.audit({ action: 'visits.create', entity: 'visit', entityId: id, after: fields })
        uow.changed('visits', id)
        return { id, version: 0 }
      }),

    update: (ctx: CallContext, input: VisitFields & Versioned) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await current(uow, ctx, input)
        const { id, version, ...fields } = input
        await uow.db
          .updateTable('visits')
          .set({ ...(await columns(uow, ctx, fields)), version: version + 1 })
          .where('id', '=', id)
          .execute()
        await uow.audit({ action: 'visits.update', entity: 'visit', entityId: id, before, after: fields })
        uow.changed('visits', id)
        return { id, version: version + 1 }
      }),

    remove: (ctx: CallContext, input: Versioned) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await current(uow, ctx, input)
        await uow.db.deleteFrom('visits').where('id', '=', input.id).execute()
        await uow.audit({ action: 'visits.remove', entity: 'visit', entityId: input.id, before })
        uow.changed('visits', input.id)
        return {}
      }),
  }
}
