import { refuse } from '#shared/kernel/app-error.ts'
import { nextState, type ContractAction } from '#shared/modules/contracts/contracts.rules.ts'
import type { CallContext } from '#core/kernel/deps.ts'
import { assertInScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { fieldsOf, type ContractRecord } from './contracts.records.ts'
import { findContract, findParts } from './contracts.repo.ts'

/** A contract within the scope; refuses with NOT_FOUND otherwise. */
export async function readableContract(db: Reader | Writer, scope: Scope, id: string): Promise<ContractRecord> {
  const record = await findContract(db, id)
  if (!record) throw refuse('NOT_FOUND', { entity: 'contract' })
  assertInScope(scope, record.owner_id, 'contract')
  return record
}

/** The contract, if the caller may touch it, at this version and in a state that allows the action. */
export async function contractToChange(
  uow: UnitOfWork,
  ctx: CallContext,
  input: { id: string; version: number },
  action: ContractAction,
) {
  const record = await readableContract(uow.db, ctx.scope, input.id)
  if (record.version !== input.version) {
    // The form merges field by field, so it is told all of what is there now.
    const fields = fieldsOf(record, await findParts(uow.db, record.id))
    throw refuse('STALE', { current: { ...fields, version: record.version } })
  }
  const state = nextState(record.state, action)
  if (state === null) throw refuse('CONTRACT_STATE', { state: record.state })
  return { record, state }
}
