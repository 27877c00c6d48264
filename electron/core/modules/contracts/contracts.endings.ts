import { refuse } from '#shared/kernel/app-error.ts'
import type { ContractEnding } from '#shared/modules/contracts/contracts.lives.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { releaseInstalments } from '#core/modules/receivables/receivables.api.ts'
import { contractToChange } from './contracts.current.ts'
import { followObligations } from './contracts.obligations.ts'

/** How signed contracts end before everything in them was done. */
export function createContractEndings(deps: CoreDeps) {
  return {
    async end(ctx: CallContext, input: ContractEnding) {
      return deps.store.write(ctx.actor, async (uow) => {
        const { record } = await contractToChange(uow, ctx, input, 'end')
        if (record.ended_day !== null) throw refuse('CONTRACT_STATE', { state: 'terminated' })
        if (input.day < (record.sign_day ?? '') || input.day > uow.today) throw refuse('CONTRACT_END_DAY')
        // What was fulfilled is paid for: nothing of it is given up.
        if (input.reason === 'fulfilled' && input.instalments === 'cancel') throw refuse('CONTRACT_END_FULFILLED')
        const draft = await uow.db
          .selectFrom('contract_supplements')
          .select('number')
          .where('contract_id', '=', record.id)
          .where('state', '=', 'draft')
          .executeTakeFirst()
        if (draft) throw refuse('CONTRACT_END_SUPPLEMENT', { number: draft.number })
        const released = input.instalments === 'cancel' ? await releaseInstalments(uow, record.id) : 0
        const version = record.version + 1
        await uow.db
          .updateTable('contracts')
          .set({ ended_day: input.day, ended_reason: input.reason, ended_note: input.note })
          .set({ released: record.released + released, version, updated_at: uow.now })
          .where('id', '=', record.id)
          .execute()
        await followObligations(uow, record.id)
        await uow.audit({
          action: 'contracts.end',
          entity: 'contract',
          entityId: record.id,
          before: { outstanding: record.amount - record.settled },
          after: { day: input.day, reason: input.reason, note: input.note, instalments: input.instalments, released },
        })
        uow.changed('contracts', record.id)
        return { id: record.id, version }
      })
    },
  }
}
