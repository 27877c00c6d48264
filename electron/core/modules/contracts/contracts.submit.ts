import { refuse } from '#shared/kernel/app-error.ts'
import { canBeSigned } from '#shared/modules/contracts/contracts.check.ts'
import { contractSnapshot } from '#shared/modules/contracts/contracts.snapshot.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope } from '#core/kernel/scope.ts'
import {
  approvalNeeded,
  approvalOf,
  askApproval,
  assertNotPending,
  contentChanged,
  isApproved,
  withdrawApproval,
  type ApprovalListener,
  type AskFacts,
} from '#core/modules/approvals/approvals.api.ts'
import { customerGrade } from '#core/modules/customers/customers.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { creditOf, findingsOf } from './contracts.basis.ts'
import { fieldsOf, type ContractRecord } from './contracts.records.ts'
import { findContract, findParts } from './contracts.repo.ts'
import { pinColumns, templateOf } from './contracts.templates.ts'
import { keepVersion } from './contracts.versions.ts'

const KIND = 'contract'

/** What a way of approval is chosen by. */
export async function factsOf(db: Reader | Writer, record: ContractRecord, fields: ContractFields): Promise<AskFacts> {
  const days = fields.plan.filter((line) => line.trigger !== 'fixed').map((line) => line.days)
  return {
    kind: KIND,
    ownerId: record.owner_id,
    amount: record.amount,
    discount: null,
    grade: await customerGrade(db, record.customer_id),
    paymentDays: days.length === 0 ? 0 : Math.max(...days),
  }
}

const storedFields = async (db: Reader | Writer, record: ContractRecord) =>
  fieldsOf(record, await findParts(db, record.id))

/** What its approvers see: the form, and the template edition that gives it its wording on a day. */
async function contentOf(db: Reader | Writer, record: ContractRecord, fields: ContractFields, day: string) {
  const { pin } = await templateOf(db, record, fields, day)
  return contractSnapshot(record.number, fields, { template: pin })
}

/** A draft is not changed while its approval is under way. Throws APPROVAL_PENDING. */
export const assertOpenToChange = (uow: UnitOfWork, record: ContractRecord): Promise<void> =>
  record.state === 'draft' ? assertNotPending(uow.db, KIND, record.id) : Promise.resolve()

/** After a change: what was approved before is approved no more, unless it says the very same. */
export async function afterChange(uow: UnitOfWork, id: string): Promise<void> {
  const record = await findContract(uow.db, id)
  if (!record) return
  const fields = await storedFields(uow.db, record)
  await contentChanged(uow, KIND, id, await contentOf(uow.db, record, fields, uow.today))
}

/** A contract that is given up waits for no approval. */
export const giveUpApproval = (uow: UnitOfWork, record: ContractRecord, reason: string): Promise<void> =>
  withdrawApproval(uow, KIND, record.id, reason)

/**
 * Whether the contract may be signed as it is stored. Throws CONTRACT_APPROVAL where its approval is required and what
 * was approved is not what is there, APPROVAL_PENDING while one is under way.
 */
export async function assertApproved(uow: UnitOfWork, record: ContractRecord, signDay: string): Promise<void> {
  await assertNotPending(uow.db, KIND, record.id)
  const fields = await storedFields(uow.db, record)
  if ((await approvalNeeded(uow.db, await factsOf(uow.db, record, fields))) !== 'binding') return
  const approved = await isApproved(uow.db, KIND, record.id, await contentOf(uow.db, record, fields, signDay))
  if (!approved) throw refuse('CONTRACT_APPROVAL')
}

/**
 * Whether a draft counts as it is stored, so that it is printed to be signed: approved, where that is required or was
 * asked for, by a template that may still be used; elsewhere nothing may keep it from being signed.
 */
export async function isCleared(db: Reader, record: ContractRecord, today: string): Promise<boolean> {
  const fields = await storedFields(db, record)
  const { findings } = await templateOf(db, record, fields, today)
  if (findings.length > 0) return false
  const needed = await approvalNeeded(db, await factsOf(db, record, fields))
  const asked = await approvalOf(db, KIND, record.id)
  if (needed === 'binding' || (asked !== null && asked.outcome !== 'withdrawn')) {
    return isApproved(db, KIND, record.id, await contentOf(db, record, fields, today))
  }
  return canBeSigned(await findingsOf(db, fields, today, await creditOf(db, fields, today)))
}

/**
 * Told when a request about a contract ends or comes back: whoever looks at the contract sees it, and a draft that is
 * not approved takes the wording in force again.
 */
export const contractDecided: ApprovalListener = async (uow, { recordId, outcome }) => {
  uow.changed('contracts', recordId)
  if (outcome === 'approved') return
  await uow.db
    .updateTable('contracts')
    .set(pinColumns(null))
    .where('id', '=', recordId)
    .where('state', '=', 'draft')
    .execute()
}

/** Hands contracts in for approval, after the check that signing makes. */
export function createContractSubmit(deps: CoreDeps) {
  async function inReach(db: Reader | Writer, ctx: CallContext, id: string): Promise<ContractRecord> {
    const record = await findContract(db, id)
    if (!record) throw refuse('NOT_FOUND', { entity: 'contract' })
    assertInScope(ctx.scope, record.owner_id, 'contract')
    return record
  }

  return {
    /** How the approval of a contract stands, and whether it needs one. */
    async approval(ctx: CallContext, id: string) {
      const db = deps.store.read
      const record = await inReach(db, ctx, id)
      const fields = await storedFields(db, record)
      const needed = await approvalNeeded(db, await factsOf(db, record, fields))
      return { needed, status: await approvalOf(db, KIND, id) }
    },

    /** Errors keep it from being submitted; where there are warnings a reason is given for them. */
    submit: (ctx: CallContext, input: { id: string; version: number; reason: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const record = await inReach(uow.db, ctx, input.id)
        if (record.version !== input.version) throw refuse('STALE', { current: { version: record.version } })
        if (record.state !== 'draft') throw refuse('CONTRACT_STATE', { state: record.state })
        const fields = await storedFields(uow.db, record)
        const template = await templateOf(uow.db, null, fields, uow.today)
        const credit = await creditOf(uow.db, fields, uow.today)
        const findings = [...template.findings, ...(await findingsOf(uow.db, fields, uow.today, credit))]
        const errors = findings.filter((found) => found.severity === 'error')
        if (errors.length > 0) throw refuse('CONTRACT_INCOMPLETE', { findings: errors })
        const warnings = findings.filter((found) => found.severity === 'warning')
        if (warnings.length > 0 && input.reason === '') throw refuse('CONTRACT_REASON', { findings: warnings })
        const asked = await askApproval(uow, {
          ...(await factsOf(uow.db, record, fields)),
          recordId: record.id,
          title: `${record.number} ${record.title}`,
          customerId: record.customer_id,
          content: contractSnapshot(record.number, fields, { reason: input.reason, template: template.pin }),
        })
        const pinned = pinColumns(template.pin)
        await uow.db.updateTable('contracts').set(pinned).where('id', '=', record.id).execute()
        await keepVersion(uow, record.id, 'submitted')
        uow.changed('contracts', record.id)
        return { id: record.id, approvalId: asked.id, outcome: asked.outcome }
      }),
  }
}
