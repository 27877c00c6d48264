import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { isAdvance, missingFacts, stageProbability } from '#shared/modules/deals/deals.rules.ts'
import type { DealFields, MovedFacts } from '#shared/modules/deals/deals.schema.ts'
import {
  isOpenStage,
  type CloseReason,
  type DealStage,
  type OpenStage,
} from '#shared/modules/deals/deals.stages.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { dealToUse, planNextStep, type DealInUse, type Versioned } from './deals.changes.ts'
import { recordMove, type QuotationCounts } from './deals.records.ts'
import { movesOf, replaceDealParts } from './deals.repo.ts'

interface Win extends Versioned {
  readonly day: PlainDay
  readonly amount: number
  readonly reason: CloseReason | null
  readonly note: string
  readonly facts: MovedFacts
}
interface Loss extends Versioned {
  readonly day: PlainDay
  readonly reason: CloseReason
  readonly competitor: string
  readonly note: string
}

/** How deals go from stage to stage, end, and begin again. */
export function createDealMoves(deps: CoreDeps, quotations: QuotationCounts) {
  const { store } = deps

  /** The deal with what was filled in on the way; refuses where something that the stage asks for is still missing. */
  async function withFacts(uow: UnitOfWork, deal: DealInUse, target: DealStage, facts: MovedFacts) {
    const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
    const fields: DealFields = { ...deal.fields, ...given }
    if ((fields.nextStep === '') !== (fields.nextDay === null)) {
      throw invalid([{ path: ['facts', fields.nextDay === null ? 'nextDay' : 'nextStep'], key: 'validation:required' }])
    }
    const policy = (await readSetting(uow.db, 'deals')).value
    const missing = isAdvance(deal.stage, target)
      ? missingFacts({ ...fields, quotations: deal.quotations }, target, policy, uow.today)
      : []
    if (missing.length > 0) throw refuse('DEAL_FACTS', { stage: target, missing })
    return { fields, policy }
  }

  /** Writes the facts and the stage with its day. */
  async function put(uow: UnitOfWork, deal: DealInUse, target: DealStage, fields: DealFields, more: object) {
    const { record } = deal
    await uow.db
      .updateTable('deals')
      .set({
        stage: target,
        stage_since: target === deal.stage ? record.stage_since : uow.today,
        amount: fields.amount,
        expected_day: fields.expectedDay,
        needs: fields.needs,
        decision_maker: fields.decisionMaker,
        budget: fields.budget,
        next_step: fields.nextStep,
        next_day: fields.nextDay,
        quotation_skip: fields.quotationSkip,
        no_competitors: fields.noCompetitors ? 1 : 0,
        ...more,
        version: record.version + 1,
        updated_at: uow.now,
      })
      .where('id', '=', record.id)
      .execute()
    const { competitors, concerns } = fields
    await replaceDealParts(uow.db, record.id, { competitors, concerns })
    const same = target === deal.stage && fields.amount === record.amount
    if (!same || fields.expectedDay !== record.expected_day) {
      await recordMove(uow, {
        dealId: record.id,
        ownerId: record.owner_id,
        from: deal.stage,
        to: target,
        amount: fields.amount,
        expectedDay: fields.expectedDay,
      })
    }
    uow.changed('deals', record.id)
    return { id: record.id, version: record.version + 1 }
  }

  async function openDeal(uow: UnitOfWork, ctx: CallContext, input: Versioned): Promise<DealInUse> {
    const deal = await dealToUse(uow, ctx, input, quotations)
    if (!isOpenStage(deal.stage)) throw refuse('DEAL_CLOSED')
    return deal
  }

  return {
    move: (ctx: CallContext, input: Versioned & { stage: OpenStage; facts: MovedFacts }) =>
      store.write(ctx.actor, async (uow) => {
        const deal = await openDeal(uow, ctx, input)
        const { stage: target } = input
        const { fields, policy } = await withFacts(uow, deal, target, input.facts)
        const probability = target === deal.stage ? deal.record.probability : stageProbability(target, policy)
        const saved = await put(uow, deal, target, fields, { probability })
        await planNextStep(uow, deal.record.id, deal.record, { ...fields, ownerId: deal.record.owner_id })
        await uow.audit({
          action: 'deals.move',
          entity: 'deal',
          entityId: deal.record.id,
          before: { stage: deal.stage },
          after: { stage: target, facts: input.facts },
        })
        return saved
      }),

    win: (ctx: CallContext, input: Win) =>
      store.write(ctx.actor, async (uow) => {
        const deal = await openDeal(uow, ctx, input)
        if (input.day > uow.today) throw refuse('DEAL_DAY')
        const facts = { ...input.facts, amount: input.amount as DealFields['amount'] }
        const { fields, policy } = await withFacts(uow, deal, 'won', facts)
        const saved = await put(uow, deal, 'won', fields, {
          probability: stageProbability('won', policy),
          closed_day: input.day,
          close_reason: input.reason,
          close_note: input.note,
          lost_to: '',
        })
        await closeTasksOf(uow, { module: 'deals', id: deal.record.id }, 'done')
        const { day, amount, reason, note } = input
        await uow.audit({
          action: 'deals.win',
          entity: 'deal',
          entityId: deal.record.id,
          before: { stage: deal.stage, amount: deal.record.amount },
          after: { day, amount, reason, note, facts: input.facts },
        })
        return saved
      }),

    lose: (ctx: CallContext, input: Loss) =>
      store.write(ctx.actor, async (uow) => {
        const deal = await openDeal(uow, ctx, input)
        if (input.day > uow.today) throw refuse('DEAL_DAY')
        const saved = await put(uow, deal, 'lost', deal.fields, {
          probability: 0,
          closed_day: input.day,
          close_reason: input.reason,
          close_note: input.note,
          lost_to: input.competitor,
        })
        await closeTasksOf(uow, { module: 'deals', id: deal.record.id }, 'dropped')
        const { day, reason, competitor, note } = input
        await uow.audit({
          action: 'deals.lose',
          entity: 'deal',
          entityId: deal.record.id,
          before: { stage: deal.stage },
          after: { day, reason, competitor, note },
        })
        return saved
      }),

    reopen: (ctx: CallContext, input: Versioned & { expectedDay: PlainDay; note: string }) =>
      store.write(ctx.actor, async (uow) => {
        const deal = await dealToUse(uow, ctx, input, quotations)
        if (isOpenStage(deal.stage)) throw refuse('DEAL_OPEN')
        // A lost deal does not keep its customer out of the bin.
        await customerInScope(uow.db, makeScope.all(), deal.fields.customerId)
        const closing = (await movesOf(uow.db, deal.record.id)).findLast((move) => move.to_stage === deal.stage)
        const stage = (closing?.from_stage ?? 'open') as OpenStage
        const policy = (await readSetting(uow.db, 'deals')).value
        // The step that was planned ended with the deal.
        const fields: DealFields = { ...deal.fields, expectedDay: input.expectedDay, nextStep: '', nextDay: null }
        const saved = await put(uow, deal, stage, fields, {
          probability: stageProbability(stage, policy),
          closed_day: null,
          close_reason: null,
          close_note: '',
          lost_to: '',
        })
        const { record } = deal
        await uow.audit({
          action: 'deals.reopen',
          entity: 'deal',
          entityId: record.id,
          before: { stage: deal.stage, reason: record.close_reason, note: record.close_note },
          after: { stage, expectedDay: input.expectedDay, note: input.note },
        })
        return saved
      }),
  }
}
