import type { ContractReminder } from '#shared/modules/contracts/contracts.reminders.rules.ts'
import { closeTasksOf, type TaskSource } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'

const MODULES = {
  expiry: 'contractExpiry',
  unsigned: 'contractUnsigned',
  scan: 'contractScan',
  loan: 'contractLoan',
} as const satisfies Record<ContractReminder, TaskSource['module']>

/** The record that a reminder's task leads to; one for each loan, so that one that comes back closes its own. */
export const reminderSource = (kind: ContractReminder, contractId: string, loanId?: string): TaskSource => ({
  module: MODULES[kind],
  id: loanId === undefined ? contractId : `${contractId}:${loanId}`,
})

/** What somebody was reminded of has been done. */
export const reminderDone = (uow: UnitOfWork, kind: ContractReminder, contractId: string, loanId?: string) =>
  closeTasksOf(uow, reminderSource(kind, contractId, loanId), 'done')
