import { makeTranslator } from '#shared/i18n/translate.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { nextWorkday } from '#shared/kernel/workdays.ts'
import { ASKED_STATE } from '#shared/modules/approvals/approvals.asked.rules.ts'
import type { ReportResult } from '#shared/modules/dunning/dunning.escalations.rules.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { approvalOwnerMoved, type ApprovalListener } from '#core/modules/approvals/approvals.api.ts'
import { draftPlan, grantExtension } from '#core/modules/claims/claims.api.ts'
import { holdGoods } from '#core/modules/credit/credit.api.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { addTask } from '#core/modules/tasks/tasks.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { DunningEscalationsTable } from '#core/store/tables/dunning.tables.ts'
import { brokenPromises } from './dunning.broken.ts'
import type { Cases } from './dunning.cases.ts'
import type { Policies } from './dunning.policies.ts'

/** A reason of a record that other modules keep: one line of at most 200 characters. */
const inOneLine = (text: string) => [...text.replace(/\s+/g, ' ').trim()].slice(0, 200).join('')

/**
 * Told how a report was decided: what was approved is carried out by the module whose matter it is, in the same unit of
 * work; money may have come in meanwhile, so that nothing is left to do. The work list follows.
 */
export const escalationDecided =
  (cases: Pick<Cases, 'recount'>, policies: Policies): ApprovalListener =>
  async (uow, { recordId, outcome }) => {
    uow.changed('dunning', recordId)
    const report = await uow.db
      .selectFrom('dunning_escalations')
      .selectAll()
      .where('id', '=', recordId)
      .where('state', 'in', ['asked', 'returned'])
      .executeTakeFirst()
    const state = ASKED_STATE[outcome]
    if (!report || report.state === state) return
    const done = state === 'done' ? await carryOut(uow, report, policies) : { result: 'none' as const, resultId: '' }
    await uow.db
      .updateTable('dunning_escalations')
      .set({ state, done_day: state === 'done' ? uow.today : null, result: done.result, result_id: done.resultId })
      .set({ version: report.version + 1, updated_at: uow.now })
      .where('id', '=', report.id)
      .execute()
    await uow.audit({
      action: 'dunning.escalated',
      entity: 'escalation',
      entityId: report.id,
      before: { state: report.state },
      after: { state, proposal: report.proposal, ...done },
    })
    await cases.recount(uow, [report.customer_id])
  }

async function carryOut(
  uow: UnitOfWork,
  report: DunningEscalationsTable,
  policies: Policies,
): Promise<{ result: ReportResult; resultId: string }> {
  const lines = await uow.db
    .selectFrom('dunning_escalation_lines')
    .select('instalment_id')
    .where('escalation_id', '=', report.id)
    .orderBy('seq')
    .execute()
  const { customer_id: customerId, proposal } = report
  const reason = inOneLine(report.findings)
  const granted = { customerId, instalmentIds: lines.map((line) => line.instalment_id), reason }
  const kept = (result: ReportResult, resultId: string | null) =>
    resultId === null ? { result: 'none' as const, resultId: '' } : { result, resultId }
  if (proposal === 'extension') {
    const dueDay = report.due_day as PlainDay
    return kept(
      'claimRequest',
      await grantExtension(uow, granted, { dueDay, keepsAccrued: report.keeps_accrued === 1 }),
    )
  }
  if (proposal === 'plan') {
    // A decision that took long does not make a plan that begins in the past.
    const firstDay = (report.first_day ?? '') < uow.today ? uow.today : (report.first_day as PlainDay)
    const plan = { parts: report.parts ?? 2, firstDay, everyMonths: report.every_months ?? 1 }
    return kept('repaymentPlan', await draftPlan(uow, granted, plan))
  }
  if (proposal === 'hold') {
    return kept('credit', (await holdGoods(uow, customerId, reason, brokenPromises)) ? customerId : null)
  }
  return proposal === 'court' ? kept('task', await askForFile(uow, report, policies)) : kept('none', null)
}

/** Whoever answers for the debts makes the file for the court. */
async function askForFile(
  uow: UnitOfWork,
  report: DunningEscalationsTable,
  policies: Policies,
): Promise<string | null> {
  const ownerId = (await isActiveUser(uow.db, report.owner_id)) ? report.owner_id : report.asked_by
  if (!(await isActiveUser(uow.db, ownerId))) return null
  const { setting } = await policies.book(uow.db, uow.today)
  const t = makeTranslator((await readSetting(uow.db, 'preferences')).value.locale)
  const name = (await customerBriefs(uow.db, [report.customer_id])).get(report.customer_id)?.name ?? ''
  return addTask(uow, {
    kind: 'other',
    title: t('dunning:escalations.courtTask', { name }),
    ownerId,
    dueDay: nextWorkday(setting.calendar, uow.today).day,
    customerId: report.customer_id,
    source: { module: 'dunning', id: report.id },
  })
}

/** Debts have gone to another person: what is reported about them is his matter now, so that he does not decide it. */
export async function escalationsFollowOwner(
  uow: UnitOfWork,
  instalmentIds: readonly string[],
  toOwnerId: string,
): Promise<void> {
  const rows = await inPieces(instalmentIds, (piece) =>
    uow.db
      .selectFrom('dunning_escalation_lines as l')
      .innerJoin('dunning_escalations as e', 'e.id', 'l.escalation_id')
      .select('e.id')
      .distinct()
      .where('l.instalment_id', 'in', piece)
      .where('e.state', 'in', ['asked', 'returned'])
      .execute(),
  )
  for (const { id } of rows) {
    await uow.db
      .updateTable('dunning_escalations')
      .set((eb) => ({ owner_id: toOwnerId, version: eb('version', '+', 1), updated_at: uow.now }))
      .where('id', '=', id)
      .execute()
    await approvalOwnerMoved(uow, 'escalation', id, toOwnerId)
    uow.changed('dunning', id)
  }
}
