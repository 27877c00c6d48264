import { refuse } from '#shared/kernel/app-error.ts'
import { CATALOGUE } from '#shared/modules/performance/performance.indicators.schema.ts'
import type { EntryFields } from '#shared/modules/performance/performance.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { assertOpen, removable } from './performance.months.ts'
import { appraisedOther } from './performance.plans.ts'

/** Takes an entry back; it stays, with the reason. */
async function remove(uow: UnitOfWork, id: string, reason: string): Promise<void> {
  await uow.db
    .updateTable('performance_entries')
    .set({ removed_at: uow.now, removed_by: uow.actor.userId, removed_reason: reason })
    .where('id', '=', id)
    .execute()
}

/** Writes a figure in the place of the one before; whoever calls has checked the month, the person and the indicator. */
export async function putEntry(uow: UnitOfWork, fields: EntryFields): Promise<string> {
  const before = await uow.db
    .selectFrom('performance_entries')
    .select(['id', 'value', 'note', 'evidence'])
    .where('month', '=', fields.month)
    .where('indicator', '=', fields.indicator)
    .where('user_id', '=', fields.userId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  const id = newId()
  // A corrected figure stays, and says which one took its place.
  if (before) await remove(uow, before.id, id)
  await uow.db
    .insertInto('performance_entries')
    .values({
      id,
      month: fields.month,
      user_id: fields.userId,
      indicator: fields.indicator,
      value: fields.value,
      note: fields.note,
      evidence: fields.evidence,
      entered_day: uow.today,
      entered_at: uow.now,
      entered_by: uow.actor.userId,
      removed_at: null,
      removed_by: null,
      removed_reason: '',
    })
    .execute()
  await uow.audit({
    action: 'performance.entry',
    entity: 'performance-entry',
    entityId: id,
    ...(before ? { before } : {}),
    after: fields,
  })
  uow.changed('performance', fields.month)
  return id
}

/** Figures that no record gives, entered by whoever leads the person. Nobody enters his own. */
export function createEntriesService({ store }: CoreDeps) {
  return {
    saveEntry: (ctx: CallContext, fields: EntryFields) =>
      store.write(ctx.actor, async (uow) => {
        await appraisedOther(uow, ctx.scope, fields.userId)
        if (CATALOGUE[fields.indicator].source !== 'manual') throw refuse('PERFORMANCE_FROM_RECORDS')
        await assertOpen(uow.db, fields.month)
        return { id: await putEntry(uow, fields) }
      }),

    removeEntry: (ctx: CallContext, input: { id: string; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const found = uow.db.selectFrom('performance_entries').selectAll().where('id', '=', input.id)
        const given = await found.where('removed_at', 'is', null).executeTakeFirst()
        const entry = await removable(uow, ctx.scope, given)
        await remove(uow, entry.id, input.reason)
        const { user_id: userId, indicator, month, value, note } = entry
        await uow.audit({
          action: 'performance.entryRemove',
          entity: 'performance-entry',
          entityId: entry.id,
          before: { month, userId, indicator, value, note },
          after: { reason: input.reason },
        })
        uow.changed('performance', month)
        return { id: entry.id }
      }),
  }
}
