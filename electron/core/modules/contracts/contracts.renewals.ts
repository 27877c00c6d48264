import { invalid } from '#shared/kernel/app-error.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import type { CallContext } from '#core/kernel/deps.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork } from '#core/store/store.ts'
import { readableContract } from './contracts.current.ts'
import type { ContractRecord } from './contracts.records.ts'

/** A contract goes on from a signed one with the same customer that the caller may read. */
export async function assertRenews(uow: UnitOfWork, ctx: CallContext, fields: ContractFields): Promise<void> {
  if (!fields.renewsId) return
  const earlier = await readableContract(uow.db, ctx.scope, fields.renewsId)
  if (earlier.state !== 'signed' || earlier.customer_id !== fields.customerId) {
    throw invalid([{ path: ['customerId'], key: 'contracts:errors.renews' }])
  }
}

/** What a contract goes on from and what goes on from it, as far as one may read them. */
export async function renewalsOf(db: Reader, scope: Scope, record: ContractRecord) {
  const readable = () =>
    applyScope(db.selectFrom('contracts').select(['contracts.id', 'number', 'state']), scope, 'contracts.owner_id')
  const earlier =
    record.renews_id === null ? null : await readable().where('contracts.id', '=', record.renews_id).executeTakeFirst()
  const renewedBy = await readable().where('renews_id', '=', record.id).orderBy('number').execute()
  return { renewsId: record.renews_id, renewsNumber: earlier?.number ?? null, renewedBy }
}
