import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText, sortKey } from '#shared/kernel/search-text.ts'
import { erasedFacts, splitsOf, stageProbability } from '#shared/modules/deals/deals.rules.ts'
import type { DealFields, DealFilters, DealSort, DealView } from '#shared/modules/deals/deals.schema.ts'
import type { DealPolicy, DealStage } from '#shared/modules/deals/deals.stages.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { documentNumber } from '#core/kernel/numbering.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting, writeSetting } from '#core/kernel/settings.ts'
import { customerBriefs, customerInScope } from '#core/modules/customers/customers.api.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { exportDeals, type DealExport } from './deals.export.ts'
import { dealToUse, planNextStep, type Versioned } from './deals.changes.ts'
import { recordMove, toDealRows, toDealView, type QuotationCounts } from './deals.records.ts'
import { findDeal, listDeals, replaceDealParts, sumDeals, sumStages, type DealQuery } from './deals.repo.ts'

/** Whose rows this session may see under an action; null where it may not at all. */
export type ScopeFor = (ctx: CallContext, action: Action) => Promise<Scope | null>

export interface Selection {
  readonly text?: string | undefined
  readonly filters: DealFilters
}

const NUMBER = { prefix: 'SJ', yearly: true, digits: 4 }

/** Deals: entered, changed, looked at. How they move along the stages is for the moves. */
export function createDealsService(deps: CoreDeps, scopeFor: ScopeFor, quotations: QuotationCounts) {
  const { store } = deps
  const asked = (ctx: CallContext, { text, filters }: Selection): DealQuery => ({
    scope: ctx.scope,
    text,
    filters,
    today: deps.clock.today(),
  })

  /** Whose it is to be: as asked, else who looks after the customer, else who enters it. */
  async function ownerOf(
    uow: UnitOfWork,
    ctx: CallContext,
    fields: DealFields,
    customerOwnerId: string | null,
    before: string | null,
  ): Promise<string> {
    const me = uow.actor.userId ?? ''
    if (fields.ownerId === null) {
      if (before !== null) return before
      const theirs = customerOwnerId !== null && inScope(ctx.scope, customerOwnerId)
      return theirs && (await isActiveUser(uow.db, customerOwnerId)) ? customerOwnerId : me
    }
    if (fields.ownerId === before) return before
    if (!inScope(ctx.scope, fields.ownerId) || !(await isActiveUser(uow.db, fields.ownerId))) {
      throw invalid([{ path: ['ownerId'], key: 'deals:errors.owner' }])
    }
    return fields.ownerId
  }

  /** The credit as it is kept; nobody new who is not in the firm. */
  async function creditOf(uow: UnitOfWork, fields: DealFields, ownerId: string, before: readonly string[]) {
    const splits = splitsOf(fields.splits, ownerId)
    for (const [i, { userId }] of splits.entries()) {
      if (before.includes(userId) || (await isActiveUser(uow.db, userId))) continue
      throw invalid([{ path: ['splits', i, 'userId'], key: 'deals:errors.owner' }])
    }
    return splits
  }

  const plainColumns = (uow: UnitOfWork, fields: DealFields, number: string, customerName: string) => ({
    name: fields.name,
    customer_id: fields.customerId,
    amount: fields.amount,
    expected_day: fields.expectedDay,
    needs: fields.needs,
    decision_maker: fields.decisionMaker,
    budget: fields.budget,
    next_step: fields.nextStep,
    next_day: fields.nextDay,
    note: fields.note,
    quotation_skip: fields.quotationSkip,
    no_competitors: fields.noCompetitors ? 1 : 0,
    search_text: buildSearchText(fields.name, [number, customerName]),
    sort_name: sortKey(fields.name),
    updated_at: uow.now,
  })
  const parts = (fields: DealFields, splits: readonly { userId: string; share: number }[]) => ({
    splits: splits.map(({ userId, share }) => ({ user_id: userId, share })),
    competitors: fields.competitors,
    concerns: fields.concerns,
  })

  return {
    async list(ctx: CallContext, input: PageInput<DealSort, DealFilters>) {
      const page = await listDeals(store.read, asked(ctx, input), input)
      return { ...page, rows: await toDealRows(store.read, page.rows, deps.clock.today()) }
    },

    summary: (ctx: CallContext, input: Selection) => sumDeals(store.read, asked(ctx, input)),

    board: (ctx: CallContext, input: Selection) => sumStages(store.read, asked(ctx, input)),

    async get(ctx: CallContext, id: string): Promise<DealView> {
      const record = await findDeal(store.read, ctx.scope, id)
      if (!record) throw refuse('NOT_FOUND', { entity: 'deal' })
      return toDealView(store.read, record, {
        scope: await scopeFor(ctx, 'deals.write'),
        today: deps.clock.today(),
        quotations: (await quotations(store.read, [id])).get(id) ?? 0,
      })
    },

    create: (ctx: CallContext, fields: DealFields) =>
      store.write(ctx.actor, async (uow) => {
        const customer = await customerInScope(uow.db, ctx.scope, fields.customerId)
        const ownerId = await ownerOf(uow, ctx, fields, customer.ownerId, null)
        const splits = await creditOf(uow, fields, ownerId, [])
        const id = newId()
        const year = uow.today.slice(0, 4)
        const number = documentNumber(NUMBER, year, await uow.nextNumber(`deal:${year}`))
        const policy = (await readSetting(uow.db, 'deals')).value
        const stage: DealStage = 'open'
        await uow.db
          .insertInto('deals')
          .values({
            id,
            number,
            ...plainColumns(uow, fields, number, customer.name),
            owner_id: ownerId,
            stage,
            stage_since: uow.today,
            probability: fields.probability ?? stageProbability(stage, policy),
            closed_day: null,
            close_reason: null,
            close_note: '',
            lost_to: '',
            contract_id: null,
            removed_at: null,
            version: 0,
            created_at: uow.now,
          })
          .execute()
        await replaceDealParts(uow.db, id, parts(fields, splits))
        const { amount, expectedDay } = fields
        await recordMove(uow, { dealId: id, ownerId, from: null, to: stage, amount, expectedDay })
        await planNextStep(uow, id, null, { ...fields, ownerId })
        await uow.audit({ action: 'deals.create', entity: 'deal', entityId: id, after: { number, ...fields } })
        uow.changed('deals', id)
        return { id, version: 0, number }
      }),

    update: (ctx: CallContext, { id, version, ...fields }: DealFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const deal = await dealToUse(uow, ctx, { id, version }, quotations)
        const { record, stage, fields: before } = deal
        if (stage === 'won' || stage === 'lost') throw refuse('DEAL_CLOSED')
        const customer =
          record.customer_id === fields.customerId
            ? { name: await customerName(uow, record.customer_id), ownerId: null }
            : await customerInScope(uow.db, ctx.scope, fields.customerId)
        const ownerId = await ownerOf(uow, ctx, fields, customer.ownerId, record.owner_id)
        const credit = fields.splits.length === 0 && ownerId !== record.owner_id ? [] : fields.splits
        const splits = await creditOf(
          uow,
          { ...fields, splits: credit },
          ownerId,
          before.splits.map((split) => split.userId),
        )
        const policy = (await readSetting(uow.db, 'deals')).value
        const known = { quotations: deal.quotations }
        const erased = erasedFacts({ ...before, ...known }, { ...fields, ...known }, stage, policy, uow.today)
        if (erased.length > 0) {
          const path = (fact: string) => [fact === 'quotation' ? 'quotationSkip' : fact]
          throw invalid(erased.map((fact) => ({ path: path(fact), key: 'deals:errors.erased' })))
        }
        await uow.db
          .updateTable('deals')
          .set({
            ...plainColumns(uow, fields, record.number, customer.name),
            owner_id: ownerId,
            probability: fields.probability ?? stageProbability(stage, policy),
            version: version + 1,
          })
          .where('id', '=', id)
          .execute()
        await replaceDealParts(uow.db, id, parts(fields, splits))
        const { amount, expectedDay } = fields
        if (amount !== record.amount || expectedDay !== record.expected_day) {
          await recordMove(uow, { dealId: id, ownerId, from: stage, to: stage, amount, expectedDay })
        }
        await planNextStep(uow, id, record, { ...fields, ownerId })
        await uow.audit({ action: 'deals.update', entity: 'deal', entityId: id, before, after: fields })
        uow.changed('deals', id)
        return { id, version: version + 1 }
      }),

    exportRows: (ctx: CallContext, input: DealExport) => exportDeals(deps, ctx, input),

    policy: () => readSetting(store.read, 'deals'),

    savePolicy: (ctx: CallContext, { value, version }: { value: DealPolicy; version: number }) =>
      store.write(ctx.actor, (uow) => writeSetting(uow, 'deals', value, version)),

    remove: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const { record, stage, fields } = await dealToUse(uow, ctx, input, quotations)
        await uow.db
          .updateTable('deals')
          .set({ removed_at: uow.now, version: record.version + 1, updated_at: uow.now })
          .where('id', '=', record.id)
          .execute()
        await recordMove(uow, {
          dealId: record.id,
          ownerId: record.owner_id,
          from: stage,
          to: 'removed',
          amount: record.amount,
          expectedDay: record.expected_day as PlainDay,
        })
        await closeTasksOf(uow, { module: 'deals', id: record.id }, 'dropped')
        await uow.audit({ action: 'deals.remove', entity: 'deal', entityId: record.id, before: fields })
        uow.changed('deals', record.id)
        return {}
      }),
  }
}

async function customerName(uow: UnitOfWork, id: string): Promise<string> {
  return (await customerBriefs(uow.db, [id])).get(id)?.name ?? ''
}
