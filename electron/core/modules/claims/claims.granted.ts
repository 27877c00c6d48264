import type { PlainDay } from '#shared/kernel/dates.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { evenLines } from '#shared/modules/claims/claims.plans.rules.ts'
import type { PlanFields } from '#shared/modules/claims/claims.plans.schema.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { debtRows } from '#core/modules/receivables/receivables.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { requestDecided } from './claims.decided.ts'
import { insertPlan } from './claims.plans.make.ts'
import { insertRequest } from './claims.requests.ts'
import { interestOf } from './claims.sheets.ts'

/** What a decision of another module grants; it was approved there by a second person. */
interface Granted {
  readonly customerId: string
  readonly instalmentIds: readonly string[]
  readonly reason: string
}

/**
 * Puts debts off until a day: kept as a request that is approved, and carried out in this unit of work. Gives its id;
 * null where none of them is open any more, or all are due later than that already.
 */
export async function grantExtension(
  uow: UnitOfWork,
  { customerId, instalmentIds, reason }: Granted,
  until: { readonly dueDay: PlainDay; readonly keepsAccrued: boolean },
): Promise<string | null> {
  const found = await debtRows(uow.db, instalmentIds)
  const debts = instalmentIds.flatMap((id) => {
    const debt = found.get(id)
    const open = debt && !debt.cancelled && debt.outstanding > 0
    return open && (debt.dueDay === null || debt.dueDay < until.dueDay) ? debt : []
  })
  if (debts.length === 0 || until.dueDay <= uow.today) return null
  const customer = (await customerBriefs(uow.db, [customerId])).get(customerId)
  const id = newId()
  const amount = debts.reduce((sum, debt) => sum + debt.outstanding, 0)
  const numbers = debts.map((debt) => debt.contractNumber)
  await insertRequest(uow, {
    id,
    kind: 'extension',
    customerId,
    columns: {
      version: 0,
      amount,
      reason_code: 'hardship',
      reason,
      search_text: buildSearchText(customer?.name ?? '', [customer?.code ?? '', ...numbers]),
      updated_at: uow.now,
    },
  })
  const lines = debts.map((debt, seq) => ({
    request_id: id,
    seq,
    instalment_id: debt.id,
    amount: debt.outstanding,
    booked: null,
    former_due_day: debt.dueDay,
    due_day: until.dueDay,
    keeps_accrued: until.keepsAccrued ? (1 as const) : (0 as const),
  }))
  await uow.db.insertInto('claim_request_lines').values(lines).execute()
  const after = { kind: 'extension', customerId, amount, ...until, reason }
  await uow.audit({ action: 'claims.ask', entity: 'claimRequest', entityId: id, after })
  await requestDecided(uow, { recordId: id, requestId: '', outcome: 'approved' })
  return id
}

/**
 * Drafts a repayment agreement in equal parts over what these debts come to today, with interest and costs; somebody
 * still goes over it and hands it in. Gives its id; null where none of them is open any more.
 */
export async function draftPlan(
  uow: UnitOfWork,
  { customerId, instalmentIds, reason }: Granted,
  plan: { readonly parts: number; readonly firstDay: PlainDay; readonly everyMonths: number },
): Promise<string | null> {
  const counted = await interestOf(uow.db, instalmentIds, uow.today)
  const debts = instalmentIds.flatMap((instalmentId) => {
    const one = counted.get(instalmentId)
    if (!one || one.debt.outstanding === 0 || one.debt.cancelled) return []
    const { interest, costs } = one.sheet.owed
    return { instalmentId, interest, costs, principal: one.debt.outstanding }
  })
  const sum = debts.reduce((total, debt) => total + debt.principal + debt.interest + debt.costs, 0)
  if (debts.length === 0 || sum < plan.parts) return null
  const { documentLocale } = (await readSetting(uow.db, 'preferences')).value
  const fields = {
    customerId,
    day: uow.today,
    language: documentLocale,
    debts: debts.map(({ instalmentId, interest, costs }) => ({ instalmentId, interest, costs })),
    lines: evenLines(sum, plan.parts, plan.firstDay, plan.everyMonths),
    callsIn: true,
    guarantee: '',
    terms: '',
    reason,
  } as unknown as PlanFields
  return insertPlan(uow, makeScope.all(), fields)
}
