import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { contractSums, lineSums } from '#shared/modules/contracts/contracts.rules.ts'
import {
  party,
  type ContractDraft,
  type ContractEventKind,
  type ContractFields,
  type ContractView,
} from '#shared/modules/contracts/contracts.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { templateBrief } from '#core/modules/clauses/clauses.api.ts'
import { customerBriefs, customerInScope } from '#core/modules/customers/customers.api.ts'
import { dealBriefs, dealToChange, linkContract } from '#core/modules/deals/deals.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { departuresOf } from '#core/modules/quotations/quotations.api.ts'
import { dropObligations } from '#core/modules/obligations/obligations.api.ts'
import { cancelOrder } from '#core/modules/orders/orders.api.ts'
import { cancelInstalments } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, UnitOfWork } from '#core/store/store.ts'
import { creditOf, dayCounter, findingsOf } from './contracts.basis.ts'
import { setEvent } from './contracts.events.ts'
import { contractToChange, readableContract } from './contracts.current.ts'
import { ledgerFilters, type LedgerFilters } from './contracts.ledger.ts'
import { dueDays, endKeyOf, fieldsOf, lineRows, planRows, sellerOf, type ContractRecord } from './contracts.records.ts'
import {
  findParts,
  listContracts,
  replaceParts,
  sumContracts,
  toContractRow,
  type ContractSort,
} from './contracts.repo.ts'
import { afterChange, assertOpenToChange, giveUpApproval } from './contracts.submit.ts'
import { assertRenews, renewalsOf } from './contracts.renewals.ts'
import { assertTemplate, keptPin, pinColumns, templateOf } from './contracts.templates.ts'

/** A contract comes from a deal of the same customer, and of somebody whose deals one may change. */
async function assertDeal(uow: UnitOfWork, ctx: CallContext, fields: ContractFields): Promise<void> {
  if (!fields.dealId) return
  const deal = await dealToChange(uow.db, ctx.scope, fields.dealId)
  if (deal.customerId !== fields.customerId) {
    throw invalid([{ path: ['customerId'], key: 'contracts:errors.dealCustomer' }])
  }
}

