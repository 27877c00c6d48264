import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import type { ExtraEntry, ExtraFields } from '#shared/modules/performance/performance.extra.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { assertOpen, removable } from './performance.months.ts'
import { appraisedOther, planBook } from './performance.plans.ts'

/** What was given and taken in a month, by person, in the order in which it was. */
export async function extrasOf(
  db: Reader | Writer,
  scope: Scope,
  month: PlainMonth,
): Promise<ReadonlyMap<string, readonly ExtraEntry[]>> {
  const rows = await applyScope((db as Reader).selectFrom('performance_extras as extra'), scope, 'extra.user_id')
    .innerJoin('users', 'users.id', 'extra.given_by')
    .where('extra.month', '=', month)
    .where('extra.removed_at', 'is', null)
    .select(['extra.id', 'extra.user_id as userId', 'extra.points', 'extra.reason', 'extra.evidence'])
    .select('users.name as byName')
    .orderBy('extra.id')
    .execute()
  const byPerson = Map.groupBy(rows, (row) => row.userId)
  return new Map([...byPerson].map(([userId, given]) => [userId, given.map(({ userId: _of, ...entry }) => entry)]))
}

/** Points for what no indicator measures, given and taken by whoever leads the person. Nobody gives his own. */
export function createExtrasService({ store }: CoreDeps) {
  return {
    give: (ctx: CallContext, { month, userId, points, reason, evidence }: ExtraFields) =>
      store.write(ctx.actor, async (uow) => {
        const person = await appraisedOther(uow, ctx.scope, userId)
        await assertOpen(uow.db, month)
        // What a scheme never counts is not written down as if it did.
        const { mostUp, mostDown } = (await planBook(uow.db, [month]))(person, month).extra
        if ((points > 0 ? mostUp : mostDown) === 0) throw refuse('PERFORMANCE_NO_EXTRA')
        const id = newId()
        await uow.db
          .insertInto('performance_extras')
          .values({
            id,
            month,
            user_id: userId,
            points,
            reason,
            evidence,
            given_at: uow.now,
            given_by: uow.actor.userId as string,
            removed_at: null,
            removed_by: null,
            removed_reason: '',
          })
          .execute()
        const after = { month, userId, points, reason, evidence }
        await uow.audit({ action: 'performance.extra', entity: 'performance-entry', entityId: id, after })
        uow.changed('performance', month)
        return { id }
      }),

    takeBack: (ctx: CallContext, input: { id: string; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const found = uow.db.selectFrom('performance_extras').selectAll().where('id', '=', input.id)
        const given = await found.where('removed_at', 'is', null).executeTakeFirst()
        const entry = await removable(uow, ctx.scope, given)
        await uow.db
          .updateTable('performance_extras')
          .set({ removed_at: uow.now, removed_by: uow.actor.userId, removed_reason: input.reason })
          .where('id', '=', entry.id)
          .execute()
        const { month, user_id: userId, points, reason } = entry
        await uow.audit({
          action: 'performance.extraRemove',
          entity: 'performance-entry',
          entityId: entry.id,
          before: { month, userId, points, reason },
          after: { reason: input.reason },
        })
        uow.changed('performance', month)
        return { id: entry.id }
      }),
  }
}
