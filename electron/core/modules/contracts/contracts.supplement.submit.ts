import { refuse } from '#shared/kernel/app-error.ts'
import { isUnchanged, redlineContract } from '#shared/modules/contracts/contracts.redline.ts'
import { contractSums } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { newErrors } from '#shared/modules/contracts/contracts.supplement.rules.ts'
import { supplementSnapshot } from '#shared/modules/contracts/contracts.supplement.snapshot.ts'
import {
  approvalNeeded,
  approvalOf,
  askApproval,
  assertNotPending,
  contentChanged,
  isApproved,
  withdrawApproval,
  type ApprovalListener,
} from '#core/modules/approvals/approvals.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ContractSupplementsTable } from '#core/store/tables/contracts.tables.ts'
import { findingsOf } from './contracts.basis.ts'
import type { ContractRecord } from './contracts.records.ts'
import { factsOf } from './contracts.submit.ts'
import { fieldsInForce, fieldsOfContent } from './contracts.versions.ts'

const KIND = 'supplement'

/** A supplement and the contract that it belongs to. */
export interface SupplementOfContract {
  readonly row: ContractSupplementsTable
  readonly contract: ContractRecord
}

const contentOf = async (db: Reader | Writer, row: ContractSupplementsTable) =>
  supplementSnapshot(row, await fieldsInForce(db, row.contract_id), fieldsOfContent(row.content))

/** What its way of approval is chosen by: what the contract comes to with it. */
async function factsOfSupplement(db: Reader | Writer, { row, contract }: SupplementOfContract) {
  const fields: ContractFields = fieldsOfContent(row.content)
  return { ...(await factsOf(db, contract, fields)), kind: KIND, amount: contractSums(fields.lines).amount } as const
}

/** How the approval of a supplement stands, and whether it needs one. */
export async function supplementApproval(db: Reader, found: SupplementOfContract) {
  const needed = await approvalNeeded(db, await factsOfSupplement(db, found))
  return { needed, status: await approvalOf(db, KIND, found.row.id) }
}

/** Asks for the approval of a draft: what changes, and what the contract is to be, is frozen. */
export async function submitSupplement(uow: UnitOfWork, found: SupplementOfContract) {
  const { row, contract } = found
  const asked = await askApproval(uow, {
    ...(await factsOfSupplement(uow.db, found)),
    recordId: row.id,
    title: `${row.number} ${contract.title}`,
    customerId: contract.customer_id,
    content: await contentOf(uow.db, row),
  })
  uow.changed('contracts', contract.id)
  return { id: row.id, approvalId: asked.id, outcome: asked.outcome }
}

/** A draft is not changed while its approval is under way. Throws APPROVAL_PENDING. */
export const assertSupplementOpen = (uow: UnitOfWork, id: string) => assertNotPending(uow.db, KIND, id)

/** After a change: what was approved before is approved no more, unless it says the very same. */
export async function afterSupplementChange(uow: UnitOfWork, id: string): Promise<void> {
  const row = await uow.db.selectFrom('contract_supplements').selectAll().where('id', '=', id).executeTakeFirst()
  if (row) await contentChanged(uow, KIND, id, await contentOf(uow.db, row))
}

/** A supplement that is given up waits for no approval. */
export const giveUpSupplement = (uow: UnitOfWork, id: string, reason: string) => withdrawApproval(uow, KIND, id, reason)

/**
 * Whether a supplement may be signed as it is stored. Throws CONTRACT_SUPPLEMENT_APPROVAL where its approval is required
 * and what was approved is not what is there, APPROVAL_PENDING while one is under way.
 */
export async function assertMaySign(uow: UnitOfWork, found: SupplementOfContract): Promise<void> {
  await assertNotPending(uow.db, KIND, found.row.id)
  if ((await approvalNeeded(uow.db, await factsOfSupplement(uow.db, found))) !== 'binding') return
  const approved = await isApproved(uow.db, KIND, found.row.id, await contentOf(uow.db, found.row))
  if (!approved) throw refuse('CONTRACT_SUPPLEMENT_APPROVAL')
}

/** Whether a draft prints clean, to be signed: approved where that is required or was asked for, elsewhere without faults. */
export async function isSupplementCleared(db: Reader, found: SupplementOfContract, today: string): Promise<boolean> {
  const { needed, status } = await supplementApproval(db, found)
  if (needed === 'binding' || (status !== null && status.outcome !== 'withdrawn')) {
    return isApproved(db, KIND, found.row.id, await contentOf(db, found.row))
  }
  const before = await fieldsInForce(db, found.contract.id)
  const fields = fieldsOfContent(found.row.content)
  if (isUnchanged(redlineContract(before, fields))) return false
  return newErrors(await findingsOf(db, before, today), await findingsOf(db, fields, today)).length === 0
}

/** Told when a request about a supplement ends or comes back: whoever looks at its contract sees it. */
export const supplementDecided: ApprovalListener = async (uow, { recordId }) => {
  const row = await uow.db
    .selectFrom('contract_supplements')
    .select('contract_id')
    .where('id', '=', recordId)
    .executeTakeFirst()
  if (row) uow.changed('contracts', row.contract_id)
}
