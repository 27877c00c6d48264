import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { asMonth } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { ContentLine } from '#shared/modules/approvals/approvals.schema.ts'
import { lineIn, suggestionsOf, type LockedMonth } from '#shared/modules/performance/performance.proposals.rules.ts'
import type {
  ProposalClosed,
  ProposalFields,
  ProposalFilters,
  ProposalSort,
  ProposalView,
  Suggestion,
} from '#shared/modules/performance/performance.proposals.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope, inScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { approvalOf, askApproval } from '#core/modules/approvals/approvals.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { correctedSheets } from './performance.corrections.repo.ts'
import { proposalDecided } from './performance.proposals.decided.ts'
import { exportProposals, type ProposalsAsked } from './performance.proposals.export.ts'
import { countProposals, findProposal, listProposals, proposedCauses } from './performance.proposals.repo.ts'

const KIND = 'proposal'

/** What results lead to: suggested by locked months, proposed by who leads, decided by another, carried out. */
export function createProposalsService(deps: CoreDeps) {
  const { store, clock } = deps
  const asked = (ctx: CallContext, { text, filters }: { text?: string | undefined; filters: ProposalFilters }) => ({
    scope: ctx.scope,
    text,
    filters,
    today: clock.today(),
  })

  async function handIn(uow: UnitOfWork, ctx: CallContext, id: string, input: ProposalFields) {
    assertInScope(ctx.scope, input.userId, 'user')
    const user = (await userBriefs(uow.db, [input.userId])).get(input.userId)
    if (!user) throw refuse('NOT_FOUND', { entity: 'user' })
    if (input.userId === uow.actor.userId) throw refuse('PROPOSAL_OWN')
    if (input.untilDay < uow.today) throw refuse('PROPOSAL_UNTIL')
    const { userId, kind, subject, reason, basis, untilDay, cause, lastMonth } = input
    const said = { kind, subject, reason, basis, cause, until_day: untilDay, last_month: lastMonth }
    const known = await uow.db
      .selectFrom('performance_proposals')
      .select(['version', 'user_id'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (known && known.user_id !== userId) throw refuse('NOT_FOUND', { entity: 'user' })
    const columns = {
      ...said,
      search_text: buildSearchText(user.name, [subject, reason]),
      state: 'asked' as const,
      asked_at: uow.now,
      asked_by: uow.actor.userId as string,
      decided_day: null,
      decided_by: null,
      version: (known?.version ?? -1) + 1,
    }
    if (known) await uow.db.updateTable('performance_proposals').set(columns).where('id', '=', id).execute()
    else {
      await uow.db
        .insertInto('performance_proposals')
        .values({ id, user_id: userId, done_day: null, result: '', evidence: '', closed_by: null, ...columns })
        .execute()
    }
    await uow.audit({
      action: 'performance.proposal',
      entity: 'performance-proposal',
      entityId: id,
      after: input,
    })
    uow.changed('performance', id)
    const t = makeTranslator((await readSetting(uow.db, 'preferences')).value.locale)
    const approval = await askApproval(uow, {
      kind: KIND,
      recordId: id,
      title: `${user.name} · ${t(`performance:proposals.kinds.${kind}`)}`,
      customerId: null,
      // Not whom it is about: what is decided stands beside his months, what is not he need not know.
      ownerId: uow.actor.userId as string,
      amount: null,
      discount: null,
      grade: null,
      paymentDays: null,
      content: { lines: contentOf(input, user.name), data: { id, ...input } },
    })
    if (approval.outcome !== 'pending') {
      await proposalDecided(uow, { recordId: id, requestId: approval.id, outcome: approval.outcome })
    }
    return { id, approvalId: approval.id }
  }

  async function loaded(uow: UnitOfWork, ctx: CallContext, id: string, version: number) {
    const row = await findProposal(uow.db, ctx.scope, id, uow.today)
    if (!row) throw refuse('NOT_FOUND', { entity: 'performance-proposal' })
    if (row.version !== version) throw refuse('STALE', { current: row })
    return row
  }

  return {
    async suggestions(ctx: CallContext): Promise<Suggestion[]> {
      const db = store.read
      const { lines } = (await readSetting(db, 'appraisal')).value
      const latest = await db
        .selectFrom('performance_months')
        .select('month')
        .orderBy('month', 'desc')
        .limit(Math.max(...lines.flatMap((line) => [line.bestMonths, line.weakMonths])))
        .execute()
      const [newest] = latest
      if (!newest) return []
      const line = lineIn(lines, newest.month)
      const months = latest.slice(0, Math.max(line.bestMonths, line.weakMonths)).map((row) => asMonth(row.month))
      const sheets = (await correctedSheets(db, months)).toSorted((a, b) => (a.month < b.month ? 1 : -1))
      const his = Map.groupBy(
        sheets.flatMap(({ month, people }) => people.map((person): LockedMonth => ({ month, person }))),
        (one) => one.person.userId,
      )
      const proposed = await proposedCauses(db, ctx.scope)
      return [...his]
        .filter(([userId, [first]]) => inScope(ctx.scope, userId) && first?.month === newest.month)
        .filter(([userId]) => userId !== ctx.session?.userId)
        .flatMap(([, found]) => suggestionsOf(found, lines))
        .filter((one) => (proposed.get(`${one.userId} ${one.cause}`) ?? '') < newest.month)
    },

    list: (ctx: CallContext, input: PageInput<ProposalSort, ProposalFilters>) =>
      listProposals(store.read, asked(ctx, input), input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: ProposalFilters }) =>
      countProposals(store.read, asked(ctx, input)),

    exportRows: (ctx: CallContext, input: ProposalsAsked) => exportProposals(deps, ctx, asked(ctx, input), input),

    async get(ctx: CallContext, id: string): Promise<ProposalView> {
      const row = await findProposal(store.read, ctx.scope, id, clock.today())
      if (!row) throw refuse('NOT_FOUND', { entity: 'performance-proposal' })
      return { ...row, approval: await approvalOf(store.read, KIND, id) }
    },

    ask: (ctx: CallContext, input: ProposalFields) => store.write(ctx.actor, (uow) => handIn(uow, ctx, newId(), input)),

    again: (ctx: CallContext, { id, version, fields }: { id: string; version: number; fields: ProposalFields }) =>
      store.write(ctx.actor, async (uow) => {
        const row = await loaded(uow, ctx, id, version)
        if (row.state !== 'returned') throw refuse('PROPOSAL_STATE')
        return handIn(uow, ctx, id, fields)
      }),

    close: (ctx: CallContext, { id, version, carried, doneDay, result, evidence }: ProposalClosed) =>
      store.write(ctx.actor, async (uow) => {
        const row = await loaded(uow, ctx, id, version)
        if (row.userId === uow.actor.userId) throw refuse('PROPOSAL_OWN')
        if (row.state !== 'approved') throw refuse('PROPOSAL_STATE')
        if (doneDay > uow.today || doneDay < (row.decidedDay ?? '')) throw refuse('PROPOSAL_DONE_DAY')
        const state = carried ? ('carried' as const) : ('dropped' as const)
        const after = { state, done_day: doneDay, result, evidence }
        await uow.db
          .updateTable('performance_proposals')
          .set({ ...after, version: version + 1, closed_by: uow.actor.userId })
          .where('id', '=', id)
          .execute()
        await uow.audit({
          action: 'performance.proposalClosed',
          entity: 'performance-proposal',
          entityId: id,
          before: { state: row.state },
          after,
        })
        uow.changed('performance', id)
        return { id, version: version + 1 }
      }),
  }
}

/** What the approver sees: for whom what, why, by which figures, and until when. */
function contentOf(input: ProposalFields, userName: string): ContentLine[] {
  const line = (id: string, value: ContentLine['value'], form: ContentLine['form'] = 'text'): ContentLine => ({
    id,
    group: 'performance:proposals.one',
    label: `performance:proposals.fields.${id}`,
    form,
    value,
  })
  return [
    line('person', userName),
    line('kind', `performance:proposals.kinds.${input.kind}`, 'word'),
    line('subject', input.subject),
    line('reason', input.reason),
    line('basis', input.basis),
    line('untilDay', input.untilDay),
  ]
}
