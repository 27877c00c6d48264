import { sql } from 'kysely'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { InvoicedFigures, UninvoicedFilters, UninvoicedSort } from '#shared/modules/invoices/invoices.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { applyScope } from '#core/kernel/scope.ts'
import { billedContract, contractedWith } from '#core/modules/contracts/contracts.api.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import { advanceHeld } from '#core/modules/receivables/receivables.api.ts'
import type { Reader } from '#core/store/store.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { instalmentsOf } from './invoices.place.ts'
import { COUNTS, listInvoices, sumInvoices } from './invoices.repo.ts'
import { listUninvoiced, sumUninvoiced } from './uninvoiced.repo.ts'

/** So many of the latest invoices stand in a panel. */
const SHOWN = 6

/** How far trade is invoiced: of a contract, of a customer, and what was delivered without an invoice. */
export function createInvoiceFigures({ store }: CoreDeps) {
  async function invoicedFor(db: Reader, scope: Scope, column: 'contract_id' | 'customer_id', id: string) {
    const row = await applyScope(db.selectFrom('invoices'), scope, 'invoices.owner_id')
      .where(`invoices.${column}`, '=', id)
      .where(COUNTS)
      .select(sql<number>`coalesce(sum(invoices.amount), 0)`.as('amount'))
      .executeTakeFirstOrThrow()
    return row.amount
  }

  async function latest(db: Reader, scope: Scope, filters: { contractId: string } | { customerId: string }) {
    const asked = { scope, filters: filters as never }
    const { rows } = await listInvoices(db, asked, { sort: { key: 'day', dir: 'desc' }, cursor: null, limit: SHOWN })
    return { rows, count: (await sumInvoices(db, asked)).count }
  }

  const figures = (contracted: number, invoiced: number, received: number): InvoicedFigures => ({
    contracted,
    invoiced,
    toInvoice: Math.max(0, contracted - invoiced),
    received,
  })

  return {
    async figures(ctx: CallContext, of: { contractId: string } | { customerId: string }) {
      const db = store.read
      const { scope } = ctx
      if ('contractId' in of) {
        const contract = await billedContract(db, scope, of.contractId)
        if (contract.state === 'draft') throw refuse('NOT_FOUND', { entity: 'contract' })
        const invoiced = await invoicedFor(db, scope, 'contract_id', contract.id)
        const named = { customerId: contract.customerId, contractId: contract.id }
        return {
          figures: figures(contract.amount, invoiced, contract.settled),
          ...(await latest(db, scope, of)),
          instalments: await instalmentsOf(db, named, null),
        }
      }
      const customer = await customerInScope(db, scope, of.customerId)
      const { contracted, received } = await contractedWith(db, scope, customer.id)
      const invoiced = await invoicedFor(db, scope, 'customer_id', customer.id)
      const advance = await advanceHeld(db, scope, customer.id)
      return {
        figures: figures(contracted, invoiced, received + advance),
        ...(await latest(db, scope, of)),
        instalments: [],
      }
    },

    uninvoiced: (ctx: CallContext, input: PageInput<UninvoicedSort, UninvoicedFilters>) =>
      listUninvoiced(store.read, { ...input, scope: ctx.scope }, input),

    uninvoicedSummary: (ctx: CallContext, input: { text?: string | undefined; filters: UninvoicedFilters }) =>
      sumUninvoiced(store.read, { ...input, scope: ctx.scope }),
  }
}
