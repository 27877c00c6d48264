import { refuse } from '#shared/kernel/app-error.ts'
import type { ApprovalKind } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import { step, type Approval, type Command, type Outcome } from '#shared/modules/approvals/approvals.rules.ts'
import type { ActionKind } from '#shared/modules/approvals/approvals.schema.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { approvalFirm, type ApprovalFirm } from './approvals.firm.ts'
import { logAction, saveSteps, stateColumns, stateOf, type RequestRecord } from './approvals.records.ts'
import { applicantActed, keepTasks, tellApplicant } from './approvals.tasks.ts'

/** What an owning module is told when a request about one of its records ends or goes back, in the same unit of work. */
export interface Decided {
  readonly recordId: string
  readonly requestId: string
  readonly outcome: Outcome
}
export type ApprovalListener = (uow: UnitOfWork, decided: Decided) => Promise<void>
/** One listener for each kind of record that wants to know. */
export type ApprovalListeners = Readonly<Partial<Record<ApprovalKind, ApprovalListener>>>

const LOGGED: Readonly<Record<Command['kind'], ActionKind>> = {
  approve: 'approve',
  reject: 'reject',
  return: 'return',
  addSigner: 'addSigner',
  withdraw: 'withdraw',
  remind: 'remind',
  resubmit: 'resubmit',
  escalate: 'escalate',
  change: 'stale',
}

const AUDITED = {
  approve: 'approvals.approve',
  reject: 'approvals.reject',
  return: 'approvals.return',
  addSigner: 'approvals.addSigner',
  withdraw: 'approvals.withdraw',
  remind: 'approvals.remind',
  resubmit: 'approvals.submit',
  escalate: 'approvals.escalate',
  change: 'approvals.stale',
} as const

/**
 * Carries a command out: the state, the log, the audit row and the tasks of whoever is asked now, in this unit of
 * work. Throws the rules' refusal where they say no; `columns` go along (the new content of a resubmission).
 */
export async function carryOut(
  uow: UnitOfWork,
  record: RequestRecord,
  command: Command,
  options: {
    readonly comment?: string
    readonly columns?: Partial<RequestRecord>
    readonly firm?: ApprovalFirm
  } = {},
): Promise<{ record: RequestRecord; state: Approval }> {
  const firm = options.firm ?? (await approvalFirm(uow.db, uow.today))
  const before = await stateOf(uow.db, record)
  const { state, refusal, seatOf } = step(before, command, firm.context)
  if (refusal !== null) throw refuse(refusal, { outcome: record.outcome })
  const comment = options.comment ?? ''
  const after: RequestRecord = {
    ...record,
    ...options.columns,
    ...stateColumns(state),
    version: record.version + 1,
    updated_at: uow.now,
  }
  const { id, ...columns } = after
  await uow.db.updateTable('approval_requests').set(columns).where('id', '=', id).execute()
  await saveSteps(uow, id, state, firm.context)
  const by = 'by' in command ? command.by : null
  const otherId = command.kind === 'addSigner' ? command.userId : seatOf === by ? null : seatOf
  const stepName = before.outcome === 'pending' ? (before.steps[before.at]?.name ?? '') : ''
  await logAction(uow, after, { kind: LOGGED[command.kind], otherId, stepName, comment })
  await uow.audit({
    action: AUDITED[command.kind],
    entity: 'approval',
    entityId: id,
    before: { outcome: before.outcome, round: before.round, step: before.at },
    after: {
      outcome: state.outcome,
      round: state.round,
      step: state.at,
      title: record.title,
      hash: after.hash,
      comment,
      ...(command.kind === 'return' ? { to: command.to } : {}),
      ...(otherId === null ? {} : { other: firm.nameOf(otherId) }),
    },
  })
  await keepTasks(uow, after, by)
  const { outcome } = state
  if (outcome !== before.outcome) {
    if (outcome === 'approved' || outcome === 'rejected' || outcome === 'returned') {
      await tellApplicant(uow, after, outcome)
    } else await applicantActed(uow, after)
  }
  uow.changed('approvals', id)
  return { record: after, state }
}
