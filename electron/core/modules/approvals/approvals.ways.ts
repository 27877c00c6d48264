import { refuse } from '#shared/kernel/app-error.ts'
import { choose, resolve } from '#shared/modules/approvals/approvals.resolve.ts'
import type { ApprovalFacts, DefinitionBody } from '#shared/modules/approvals/approvals.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope } from '#core/kernel/scope.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { editionOf, enabledDefinitions, listDefinitions } from './approvals.definitions.ts'
import { approvalFirm } from './approvals.firm.ts'
import { saveActors, stateOf } from './approvals.records.ts'
import { keepTasks } from './approvals.tasks.ts'

/** Ways of approval, and whoever stands in for whom. */
export function createApprovalWays(deps: CoreDeps) {
  const { store, clock } = deps

  async function next(uow: UnitOfWork, id: string | null, version: number) {
    if (id === null) return { id: newId(), version: 0, edition: 1, before: undefined }
    const row = await uow.db.selectFrom('approval_definitions').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw refuse('NOT_FOUND', { entity: 'approvalDefinition' })
    const before = await editionOf(uow.db, id, row.edition)
    if (row.version !== version) throw refuse('STALE', { current: { ...before, version: row.version } })
    return { id, version: version + 1, edition: row.edition + 1, before }
  }

  /** Who may act on what this person is asked has changed. */
  async function askAnew(uow: UnitOfWork, userId: string) {
    const firm = await approvalFirm(uow.db, uow.today)
    const open = await uow.db
      .selectFrom('approval_requests')
      .selectAll()
      .where('outcome', '=', 'pending')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('approval_seats')
          .select('request_id')
          .where('approval_seats.user_id', '=', userId)
          .where('approval_seats.open', '=', 1),
      )
      .execute()
    for (const record of open) {
      await saveActors(uow, record.id, await stateOf(uow.db, record), firm.context)
      await keepTasks(uow, record, null)
      uow.changed('approvals', record.id)
    }
  }

  return {
    definitions: () => listDefinitions(store.read),

    saveDefinition: (ctx: CallContext, input: { id: string | null; version: number; body: DefinitionBody }) =>
      store.write(ctx.actor, async (uow) => {
        const { id, version, edition, before } = await next(uow, input.id, input.version)
        const { body } = input
        const row = {
          kind: body.kind,
          enabled: body.enabled ? 1 : 0,
          position: body.position,
          edition,
          version,
        }
        if (before === undefined)
          await uow.db
            .insertInto('approval_definitions')
            .values({ id, ...row })
            .execute()
        else await uow.db.updateTable('approval_definitions').set(row).where('id', '=', id).execute()
        await uow.db
          .insertInto('approval_editions')
          .values({
            definition_id: id,
            edition,
            body: JSON.stringify(body),
            saved_at: uow.now,
            saved_by: uow.actor.userId,
          })
          .execute()
        await uow.audit({ action: 'approvals.define', entity: 'approvalDefinition', entityId: id, before, after: body })
        uow.changed('approvals', id)
        return { id, version, edition }
      }),

    async dryRun(_ctx: CallContext, { body, facts }: { body: DefinitionBody | null; facts: ApprovalFacts }) {
      const used = body ?? choose(await enabledDefinitions(store.read, facts.kind), facts)?.body ?? null
      if (used === null) return { definitionName: null, refusal: 'noDefinition' as const, steps: [] }
      const firm = await approvalFirm(store.read, clock.today())
      const { steps, refusal } = resolve(used, facts, firm.org)
      return {
        definitionName: used.name,
        refusal: refusal === null ? ('none' as const) : ('nobody' as const),
        steps: steps.map((step) => ({
          name: step.name,
          mode: step.mode,
          skipped: step.skipped,
          replaced: step.replaced,
          people: step.userIds.map(firm.nameOf),
        })),
      }
    },

    async substitutes(ctx: CallContext) {
      const rows = await store.read
        .selectFrom('approval_substitutes')
        .innerJoin('users', 'users.id', 'approval_substitutes.user_id')
        .innerJoin('users as other', 'other.id', 'approval_substitutes.substitute_id')
        .selectAll('approval_substitutes')
        .select(['users.name as user_name', 'other.name as substitute_name'])
        .where('approval_substitutes.to_day', '>=', clock.today())
        .orderBy('users.name_key')
        .execute()
      return rows
        .filter((row) => inScope(ctx.scope, row.user_id) || row.substitute_id === ctx.actor.userId)
        .map((row) => ({
          userId: row.user_id,
          userName: row.user_name,
          substituteId: row.substitute_id,
          substituteName: row.substitute_name,
          fromDay: row.from_day,
          toDay: row.to_day,
        }))
    },

    setSubstitute: (
      ctx: CallContext,
      input: { userId: string; substitute: { substituteId: string; fromDay: string; toDay: string } | null },
    ) =>
      store.write(ctx.actor, async (uow) => {
        const { userId, substitute } = input
        if (!inScope(ctx.scope, userId)) throw refuse('NOT_FOUND', { entity: 'user' })
        const firm = await approvalFirm(uow.db, uow.today)
        const before = await uow.db
          .selectFrom('approval_substitutes')
          .selectAll()
          .where('user_id', '=', userId)
          .executeTakeFirst()
        await uow.db.deleteFrom('approval_substitutes').where('user_id', '=', userId).execute()
        if (substitute !== null) {
          const { substituteId, fromDay, toDay } = substitute
          const known = firm.org.people.has(userId) && firm.context.eligible(substituteId)
          if (!known || substituteId === userId) throw refuse('APPROVAL_SIGNER')
          const row = { user_id: userId, substitute_id: substituteId, from_day: fromDay, to_day: toDay }
          await uow.db.insertInto('approval_substitutes').values(row).execute()
        }
        await uow.audit({
          action: 'approvals.substitute',
          entity: 'user',
          entityId: userId,
          before: before && { other: firm.nameOf(before.substitute_id), from: before.from_day, to: before.to_day },
          after: substitute && { ...substitute, other: firm.nameOf(substitute.substituteId) },
        })
        await askAnew(uow, userId)
        uow.changed('approvals', userId)
        return { until: (substitute?.toDay ?? null) as never }
      }),
  }
}
