import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { CreditFields, CreditShare } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { assertInScope, inScope, type Scope } from '#core/kernel/scope.ts'
import { customerBriefs, customerInScope } from '#core/modules/customers/customers.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ReceivableCreditsTable } from '#core/store/tables/receivables.tables.ts'
import { bookAllocations, releaseAllocations, sumAllocated, type BookedAllocation } from './allocations.ts'
import {
  findCredit,
  listCredits,
  sumCredits,
  toCreditRow,
  type CreditFilters,
  type CreditSort,
} from './credits.repo.ts'
import { postUnapplied } from './journal.ts'
import type { Booking } from './receipts.booking.ts'
import { findAllocationsOf, toAllocationRow } from './receipts.repo.ts'

interface At {
  readonly id: string
  readonly version: number
}

/** Credit notes: so much less is owed. What they take off is booked and taken back like what a receipt pays. */
export function createCreditsService(deps: CoreDeps, booking: Booking) {
  /** Books what a credit note takes off; `wanted` is principal alone. Throws RECEIPT_ALLOCATION. */
  async function takeOff(
    uow: UnitOfWork,
    scope: Scope,
    credit: Pick<ReceivableCreditsTable, 'id' | 'customer_id' | 'owner_id' | 'rest'>,
    shares: readonly CreditShare[],
    day: PlainDay,
  ): Promise<BookedAllocation[]> {
    const source = { kind: 'credit', id: credit.id } as const
    const holder = { source, customerId: credit.customer_id, earliestDay: day, available: credit.rest }
    const asked = { customerId: credit.customer_id, day, amount: credit.rest, principalOnly: true }
    const { allocations } = await booking.propose(uow.db, scope, asked)
    const proposed = new Map(allocations.map((one) => [one.debtId, one]))
    const wanted = shares.map(({ instalmentId, amount }) => {
      const by = proposed.get(instalmentId)
      const reason = by?.principal === amount ? by.reason : 'manual'
      return { instalmentId, costs: 0, interest: 0, principal: amount, reason }
    })
    return bookAllocations(uow, holder, wanted, scope)
  }

  async function current(uow: UnitOfWork, scope: Scope, at: At): Promise<ReceivableCreditsTable> {
    const credit = await findCredit(uow.db, at.id)
    if (!credit || !inScope(scope, credit.owner_id)) throw refuse('NOT_FOUND', { entity: 'credit' })
    if (credit.version !== at.version) throw refuse('STALE', { current: { version: credit.version } })
    if (credit.state === 'reversed') throw refuse('CREDIT_REVERSED')
    return credit
  }

  const held = (credit: Pick<ReceivableCreditsTable, 'id' | 'customer_id' | 'owner_id'>) =>
    ({ source_id: credit.id, kind: 'credit', customer_id: credit.customer_id, owner_id: credit.owner_id }) as const
  const used = (rows: readonly BookedAllocation[]) => rows.map((row) => ({ day: row.day, amount: -row.principal }))

  return {
    async list(ctx: CallContext, input: PageInput<CreditSort, CreditFilters>) {
      const page = await listCredits(deps.store.read, ctx.scope, input)
      const names = await customerBriefs(
        deps.store.read,
        page.rows.map((row) => row.customer_id),
      )
      return { ...page, rows: page.rows.map((row) => toCreditRow(row, names.get(row.customer_id)?.name ?? '')) }
    },

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: CreditFilters }) =>
      sumCredits(deps.store.read, ctx.scope, input.text, input.filters),

    async get(ctx: CallContext, id: string) {
      const db = deps.store.read
      const credit = await findCredit(db, id)
      if (!credit) throw refuse('NOT_FOUND', { entity: 'credit' })
      assertInScope(ctx.scope, credit.owner_id, 'credit')
      const names = await customerBriefs(db, [credit.customer_id])
      return {
        ...toCreditRow(credit, names.get(credit.customer_id)?.name ?? ''),
        allocations: (await findAllocationsOf(db, 'credit_id', id)).map(toAllocationRow),
      }
    },

    create: (ctx: CallContext, fields: CreditFields) =>
      deps.store.write(ctx.actor, async (uow) => {
        if (fields.day > uow.today) throw refuse('CREDIT_DAY')
        const customer = await customerInScope(uow.db, ctx.scope, fields.customerId)
        const number = await nextDocumentNumber(uow, 'credit')
        const id = newId()
        const { day, amount, cause, reason, invoiceNumber } = fields
        const credit = {
          id,
          version: 0,
          number,
          customer_id: customer.id,
          owner_id: customer.ownerId ?? uow.actor.userId ?? '',
          day,
          amount,
          allocated: 0,
          rest: amount,
          cause,
          reason,
          invoice_number: invoiceNumber,
          invoice_id: null,
          state: 'posted' as const,
          reversed_day: null,
          reversed_reason: '',
          reversed_by: null,
          search_text: buildSearchText(customer.name, [number, invoiceNumber, reason]),
          created_at: uow.now,
          created_by: uow.actor.userId ?? '',
          updated_at: uow.now,
        }
        await uow.db.insertInto('receivable_credits').values(credit).execute()
        const rows = await takeOff(uow, ctx.scope, credit, fields.allocations, day)
        const allocated = sumAllocated(rows)
        await uow.db
          .updateTable('receivable_credits')
          .set({ allocated, rest: amount - allocated })
          .where('id', '=', id)
          .execute()
        await postUnapplied(uow, held(credit), [{ day, amount }, ...used(rows)])
        await uow.audit({
          action: 'receivables.creditCreate',
          entity: 'receivableCredit',
          entityId: id,
          after: { number, ...fields },
        })
        uow.changed('receivables', id)
        await booking.tell(uow, { kind: 'booked', source: { kind: 'credit', id }, customerId: customer.id, rows })
        return { id, version: 0, number }
      }),

    use: (ctx: CallContext, input: At & { allocations: readonly CreditShare[] }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const credit = await current(uow, ctx.scope, input)
        const rows = await takeOff(uow, ctx.scope, credit, input.allocations, uow.today)
        const sum = sumAllocated(rows)
        const version = credit.version + 1
        const after = { allocated: credit.allocated + sum, rest: credit.rest - sum }
        await uow.db
          .updateTable('receivable_credits')
          .set({ ...after, version, updated_at: uow.now })
          .where('id', '=', credit.id)
          .execute()
        await postUnapplied(uow, held(credit), used(rows))
        await uow.audit({
          action: 'receivables.creditUse',
          entity: 'receivableCredit',
          entityId: credit.id,
          before: { allocated: credit.allocated, rest: credit.rest },
          after: { allocations: input.allocations },
        })
        uow.changed('receivables', credit.id)
        const source = { kind: 'credit', id: credit.id } as const
        await booking.tell(uow, { kind: 'booked', source, customerId: credit.customer_id, rows })
        return { id: credit.id, version }
      }),

    reverse: (ctx: CallContext, input: At & { day: PlainDay; reason: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const credit = await current(uow, ctx.scope, input)
        const { day, reason } = input
        if (day < credit.day || day > uow.today) throw refuse('CREDIT_DAY')
        const source = { kind: 'credit', id: credit.id } as const
        const rows = await releaseAllocations(uow, source, day)
        const version = credit.version + 1
        await uow.db
          .updateTable('receivable_credits')
          .set({ state: 'reversed', allocated: 0, rest: 0, reversed_day: day, reversed_reason: reason })
          .set({ reversed_by: uow.actor.userId, version, updated_at: uow.now })
          .where('id', '=', credit.id)
          .execute()
        const back = rows.map((row) => ({ day: row.day, amount: row.principal }))
        await postUnapplied(uow, held(credit), [...back, { day, amount: -credit.amount }])
        await uow.audit({
          action: 'receivables.creditReverse',
          entity: 'receivableCredit',
          entityId: credit.id,
          before: { state: 'posted', amount: credit.amount, allocated: credit.allocated, rest: credit.rest },
          after: { state: 'reversed', day, reason },
        })
        uow.changed('receivables', credit.id)
        await booking.tell(uow, { kind: 'released', source, customerId: credit.customer_id, rows })
        return { id: credit.id, version }
      }),
  }
}
