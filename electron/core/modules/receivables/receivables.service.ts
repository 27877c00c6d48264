import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { ReceivablesPolicy } from '#shared/modules/receivables/receivables.policy.schema.ts'
import type { DesignatedInput } from '#shared/modules/receivables/receivables.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { readSetting, writeSetting } from '#core/kernel/settings.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import { namedInstalments } from './instalments.names.ts'
import {
  listInstalments,
  sumInstalments,
  type InstalmentDay,
  type InstalmentFilters,
  type InstalmentSort,
} from './instalments.repo.ts'
import type { Booking } from './receipts.booking.ts'

/** What is owed: instalments. Their ages are in ageing.service.ts, receipts in receipts.service.ts. */
export function createReceivablesService(deps: CoreDeps, booking: Booking) {
  async function on(): Promise<InstalmentDay> {
    return { today: deps.clock.today(), bounds: (await readSetting(deps.store.read, 'receivables')).value.bounds }
  }

  return {
    policy: () => readSetting(deps.store.read, 'receivables'),

    savePolicy: (ctx: CallContext, input: { value: ReceivablesPolicy; version: number }) =>
      deps.store.write(ctx.actor, (uow) => writeSetting(uow, 'receivables', input.value, input.version)),

    async list(ctx: CallContext, input: PageInput<InstalmentSort, InstalmentFilters>) {
      const day = await on()
      const page = await listInstalments(deps.store.read, ctx.scope, input, day)
      return { ...page, rows: await namedInstalments(deps.store.read, page.rows, day.today) }
    },

    summary: async (ctx: CallContext, input: { text?: string | undefined; filters: InstalmentFilters }) =>
      sumInstalments(deps.store.read, ctx.scope, input.text, input.filters, await on()),

    /** What a receipt of this amount would pay; writes nothing. */
    async propose(
      ctx: CallContext,
      input: {
        customerId: string
        day: PlainDay
        amount: number
        designated: readonly DesignatedInput[]
        principalOnly: boolean
      },
    ) {
      const db = deps.store.read
      const customer = await customerInScope(db, ctx.scope, input.customerId)
      const { rows, debts, allocations, rest, rule, order } = await booking.propose(db, ctx.scope, {
        ...input,
        customerId: customer.id,
      })
      const beside = new Map(debts.map((debt) => [debt.id, debt]))
      const open = await namedInstalments(db, rows, deps.clock.today())
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
