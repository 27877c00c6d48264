import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { planDifference, planDueDays } from '#shared/modules/claims/claims.plans.rules.ts'
import type { PlanFields } from '#shared/modules/claims/claims.plans.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { debtsTogether } from './claims.debts.ts'

/** Draws the number of a new draft and keeps it; gives its id. */
export async function insertPlan(uow: UnitOfWork, scope: Scope, input: PlanFields): Promise<string> {
  const { parts, customer } = await checkedPlan(uow, scope, input)
  const id = newId()
  const number = await nextDocumentNumber(uow, 'repaymentPlan')
  await uow.db
    .insertInto('repayment_plans')
    .values({
      id,
      version: 0,
      number,
      customer_id: input.customerId,
      ...planColumns(uow, input, parts, number, customer),
      state: 'draft',
      sign_day: null,
      our_signer: '',
      signer: '',
      signer_role: null,
      file_id: null,
      sha256: '',
      broken_told: 0,
      called_day: null,
      void_reason: '',
      created_at: uow.now,
      created_by: uow.actor.userId ?? '',
    })
    .execute()
  await keepParts(uow, id, input, parts)
  await uow.audit({ action: 'claims.planCreate', entity: 'repaymentPlan', entityId: id, after: { number, ...input } })
  uow.changed('claims', id)
  return id
}

interface PlanPart {
  readonly instalmentId: string
  readonly principal: number
  readonly interest: number
  readonly costs: number
  readonly formerDueDay: PlainDay | null
  readonly dueDay: PlainDay
}

/** What a plan fixes of each debt. Throws PLAN_SUM where its lines do not add up to that, PLAN_DEBT for what is paid. */
export async function checkedPlan(uow: UnitOfWork, scope: Scope, input: PlanFields) {
  const ids = input.debts.map((debt) => debt.instalmentId)
  const { customerId, debts } = await debtsTogether(uow.db, scope, ids)
  if (customerId !== input.customerId) throw refuse('CLAIM_CUSTOMERS')
  if (debts.some((debt) => debt.outstanding === 0 || debt.cancelled)) throw refuse('PLAN_DEBT')
  const sums = debts.map((debt, at) => {
    const { interest, costs } = input.debts[at]!
    return { principal: debt.outstanding, interest, costs }
  })
  if (planDifference(sums, input.lines) !== 0)
    throw refuse('PLAN_SUM', { difference: planDifference(sums, input.lines) })
  const days = planDueDays(sums, input.lines)
  const customer = await customerInScope(uow.db, scope, customerId)
  const parts = debts.map((debt, at): PlanPart => ({
    instalmentId: debt.id,
    ...sums[at]!,
    formerDueDay: debt.dueDay,
    dueDay: days[at]!,
  }))
  return { parts, customer }
}

export function planColumns(
  uow: UnitOfWork,
  input: PlanFields,
  parts: readonly PlanPart[],
  number: string,
  customer: { readonly name: string; readonly code: string },
) {
  const sum = (key: 'principal' | 'interest' | 'costs') => parts.reduce((all, part) => all + part[key], 0)
  return {
    day: input.day,
    language: input.language,
    principal: sum('principal'),
    interest: sum('interest'),
    costs: sum('costs'),
    calls_in: input.callsIn ? 1 : 0,
    guarantee: input.guarantee,
    terms: input.terms,
    reason: input.reason,
    search_text: buildSearchText(customer.name, [number, customer.code]),
    updated_at: uow.now,
  }
}

export async function keepParts(
  uow: UnitOfWork,
  id: string,
  input: PlanFields,
  parts: readonly PlanPart[],
): Promise<void> {
  await uow.db.deleteFrom('repayment_debts').where('plan_id', '=', id).execute()
  await uow.db.deleteFrom('repayment_lines').where('plan_id', '=', id).execute()
  await uow.db
    .insertInto('repayment_debts')
    .values(
      parts.map((part, at) => ({
        plan_id: id,
        seq: at + 1,
        instalment_id: part.instalmentId,
        principal: part.principal,
        interest: part.interest,
        costs: part.costs,
        former_due_day: part.formerDueDay,
        due_day: part.dueDay,
      })),
    )
    .execute()
  await uow.db
    .insertInto('repayment_lines')
    .values(input.lines.map((line, at) => ({ plan_id: id, seq: at + 1, due_day: line.dueDay, amount: line.amount })))
    .execute()
}
