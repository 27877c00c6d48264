import { refuse } from '#shared/kernel/app-error.ts'
import type { TeamMember } from '#shared/modules/customers/customers.team.contract.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { accessTo, membersOf } from './customers.team.repo.ts'

/** Who looks after a customer together with its owner. */
export function createTeamService({ store }: CoreDeps) {
  async function reached(db: Reader | Writer, scope: Scope, id: string) {
    const row = await db
      .selectFrom('customers')
      .select(['id', 'owner_id', 'removed_at'])
      .where('id', '=', id)
      .executeTakeFirst()
    const access = row ? await accessTo(db, scope, row) : null
    const hidden = row?.removed_at !== null && access !== 'full'
    if (!row || access === null || hidden) throw refuse('NOT_FOUND', { entity: 'customer' })
    return { access, ownerId: row.owner_id, removed: row.removed_at !== null }
  }

  return {
    async of(ctx: CallContext, customerId: string): Promise<TeamMember[]> {
      await reached(store.read, ctx.scope, customerId)
      return membersOf(store.read, customerId)
    },

    set: (ctx: CallContext, input: { customerId: string; userId: string; access: TeamMember['access'] | null }) =>
      store.write(ctx.actor, async (uow) => {
        const { customerId, userId, access } = input
        const found = await reached(uow.db, ctx.scope, customerId)
        if (found.removed) throw refuse('NOT_FOUND', { entity: 'customer' })
        if (found.access !== 'full') throw refuse('FORBIDDEN', { action: 'customers.update' })
        const before = (await membersOf(uow.db, customerId)).find((member) => member.userId === userId)?.access ?? null
        if (access === null) {
          await uow.db
            .deleteFrom('customer_members')
            .where('customer_id', '=', customerId)
            .where('user_id', '=', userId)
            .execute()
        } else {
          const fits = found.ownerId !== null && userId !== found.ownerId && (await isActiveUser(uow.db, userId))
          if (!fits) throw refuse('CUSTOMER_MEMBER')
          await uow.db
            .insertInto('customer_members')
            .values({ customer_id: customerId, user_id: userId, access })
            .onConflict((conflict) => conflict.columns(['customer_id', 'user_id']).doUpdateSet({ access }))
            .execute()
        }
        await uow.audit({
          action: 'customers.team',
          entity: 'customer',
          entityId: customerId,
          before: { userId, access: before },
          after: { userId, access },
        })
        uow.changed('customers', customerId)
        return membersOf(uow.db, customerId)
      }),
  }
}
