import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type {
  LimitationEventChange,
  LimitationEventFields,
  LimitationFilters,
  LimitationSort,
} from '#shared/modules/claims/claims.limitation.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { inScope } from '#core/kernel/scope.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { clockOf, recount, toClockView } from './claims.clock.ts'
import { debtInScope, debtsTogether } from './claims.debts.ts'
import { debtsOfEvent, factColumns, insertEvent, toEventRow, voidEvent } from './claims.events.ts'
import {
  eventRecordsOf,
  findEvent,
  limitationRows,
  listEvents,
  listLimitation,
  ownersOf,
  sumLimitation,
} from './claims.limitation.repo.ts'

/** The clocks of limitation, and what is written down about them. */
export function createLimitationService({ store, clock }: CoreDeps) {
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: LimitationFilters }) => ({
    ...input,
    scope: ctx.scope,
    today: clock.today(),
  })

  /** An event as the caller last saw it, all of whose debts he may write about. */
  async function current(uow: UnitOfWork, ctx: CallContext, input: { id: string; version: number }) {
    const event = await findEvent(uow.db, ctx.scope, input.id)
    if (!event) throw refuse('NOT_FOUND', { entity: 'limitationEvent' })
    const debts = await debtsOfEvent(uow.db, event.id)
    const owners = await ownersOf(uow.db, debts)
    if (!owners.every((owner) => inScope(ctx.scope, owner))) throw refuse('NOT_FOUND', { entity: 'limitationEvent' })
    if (event.version !== input.version) throw refuse('STALE', { current: { version: event.version } })
    if (event.void_at !== null) throw refuse('CLAIM_VOID')
    return { event, debts }
  }

  return {
    list: (ctx: CallContext, input: PageInput<LimitationSort, LimitationFilters>) =>
      listLimitation(store.read, asked(ctx, input), input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: LimitationFilters }) =>
      sumLimitation(store.read, asked(ctx, input)),

    async clock(ctx: CallContext, instalmentId: string) {
      const db = store.read
      await debtInScope(db, ctx.scope, instalmentId)
      const counted = await clockOf(db, [instalmentId], clock.today())
      const row = (await limitationRows(db, counted)).get(instalmentId)!
      const events = await eventRecordsOf(db, ctx.scope, instalmentId)
      return { row, clock: toClockView(counted.get(instalmentId)!), events: events.map(toEventRow) }
    },

    async events(ctx: CallContext, input: { customerId: string; cursor?: string | null | undefined; limit: number }) {
      await customerInScope(store.read, ctx.scope, input.customerId)
      const page = await listEvents(store.read, ctx.scope, input.customerId, input)
      return { rows: page.rows.map(toEventRow), nextCursor: page.nextCursor }
    },

    record: (ctx: CallContext, input: LimitationEventFields) =>
      store.write(ctx.actor, async (uow) => {
        const { customerId } = await debtsTogether(uow.db, ctx.scope, input.instalmentIds)
        assertDays(input, uow.today)
        const id = await insertEvent(uow, { ...input, customerId, source: null })
        await recount(uow, input.instalmentIds)
        return { id, version: 0 }
      }),

    change: (ctx: CallContext, input: LimitationEventChange) =>
      store.write(ctx.actor, async (uow) => {
        const { event, debts } = await current(uow, ctx, input)
        assertDays(input, uow.today)
        // What follows from a record elsewhere keeps its days; what proves it may be added here.
        const moved = input.day !== event.day || input.untilDay !== event.until_day
        if (event.source_id !== null && moved) throw refuse('CLAIM_FOLLOWS')
        const version = event.version + 1
        const { id: _id, version: _version, ...facts } = input
        const columns = factColumns({ ...facts, kind: event.kind })
        await uow.db
          .updateTable('limitation_events')
          .set({ ...columns, version })
          .where('id', '=', event.id)
          .execute()
        const before = { day: event.day, proofs: event.proofs, note: event.note, endedDay: event.ended_day }
        await uow.audit({
          action: 'claims.eventChange',
          entity: 'limitationEvent',
          entityId: event.id,
          before,
          after: facts,
        })
        uow.changed('claims', event.id)
        await recount(uow, debts)
        return { id: event.id, version }
      }),

    void: (ctx: CallContext, input: { id: string; version: number; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const { event, debts } = await current(uow, ctx, input)
        if (event.source_id !== null) throw refuse('CLAIM_FOLLOWS')
        const version = await voidEvent(uow, event, input.reason)
        await recount(uow, debts)
        return { id: event.id, version }
      }),
  }
}

/** Nothing is written down before it has happened; what was put off lies behind it. */
function assertDays(
  input: { readonly day: PlainDay; readonly untilDay: PlainDay | null; readonly endedDay: PlainDay | null },
  today: PlainDay,
): void {
  const { day, untilDay, endedDay } = input
  const ended = endedDay !== null && (endedDay < day || endedDay > today)
  if (day > today || ended || (untilDay !== null && untilDay < day)) throw refuse('CLAIM_DAY')
}
