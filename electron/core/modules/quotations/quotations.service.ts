import { refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { answersForOthers } from '#shared/modules/quotations/quotations.rules.ts'
import type {
  DealBasis,
  QuotationFields,
  QuotationFilters,
  QuotationSort,
  QuotationView,
} from '#shared/modules/quotations/quotations.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import { scopeOf } from '#shared/policy/can.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerParties } from '#core/modules/customers/customers.api.ts'
import { dealInScope, dealToChange } from '#core/modules/deals/deals.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { currentVersion, seesCost, type Versioned } from './quotations.current.ts'
import {
  customerSide,
  firmSide,
  lineRows,
  toQuotationRow,
  toVersion,
  versionColumns,
  withKnownCosts,
  withoutCost,
} from './quotations.records.ts'
import {
  findLines,
  findQuotation,
  findVersions,
  listQuotations,
  replaceLines,
  sumQuotations,
} from './quotations.repo.ts'

/** Whose rows this session may see under an action; null where it may not at all. */
export type ScopeFor = (ctx: CallContext, action: Action) => Promise<Scope | null>

interface Selection {
  readonly text?: string | undefined
  readonly filters: QuotationFilters
}

/** Quotations: read by whoever may read their deal, written by whoever may change it. */
export function createQuotationsService(deps: CoreDeps, scopeFor: ScopeFor) {
  const { store } = deps
  const asked = (ctx: CallContext, { text, filters }: Selection) => ({
    scope: ctx.scope,
    text,
    filters,
    today: deps.clock.today(),
  })
  const searched = (number: string, title: string) => buildSearchText(title, [number])

  return {
    async list(ctx: CallContext, input: PageInput<QuotationSort, QuotationFilters>) {
      const today = deps.clock.today()
      const { rows, nextCursor } = await listQuotations(store.read, asked(ctx, input), input)
      return { rows: rows.map((row) => toQuotationRow(row, today)), nextCursor }
    },

    summary: (ctx: CallContext, input: Selection) => sumQuotations(store.read, asked(ctx, input)),

    async get(ctx: CallContext, id: string): Promise<QuotationView> {
      const db = store.read
      const quotation = await findQuotation(db, ctx.scope, id)
      if (!quotation) throw refuse('NOT_FOUND', { entity: 'quotation' })
      const versions = await findVersions(db, id)
      const lines = await findLines(
        db,
        versions.map((version) => version.id),
      )
      const named = versions.flatMap(({ submitted_by, released_by }) => [submitted_by, released_by])
      const customer = (await customerParties(db, [quotation.customer_id])).get(quotation.customer_id)
      const today = deps.clock.today()
      const frame = {
        today,
        seesCost: seesCost(ctx),
        buyer: customer ? customerSide(customer) : firmSide({ ...NOBODY }),
        seller: firmSide((await readSetting(db, 'firm')).value),
        names: await userBriefs(
          db,
          named.filter((one) => one !== null),
        ),
      }
      const writes = await scopeFor(ctx, 'deals.write')
      const editable = writes !== null && inScope(writes, quotation.owner_id)
      const top = versions[0]
      return {
        ...toQuotationRow(quotation, today),
        versions: versions.map((version) => toVersion(version, lines.get(version.id) ?? [], frame)),
        seesCost: frame.seesCost,
        editable,
        mayRelease:
          editable &&
          top?.state === 'awaiting' &&
          top.submitted_by !== ctx.actor.userId &&
          answersForOthers(scopeOf(ctx.session?.roles ?? [], 'deals.write')),
      }
    },

    async basis(ctx: CallContext, dealId: string): Promise<DealBasis> {
      const deal = await dealInScope(store.read, ctx.scope, dealId)
      const customer = (await customerParties(store.read, [deal.customerId])).get(deal.customerId)
      const owner = (await userBriefs(store.read, [deal.ownerId])).get(deal.ownerId)
      return {
        dealId: deal.id,
        dealNumber: deal.number,
        dealName: deal.name,
        customerId: deal.customerId,
        customerName: customer?.name ?? '',
        contactName: customer?.contactName ?? '',
        ownerName: owner?.name ?? '',
        seesCost: seesCost(ctx),
      }
    },

    create: (ctx: CallContext, { dealId, ...typed }: QuotationFields & { dealId: string }) =>
      store.write(ctx.actor, async (uow) => {
        await dealToChange(uow.db, ctx.scope, dealId)
        const fields = seesCost(ctx) ? typed : withoutCost(typed)
        const number = await nextDocumentNumber(uow, 'quotation')
        const id = newId()
        const { fields: head, ...sums } = versionColumns(fields)
        await uow.db
          .insertInto('quotations')
          .values({
            id,
            number,
            deal_id: dealId,
            title: fields.title,
            state: 'draft',
            current_no: 1,
            ...sums,
            valid_key: '',
            sent_key: '',
            search_text: searched(number, fields.title),
            version: 0,
            created_at: uow.now,
            created_by: uow.actor.userId ?? '',
            updated_at: uow.now,
          })
          .execute()
        await addVersion(uow, id, 1, { fields: head, ...sums }, fields)
        await uow.audit({
          action: 'quotations.create',
          entity: 'quotation',
          entityId: id,
          after: { number, dealId, ...fields },
        })
        uow.changed('quotations', id)
        return { id, version: 0, number }
      }),

    update: (ctx: CallContext, { id, version, ...typed }: QuotationFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const now = await currentVersion(uow, ctx, { id, version }, 'update')
        const fields = seesCost(ctx) ? typed : withKnownCosts(typed, now.fields.lines)
        const { fields: head, ...sums } = versionColumns(fields)
        await uow.db
          .updateTable('quotation_versions')
          .set({ fields: head, ...sums })
          .where('id', '=', now.top.id)
          .execute()
        await replaceLines(uow.db, now.top.id, lineRows(now.top.id, fields.lines))
        await uow.db
          .updateTable('quotations')
          .set({
            title: fields.title,
            search_text: searched(now.quotation.number, fields.title),
            ...sums,
            version: version + 1,
            updated_at: uow.now,
          })
          .where('id', '=', id)
          .execute()
        await uow.audit({
          action: 'quotations.update',
          entity: 'quotation',
          entityId: id,
          before: now.fields,
          after: fields,
        })
        uow.changed('quotations', id)
        return { id, version: version + 1 }
      }),

    revise: (ctx: CallContext, { id, version }: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const { quotation, fields, state } = await currentVersion(uow, ctx, { id, version }, 'revise')
        const no = quotation.current_no + 1
        await addVersion(uow, id, no, versionColumns(fields), fields)
        await uow.db
          .updateTable('quotations')
          .set({ state, current_no: no, valid_key: '', sent_key: '', version: version + 1, updated_at: uow.now })
          .where('id', '=', id)
          .execute()
        await uow.audit({
          action: 'quotations.revise',
          entity: 'quotation',
          entityId: id,
          before: { no: quotation.current_no, state: quotation.state },
          after: { no, state },
        })
        uow.changed('quotations', id)
        return { id, version: version + 1 }
      }),
  }
}

const NOBODY = {
  name: '',
  uscc: '',
  legalRepresentative: '',
  address: '',
  phone: '',
  bankName: '',
  bankAccount: '',
  sealName: '',
}

/** A further version, as a draft. */
async function addVersion(
  uow: Parameters<Parameters<CoreDeps['store']['write']>[1]>[0],
  quotationId: string,
  no: number,
  columns: ReturnType<typeof versionColumns>,
  fields: QuotationFields,
): Promise<void> {
  const id = newId()
  await uow.db
    .insertInto('quotation_versions')
    .values({
      id,
      quotation_id: quotationId,
      no,
      state: 'draft',
      ...columns,
      buyer: null,
      seller: null,
      below_floor: 0,
      needs_approval: 0,
      reason: '',
      submitted_by: null,
      submitted_day: null,
      released_by: null,
      released_day: null,
      release_note: '',
      sent_day: null,
      valid_until: null,
      closed_day: null,
      close_note: '',
      created_at: uow.now,
      created_by: uow.actor.userId ?? '',
    })
    .execute()
  await replaceLines(uow.db, id, lineRows(id, fields.lines))
}
