import type { ApprovalContent, ContentLine } from '#shared/modules/approvals/approvals.schema.ts'
import type { ApprovalListener } from '#core/modules/approvals/approvals.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { planDebts, planLines } from './claims.plans.repo.ts'

/** What approvers see of a plan: what it fixes of each debt, and what is to be paid when. */
export async function planContent(db: Reader | Writer, planId: string): Promise<ApprovalContent> {
  const plan = await db.selectFrom('repayment_plans').selectAll().where('id', '=', planId).executeTakeFirstOrThrow()
  const debts = await planDebts(db, planId)
  const lines = (await planLines(db, [planId])).get(planId) ?? []
  const row = (
    id: string,
    group: string,
    form: ContentLine['form'],
    value: ContentLine['value'],
    no?: number,
  ): ContentLine => ({
    id: no === undefined ? id : `${id}.${no}`,
    group: `claims:approval.${group}`,
    label: `claims:approval.${id}`,
    ...(no === undefined ? {} : { params: { no } }),
    form,
    value,
  })
  const data = {
    day: plan.day,
    callsIn: plan.calls_in === 1,
    guarantee: plan.guarantee,
    terms: plan.terms,
    reason: plan.reason,
    debts: debts.map(({ instalment_id: id, principal, interest, costs, due_day: dueDay }) => ({
      id,
      principal,
      interest,
      costs,
      dueDay,
    })),
    lines: lines.map(({ dueDay, amount }) => ({ dueDay, amount })),
  }
  return {
    data,
    lines: [
      row('reason', 'plan', 'text', plan.reason),
      row('principal', 'plan', 'fen', plan.principal),
      row('interest', 'plan', 'fen', plan.interest),
      row('costs', 'plan', 'fen', plan.costs),
      row('callsIn', 'plan', 'word', `claims:approval.kept.${plan.calls_in === 1 ? 'yes' : 'no'}`),
      row('guarantee', 'plan', 'text', plan.guarantee),
      ...debts.flatMap((debt, at) => [
        row('debt', 'debts', 'text', `${debt.contract_number} ${debt.label}`.trim(), at + 1),
        row('outstanding', 'debts', 'fen', debt.principal, at + 1),
        row('dueDay', 'debts', 'day', debt.due_day, at + 1),
      ]),
      ...lines.flatMap((line, at) => [
        row('lineDay', 'lines', 'day', line.dueDay, at + 1),
        row('lineAmount', 'lines', 'fen', line.amount, at + 1),
      ]),
    ],
  }
}

/** Told how a plan was decided: approved it may be signed, otherwise it is a draft again. */
export const planDecided: ApprovalListener = async (uow, { recordId, outcome }) => {
  uow.changed('claims', recordId)
  if (outcome === 'pending') return
  const state = outcome === 'approved' ? 'approved' : 'draft'
  await uow.db
    .updateTable('repayment_plans')
    .set((eb) => ({ state, version: eb('version', '+', 1), updated_at: uow.now }))
    .where('id', '=', recordId)
    .where('state', '=', 'asked')
    .execute()
}
