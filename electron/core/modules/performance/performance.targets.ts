import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import type { TargetRow } from '#shared/modules/performance/performance.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope, makeScope } from '#core/kernel/scope.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { assertOpen } from './performance.months.ts'
import { appraisedPeople, planBook } from './performance.plans.ts'

/** Writes what was agreed with a person for a month; whoever calls has checked the month and the person. */
export async function putTargets(uow: UnitOfWork, month: PlainMonth, row: TargetRow): Promise<void> {
  const targets = JSON.stringify(row)
  await uow.db
    .insertInto('performance_targets')
    .values({ month, user_id: row.userId, targets, updated_at: uow.now })
    .onConflict((oc) => oc.columns(['month', 'user_id']).doUpdateSet({ targets, updated_at: uow.now }))
    .execute()
  await uow.audit({
    action: 'performance.targets',
    entity: 'performance-target',
    entityId: `${month}:${row.userId}`,
    after: row,
  })
  uow.changed('performance', month)
}

/** What is agreed with each person for a month: a target and a weight for each indicator of his scheme. */
export function createTargetsService({ store }: CoreDeps) {
  return {
    async targets(ctx: CallContext, month: PlainMonth) {
      const people = await appraisedPeople(store.read, ctx.scope)
      const planOf = await planBook(store.read, [month])
      return people.map((person) => {
        const { scheme, items, own } = planOf(person, month)
        return {
          userId: person.id,
          userName: person.name,
          own,
          schemeId: scheme?.schemeId ?? null,
          schemeName: scheme?.body.name ?? '',
          row: {
            userId: person.id as TargetRow['userId'],
            items: items.map(({ indicator, weight, target }) => ({ indicator, weight, target })),
          },
          curves: items.map(({ curve }) => curve),
        }
      })
    },

    saveTargets: (ctx: CallContext, input: { month: PlainMonth; rows: readonly TargetRow[] }) =>
      store.write(ctx.actor, async (uow) => {
        await assertOpen(uow.db, input.month)
        const appraised = new Set((await appraisedPeople(uow.db, makeScope.all())).map((person) => person.id))
        for (const row of input.rows) {
          assertInScope(ctx.scope, row.userId, 'user')
          if (!appraised.has(row.userId)) throw refuse('NOT_FOUND', { entity: 'user' })
          await putTargets(uow, input.month, row)
        }
        return { saved: input.rows.length }
      }),
  }
}
