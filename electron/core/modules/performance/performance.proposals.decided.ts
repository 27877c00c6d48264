import { refuse } from '#shared/kernel/app-error.ts'
import { ASKED_STATE } from '#shared/modules/approvals/approvals.asked.rules.ts'
import type { ApprovalListener } from '#core/modules/approvals/approvals.api.ts'

/** Told how a proposal was decided: approved, it is to be carried out. */
export const proposalDecided: ApprovalListener = async (uow, { recordId, outcome }) => {
  const row = await uow.db
    .selectFrom('performance_proposals')
    .select(['id', 'version', 'state', 'user_id'])
    .where('id', '=', recordId)
    .where('state', 'in', ['asked', 'returned'])
    .executeTakeFirst()
  const asked = ASKED_STATE[outcome]
  const state = asked === 'done' ? 'approved' : asked
  if (!row || row.state === state) return
  // Whom it is about neither decides it nor takes it back.
  if (row.user_id === uow.actor.userId) throw refuse('APPROVAL_NOT_YOURS')
  const decided = state === 'approved' || state === 'refused' || state === 'returned'
  await uow.db
    .updateTable('performance_proposals')
    .set({
      state,
      version: row.version + 1,
      decided_day: decided ? uow.today : null,
      decided_by: decided ? uow.actor.userId : null,
    })
    .where('id', '=', row.id)
    .execute()
  await uow.audit({
    action: 'performance.proposalDecided',
    entity: 'performance-proposal',
    entityId: row.id,
    before: { state: row.state },
    after: { state },
  })
  uow.changed('performance', row.id)
}