export function createContractsService(deps: CoreDeps) {
  /** Columns that come from the form. */
  function columns(uow: UnitOfWork, fields: ContractFields, customerName: string, number: string) {
    const buyer = { ...fields.buyer, name: fields.buyer.name || customerName }
    const sums = contractSums(fields.lines)
    return {
      kind: fields.kind,
      title: fields.title,
      customer_id: fields.customerId,
      language: fields.language,
      chosen_template_id: fields.templateId,
      our_signer: fields.ourSigner,
      their_signer: fields.theirSigner,
      sign_place: fields.signPlace,
      buyer_name: buyer.name,
      buyer: JSON.stringify(buyer),
      terms: JSON.stringify(fields.terms),
      deal_id: fields.dealId ?? null,
      renews_id: fields.renewsId ?? null,
      end_key: endKeyOf(fields.terms),
      ...sums,
      search_text: buildSearchText(buyer.name, [number, fields.title]),
      updated_at: uow.now,
    }
  }

  async function view(db: Reader, scope: Scope, record: ContractRecord): Promise<ContractView> {
    const parts = await findParts(db, record.id)
    const owner = (await userBriefs(db, [record.owner_id])).get(record.owner_id)
    const fields = fieldsOf(record, parts)
    const seller = record.seller
      ? party.parse(JSON.parse(record.seller))
      : sellerOf((await readSetting(db, 'firm')).value)
    const { due } = dueDays(fields, record.sign_day, parts.events, await dayCounter(db))
    const deals = await dealBriefs(db, scope, record.deal_id === null ? [] : [record.deal_id])
    return {
      ...toContractRow(record, owner?.name ?? ''),
      ...fields,
      seller,
      net: record.net,
      tax: record.tax,
      lines: fields.lines.map((line) => ({ ...line, ...lineSums(line) })),
      plan: fields.plan.map((line, i) => ({
        ...line,
        amount: parts.plan[i]?.amount ?? 0,
        dueDay: due.get(i + 1) ?? null,
      })),
      events: parts.events.map((event) => ({
        kind: event.kind,
        day: event.day,
        note: event.note,
        recordedAt: event.recorded_at,
      })),
      voidReason: record.void_reason,
      voidDay: record.void_day,
      dealId: record.deal_id,
      dealNumber: (record.deal_id === null ? null : deals.get(record.deal_id)?.number) ?? null,
      template: await templateBrief(db, record.template_id, record.template_version),
      ...(await renewalsOf(db, scope, record)),
      ended:
        record.ended_day === null || record.ended_reason === ''
          ? null
          : { day: record.ended_day, reason: record.ended_reason, note: record.ended_note, released: record.released },
      createdAt: record.created_at,
    }
  }

  return {
    async list(ctx: CallContext, input: PageInput<ContractSort, LedgerFilters>) {
      const filters = await ledgerFilters(deps.store.read, deps.clock, input.filters)
      const page = await listContracts(deps.store.read, ctx.scope, { ...input, filters })
      const owners = await userBriefs(
        deps.store.read,
        page.rows.map((row) => row.owner_id),
      )
      return { ...page, rows: page.rows.map((row) => toContractRow(row, owners.get(row.owner_id)?.name ?? '')) }
    },

    summary: async (ctx: CallContext, input: { text?: string | undefined; filters: LedgerFilters }) =>
      sumContracts(
        deps.store.read,
        ctx.scope,
        input.text,
        await ledgerFilters(deps.store.read, deps.clock, input.filters),
      ),

    async get(ctx: CallContext, id: string): Promise<ContractView> {
      const record = await readableContract(deps.store.read, ctx.scope, id)
      return view(deps.store.read, ctx.scope, record)
    },

    async check(ctx: CallContext, fields: ContractDraft) {
      const day = deps.clock.today()
      // Of a customer of others nobody learns what he owes.
      const buyer = (await customerBriefs(deps.store.read, [fields.customerId])).get(fields.customerId)
      const credit = inScope(ctx.scope, buyer?.ownerId ?? null) ? await creditOf(deps.store.read, fields, day) : []
      const findings = await findingsOf(deps.store.read, fields, day, credit)
      const template = await templateOf(deps.store.read, null, fields, day)
      return [...template.findings, ...findings, ...(await departuresOf(deps.store.read, ctx.scope, fields))]
    },

    async create(ctx: CallContext, fields: ContractFields) {
      return deps.store.write(ctx.actor, async (uow) => {
        const customer = await customerInScope(uow.db, ctx.scope, fields.customerId)
        await assertDeal(uow, ctx, fields)
        await assertRenews(uow, ctx, fields)
        await assertTemplate(uow, fields)
        const number = await nextDocumentNumber(uow, 'contract')
        const id = newId()
        const record: ContractRecord = {
          id,
          version: 0,
          number,
          state: 'draft',
          owner_id: customer.ownerId ?? uow.actor.userId ?? '',
          sign_day: null,
          sign_key: '',
          seller: null,
          settled: 0,
          void_day: null,
          void_reason: '',
          ended_day: null,
          ended_reason: '',
          ended_note: '',
          released: 0,
          created_at: uow.now,
          created_by: uow.actor.userId ?? '',
          ...pinColumns(null),
          ...columns(uow, fields, customer.name, number),
        }
        await uow.db.insertInto('contracts').values(record).execute()
        await replaceParts(uow.db, id, lineRows(fields.lines), planRows(fields))
        await uow.audit({ action: 'contracts.create', entity: 'contract', entityId: id, after: { number, ...fields } })
        if (fields.dealId) await linkContract(uow, fields.dealId, id)
        uow.changed('contracts', id)
        return { id, version: 0, number }
      })
    },

    async update(ctx: CallContext, input: ContractFields & { id: string; version: number }) {
      const { id, version, ...fields } = input
      return deps.store.write(ctx.actor, async (uow) => {
        const { record } = await contractToChange(uow, ctx, input, 'update')
        await assertOpenToChange(uow, record)
        const customer = await customerInScope(uow.db, ctx.scope, fields.customerId)
        const moved = (fields.dealId ?? null) !== record.deal_id || fields.customerId !== record.customer_id
        if (moved) await assertDeal(uow, ctx, fields)
        await assertRenews(uow, ctx, fields)
        await assertTemplate(uow, fields)
        const before = fieldsOf(record, await findParts(uow.db, id))
        await uow.db
          .updateTable('contracts')
          .set({
            ...columns(uow, fields, customer.name, record.number),
            ...(await keptPin(uow, record, fields)),
            owner_id: customer.ownerId ?? record.owner_id,
            version: version + 1,
          })
          .where('id', '=', id)
          .execute()
        await replaceParts(uow.db, id, lineRows(fields.lines), planRows(fields))
        await uow.audit({ action: 'contracts.update', entity: 'contract', entityId: id, before, after: fields })
        await afterChange(uow, id)
        uow.changed('contracts', id)
        return { id, version: version + 1 }
      })
    },

    async void(ctx: CallContext, input: { id: string; version: number; reason: string }) {
      return deps.store.write(ctx.actor, async (uow) => {
        const { record, state } = await contractToChange(uow, ctx, input, 'void')
        if (record.state === 'signed') {
          await cancelInstalments(uow, record.id)
          await cancelOrder(uow, record.id)
          await dropObligations(uow, record.id, 'void')
        }
        await giveUpApproval(uow, record, input.reason)
        // Printed later it says what it would have said.
        const fields = fieldsOf(record, await findParts(uow.db, record.id))
        const { pin } = await templateOf(uow.db, record, fields, uow.today)
        await uow.db
          .updateTable('contracts')
          .set({
            state,
            ...(record.state === 'draft' ? pinColumns(pin) : {}),
            void_day: uow.today,
            void_reason: input.reason,
            version: record.version + 1,
            updated_at: uow.now,
          })
          .where('id', '=', record.id)
          .execute()
        await uow.audit({
          action: 'contracts.void',
          entity: 'contract',
          entityId: record.id,
          before: { state: record.state },
          after: { state, reason: input.reason },
        })
        uow.changed('contracts', record.id)
        return { id: record.id, version: record.version + 1 }
      })
    },

    async recordEvent(
      ctx: CallContext,
      input: { id: string; version: number; kind: ContractEventKind; day: PlainDay; note: string },
    ) {
      return deps.store.write(ctx.actor, async (uow) => {
        const { record } = await contractToChange(uow, ctx, input, 'recordEvent')
        const { kind, day, note } = input
        if (!(await setEvent(uow, record, { kind, day, note }))) throw refuse('CONTRACT_EVENT_DAY')
        return { id: record.id, version: record.version + 1 }
      })
    },
  }
}
