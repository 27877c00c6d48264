import { refuse } from '#shared/kernel/app-error.ts'
import type { SheetOf } from '#shared/modules/claims/claims.interest.schema.ts'
import { assertInScope, inScope, type Scope } from '#core/kernel/scope.ts'
import { contractInScope } from '#core/modules/contracts/contracts.api.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import { debtRows, debtsOf, type DebtRow } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** One debt within the scope. Throws NOT_FOUND. */
export async function debtInScope(db: Reader | Writer, scope: Scope, id: string): Promise<DebtRow> {
  const debt = (await debtRows(db, [id])).get(id)
  if (!debt) throw refuse('NOT_FOUND', { entity: 'receivable' })
  assertInScope(scope, debt.ownerId, 'receivable')
  return debt
}

/**
 * These debts, each within the scope and all of one customer, in the order in which they were named. Throws NOT_FOUND,
 * CLAIM_CUSTOMERS where they are of several.
 */
export async function debtsTogether(
  db: Reader | Writer,
  scope: Scope,
  ids: readonly string[],
): Promise<{ customerId: string; debts: DebtRow[] }> {
  const found = await debtRows(db, ids)
  const debts = ids.map((id) => {
    const debt = found.get(id)
    if (!debt || !inScope(scope, debt.ownerId)) throw refuse('NOT_FOUND', { entity: 'receivable' })
    return debt
  })
  const customers = new Set(debts.map((debt) => debt.customerId))
  const [customerId] = customers
  if (customerId === undefined) throw refuse('NOT_FOUND', { entity: 'receivable' })
  if (customers.size > 1) throw refuse('CLAIM_CUSTOMERS')
  return { customerId, debts }
}

/** Ids of the debts that a sheet is about, as far as they are within the scope. Throws NOT_FOUND. */
export async function targetDebts(db: Reader | Writer, scope: Scope, target: SheetOf): Promise<string[]> {
  if (target.of === 'instalment') return [(await debtInScope(db, scope, target.id)).id]
  if (target.of === 'customer') {
    await customerInScope(db, scope, target.id)
    const rows = await debtsOf(db, { customerId: target.id }, 'all')
    return rows.filter((row) => inScope(scope, row.ownerId)).map((row) => row.id)
  }
  if (!(await contractInScope(db, scope, target.id))) throw refuse('NOT_FOUND', { entity: 'contract' })
  const rows = await debtsOf(db, { contractId: target.id }, 'all')
  return rows.filter((row) => inScope(scope, row.ownerId)).map((row) => row.id)
}
