import { refuse } from '#shared/kernel/app-error.ts'
import { ASKED_STATE } from '#shared/modules/approvals/approvals.asked.rules.ts'
import type { ApprovalListener } from '#core/modules/approvals/approvals.api.ts'

/** Told how a correction was decided: approved, it is in force at once and takes the place of an earlier one. */
export const correctionDecided: ApprovalListener = async (uow, { recordId, outcome }) => {
  const row = await uow.db
    .selectFrom('performance_corrections')
    .selectAll()
    .where('id', '=', recordId)
    .where('state', 'in', ['asked', 'returned'])
    .executeTakeFirst()
  const state = ASKED_STATE[outcome]
  if (!row || row.state === state) return
  // Whose figure it is sees the request, but it is not his to take back.
  if (row.user_id === uow.actor.userId) throw refuse('APPROVAL_NOT_YOURS')
  if (state === 'done') {
    await uow.db
      .updateTable('performance_corrections')
      .set({ state: 'replaced' })
      .where('month', '=', row.month)
      .where('user_id', '=', row.user_id)
      .where('indicator', '=', row.indicator)
      .where('state', '=', 'done')
      .execute()
  }
  const decided = state === 'done' || state === 'refused' || state === 'returned'
  await uow.db
    .updateTable('performance_corrections')
    .set({ state, decided_day: decided ? uow.today : null, decided_by: decided ? uow.actor.userId : null })
    .where('id', '=', row.id)
    .execute()
  const { month, user_id: userId, indicator, value } = row
  await uow.audit({
    action: 'performance.corrected',
    entity: 'performance-correction',
    entityId: row.id,
    before: { state: row.state },
    after: { state, month, userId, indicator, value },
  })
  uow.changed('performance', month)
}
