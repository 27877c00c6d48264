import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { coolsUntil, isProtected } from '#shared/modules/pool/pool.rules.ts'
import type { PoolFilters, PoolPolicy, PoolRow } from '#shared/modules/pool/pool.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope, inScope } from '#core/kernel/scope.ts'
import { readSetting, writeSetting } from '#core/kernel/settings.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import {
  countPool,
  findPooled,
  holdingsOf,
  listPool,
  poolCandidates,
  takenSince,
  type PoolQuery,
  type PoolSort,
} from './pool.repo.ts'
import { intoPool, zoneOffset } from './pool.writes.ts'

const LATELY_DAYS = 30

/** The pool of customers that nobody looks after: seen and claimed by whoever may, whoever lost them. */
export function createPoolService(deps: CoreDeps) {
  const { store, clock } = deps

  /** Gives a customer of the pool to somebody. Throws POOL_TAKEN where another was faster. */
  async function take(uow: UnitOfWork, id: string, ownerId: string, claimed: boolean) {
    const found = await findPooled(uow.db, id)
    if (!found) throw refuse('POOL_TAKEN')
    const version = found.version + 1
    await uow.db
      .updateTable('customers')
      .set({ owner_id: ownerId, version, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    await uow.db.deleteFrom('customer_pool').where('customer_id', '=', id).execute()
    await uow.db
      .insertInto('customer_claims')
      .values({ id: newId(), customer_id: id, user_id: ownerId, day: uow.today, claimed: claimed ? 1 : 0, at: uow.now })
      .execute()
    const action = claimed ? 'customers.claim' : 'customers.assign'
    await uow.audit({ action, entity: 'customer', entityId: id, before: { ownerId: null }, after: { ownerId } })
    uow.changed('customers', id)
    return { id, version }
  }

  return {
    async list(ctx: CallContext, input: PageInput<PoolSort, PoolFilters>) {
      const policy = (await readSetting(store.read, 'pool')).value
      const today = clock.today()
      const { rows, nextCursor } = await listPool(store.read, { text: input.text, filters: input.filters }, input)
      const userId = ctx.actor.userId ?? ''
      return {
        nextCursor,
        rows: rows.map((row): PoolRow => ({
          id: row.id,
          name: row.name,
          code: row.code,
          region: row.region,
          industry: row.industry,
          grade: row.grade as PoolRow['grade'],
          reason: row.reason,
          note: row.note,
          sinceDay: row.since_day,
          formerOwnerName: row.former_owner_name,
          waitUntil: coolsUntil(lost(row), userId, policy, today),
          version: row.version,
        })),
      }
    },

    async summary(ctx: CallContext, input: PoolQuery) {
      const policy = (await readSetting(store.read, 'pool')).value
      const mine = await holdingsOf(store.read, ctx.actor.userId ?? '', clock.today())
      const limit = (most: number) => (most === 0 ? null : most)
      return {
        count: await countPool(store.read, input),
        ...mine,
        taken: await takenSince(store.read, addDays(clock.today(), -LATELY_DAYS)),
        holdLimit: limit(policy.holdLimit),
        dayLimit: limit(policy.dayLimit),
      }
    },

    claim: (ctx: CallContext, id: string) =>
      store.write(ctx.actor, async (uow) => {
        const userId = ctx.actor.userId ?? ''
        const found = await findPooled(uow.db, id)
        if (!found) throw refuse('POOL_TAKEN')
        const policy = (await readSetting(uow.db, 'pool')).value
        const until = coolsUntil(lost(found), userId, policy, uow.today)
        if (until !== null) throw refuse('POOL_COOL_DOWN', { until })
        const { held, today } = await holdingsOf(uow.db, userId, uow.today)
        if (policy.holdLimit > 0 && held >= policy.holdLimit)
          throw refuse('POOL_HOLD_LIMIT', { limit: policy.holdLimit })
        if (policy.dayLimit > 0 && today >= policy.dayLimit) throw refuse('POOL_DAY_LIMIT', { limit: policy.dayLimit })
        return take(uow, id, userId, true)
      }),

    assign: (ctx: CallContext, { id, ownerId }: { id: string; ownerId: string }) =>
      store.write(ctx.actor, async (uow) => {
        if (!inScope(ctx.scope, ownerId) || !(await isActiveUser(uow.db, ownerId))) throw refuse('CUSTOMER_OWNER')
        return take(uow, id, ownerId, false)
      }),

    release: (ctx: CallContext, input: { id: string; version: number; note: string }) =>
      store.write(ctx.actor, async (uow) => {
        const asked = { after: '', limit: 1, ids: [input.id], offset: zoneOffset(clock) }
        const [found] = await poolCandidates(uow.db, asked)
        if (!found) throw refuse('NOT_FOUND', { entity: 'customer' })
        assertInScope(ctx.scope, found.ownerId, 'customer')
        if (found.version !== input.version) throw refuse('STALE', { current: { version: found.version } })
        if (isProtected(found)) throw refuse('POOL_PROTECTED')
        const version = await intoPool(uow, found, 'released', input.note)
        return { id: input.id, version }
      }),

    policy: async () => readSetting(store.read, 'pool'),
    savePolicy: (ctx: CallContext, input: { value: PoolPolicy; version: number }) =>
      store.write(ctx.actor, (uow) => writeSetting(uow, 'pool', input.value, input.version)),
  }
}

const lost = (row: { former_owner_id: string | null; since_day: string }) => ({
  formerOwnerId: row.former_owner_id,
  sinceDay: row.since_day as PlainDay,
})
