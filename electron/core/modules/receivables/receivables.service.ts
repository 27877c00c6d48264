import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { AgeBasis, BucketKey, DesignatedInput } from '#shared/modules/receivables/receivables.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { customerBriefs, customerInScope } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { advanceAsOf, ageingGroups, ageingInstalments, ageingTotals } from './ageing.repo.ts'
import {
  listInstalments,
  sumInstalments,
  toInstalmentRow,
  type InstalmentFilters,
  type InstalmentSort,
  type RawInstalment,
} from './instalments.repo.ts'
import type { Booking } from './receipts.booking.ts'

interface PageOf {
  readonly cursor?: string | null | undefined
  readonly limit: number
}

/** What is owed: instalments and their ages. Receipts are in receipts.service.ts. */
export function createReceivablesService(deps: CoreDeps, booking: Booking) {
  /** Rows with the names of customers and owners: two look-ups a page, however long it is. */
  async function named(rows: readonly RawInstalment[], today: PlainDay) {
    const db = deps.store.read
    const customers = await customerBriefs(
      db,
      rows.map((row) => row.customer_id),
    )
    const owners = await userBriefs(
      db,
      rows.map((row) => row.owner_id),
    )
    return rows.map((row) =>
      toInstalmentRow(
        row,
        { customer: customers.get(row.customer_id)?.name ?? '', owner: owners.get(row.owner_id)?.name ?? '' },
        today,
      ),
    )
  }

  return {
    async list(ctx: CallContext, input: PageInput<InstalmentSort, InstalmentFilters>) {
      const today = deps.clock.today()
      const page = await listInstalments(deps.store.read, ctx.scope, input, today)
      return { ...page, rows: await named(page.rows, today) }
    },

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: InstalmentFilters }) =>
      sumInstalments(deps.store.read, ctx.scope, input.text, input.filters, deps.clock.today()),

    async ageingTotals(ctx: CallContext, input: { asOf: PlainDay; basis: AgeBasis; ownerId?: string | undefined }) {
      const { basis, ownerId } = input
      const filter = { scope: ctx.scope, today: deps.clock.today(), basis, ownerId }
      const totals = await ageingTotals(deps.store.read, filter, input.asOf)
      return { ...totals, advance: await advanceAsOf(deps.store.read, filter, input.asOf) }
    },

    async ageing(
      ctx: CallContext,
      input: PageOf & { asOf: PlainDay; by: 'customer' | 'owner'; basis: AgeBasis; ownerId?: string | undefined },
    ) {
      const db = deps.store.read
      const { basis, ownerId } = input
      const filter = { scope: ctx.scope, today: deps.clock.today(), basis, ownerId }
      const page = await ageingGroups(db, input.by, filter, input.asOf, input)
      const ids = page.rows.map((row) => row.id)
      const names = input.by === 'customer' ? await customerBriefs(db, ids) : await userBriefs(db, ids)
      return { ...page, rows: page.rows.map((row) => ({ ...row, name: names.get(row.id)?.name ?? '' })) }
    },

    async ageingRows(
      ctx: CallContext,
      input: PageOf & {
        asOf: PlainDay
        basis: AgeBasis
        bucket?: BucketKey | undefined
        customerId?: string | undefined
        ownerId?: string | undefined
      },
    ) {
      const { asOf, cursor, limit, ...filter } = input
      const own = { scope: ctx.scope, today: deps.clock.today(), ...filter }
      const page = await ageingInstalments(deps.store.read, own, asOf, { cursor, limit })
      return { ...page, rows: await named(page.rows, asOf) }
    },

    /** What a receipt of this amount would pay; writes nothing. */
    async propose(
      ctx: CallContext,
      input: { customerId: string; day: PlainDay; amount: number; designated: readonly DesignatedInput[] },
    ) {
      const db = deps.store.read
      const customer = await customerInScope(db, ctx.scope, input.customerId)
      const { rows, debts, allocations, rest, rule, order } = await booking.propose(db, ctx.scope, {
        ...input,
        customerId: customer.id,
      })
      const beside = new Map(debts.map((debt) => [debt.id, debt]))
      const open = await named(rows, deps.clock.today())
      return {
        open: open.map((row) => ({
          ...row,
          costsOwed: beside.get(row.id)?.costs ?? 0,
          interestOwed: beside.get(row.id)?.interest ?? 0,
        })),
        proposed: allocations.map(({ debtId, ...one }) => ({ instalmentId: debtId, ...one })),
        rest,
        rule,
        order,
      }
    },
  }
}
