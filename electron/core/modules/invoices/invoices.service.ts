import { invalid, isRefusal, refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { linkIssues } from '#shared/modules/invoices/invoices.links.rules.ts'
import { leftOf } from '#shared/modules/invoices/invoices.rules.ts'
import type {
  InvoiceBuyer,
  InvoiceFields,
  InvoiceFilters,
  InvoiceLink,
  InvoiceSort,
  InvoiceView,
} from '#shared/modules/invoices/invoices.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork } from '#core/store/store.ts'
import { assertLinks, assertReason, findingsOf, instalmentsOf, placeOf, type Place } from './invoices.place.ts'
import {
  assertDay,
  assertFree,
  auditOf,
  changeInvoice,
  currentInvoice,
  insertInvoice,
  placeColumns,
  replaceLinks,
} from './invoices.records.ts'
import {
  findInvoice,
  findLines,
  findLinks,
  findReds,
  listInvoices,
  sumInvoices,
  toInvoiceRow,
  type InvoiceRecord,
} from './invoices.repo.ts'

type Id = { readonly id: string; readonly version: number }
interface Linking {
  readonly customerId: string | null
  readonly contractId: string | null
  readonly links: readonly InvoiceLink[]
  readonly reason: string
}

const brief = (raw: { id: string; number: string; day: string; net: number; tax: number; amount: number }) => ({
  id: raw.id,
  number: raw.number,
  day: raw.day,
  net: raw.net,
  tax: raw.tax,
  amount: raw.amount,
})

/** The register: what was issued, for whom, and what it bills. Red letters and voids are in invoices.reds.ts. */
export function createInvoicesService({ store }: CoreDeps) {
  async function view(ctx: CallContext, db: Reader, raw: InvoiceRecord): Promise<InvoiceView> {
    const lines = await findLines(db, [raw.id])
    const links = await findLinks(db, raw.id)
    const buyer = JSON.parse(raw.buyer) as InvoiceBuyer
    const names = await customerBriefs(db, raw.customer_id === null ? [] : [raw.customer_id])
    const people = await userBriefs(db, raw.created_by === null ? [] : [raw.created_by])
    const blue = raw.blue_id === null ? undefined : await findInvoice(db, raw.blue_id)
    const row = toInvoiceRow(raw)
    const counts = row.stage !== 'void' && row.stage !== 'removed' && row.stage !== 'redLetter'
    const place = counts ? await placeAsIs(ctx, db, raw) : null
    const named = { customerId: raw.customer_id ?? '', contractId: null, ids: links.map((link) => link.instalmentId) }
    return {
      ...row,
      customerName: names.get(raw.customer_id ?? '')?.name ?? null,
      buyer,
      lines,
      links: links.length === 0 ? [] : await instalmentsOf(db, named, raw.id),
      note: raw.note,
      reason: raw.reason,
      reds: (await findReds(db, raw.id)).map(brief),
      blue: blue ? brief(blue) : null,
      redReason: raw.red_reason === '' ? null : raw.red_reason,
      notice: raw.notice,
      voidDay: raw.void_day,
      voidReason: raw.void_reason,
      removedReason: raw.removed_reason,
      findings: place ? await findingsOf(db, { buyer, lines, links }, place, raw.id) : [],
      createdAt: raw.created_at,
      createdByName: people.get(raw.created_by ?? '')?.name ?? null,
    }
  }

  /** Customer and contract as they stand; null where the reader may not see them, or they can no longer be billed. */
  async function placeAsIs(ctx: CallContext, db: Reader, raw: InvoiceRecord): Promise<Place | null> {
    try {
      return await placeOf(db, ctx.scope, { customerId: raw.customer_id, contractId: raw.contract_id })
    } catch (error) {
      if (isRefusal(error)) return null
      throw error
    }
  }

  /** Judges an entry against the register; answers with whose it is. */
  async function judged(uow: UnitOfWork, ctx: CallContext, fields: InvoiceFields, exceptId: string | null) {
    assertDay(uow, fields.day)
    await assertFree(uow, fields, exceptId)
    const place = await placeOf(uow.db, ctx.scope, fields)
    await assertLinks(uow.db, place, fields.links)
    assertReason(await findingsOf(uow.db, fields, place, exceptId), fields.reason)
    return place
  }

  return {
    list: (ctx: CallContext, input: PageInput<InvoiceSort, InvoiceFilters>) =>
      listInvoices(store.read, { ...input, scope: ctx.scope }, input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: InvoiceFilters }) =>
      sumInvoices(store.read, { ...input, scope: ctx.scope }),

    async get(ctx: CallContext, id: string): Promise<InvoiceView> {
      const raw = await findInvoice(store.read, id, ctx.scope)
      if (!raw) throw refuse('NOT_FOUND', { entity: 'invoice' })
      return view(ctx, store.read, raw)
    },

    async check(ctx: CallContext, { id, ...fields }: InvoiceFields & { id: string | null }) {
      const place = await placeOf(store.read, ctx.scope, fields)
      return findingsOf(store.read, fields, place, id)
    },

    create: (ctx: CallContext, fields: InvoiceFields) =>
      store.write(ctx.actor, async (uow) => {
        const place = await judged(uow, ctx, fields, null)
        const { id, version } = await insertInvoice(uow, fields, place)
        await replaceLinks(uow, id, fields.links)
        const after = { ...auditOf(fields, place), links: fields.links }
        await uow.audit({ action: 'invoices.create', entity: 'invoice', entityId: id, after })
        return { id, version }
      }),

    update: (ctx: CallContext, { id, version, ...fields }: InvoiceFields & Id) =>
      store.write(ctx.actor, async (uow) => {
        const raw = await currentInvoice(uow, ctx.scope, { id, version }, ['valid'])
        const before = { ...raw, lines: await findLines(uow.db, [id]) }
        const place = await judged(uow, ctx, fields, id)
        const next = await changeInvoice(uow, raw, fields, place)
        await replaceLinks(uow, id, fields.links)
        const after = { ...auditOf(fields, place), links: fields.links }
        await uow.audit({ action: 'invoices.update', entity: 'invoice', entityId: id, before, after })
        return { id, version: next }
      }),

    /** Says whose it is and what it bills; its red letters go along, since they take back the same trade. */
    link: (ctx: CallContext, { id, version, ...linking }: Linking & Id) =>
      store.write(ctx.actor, async (uow) => {
        const raw = await currentInvoice(uow, ctx.scope, { id, version }, ['valid', 'partlyRed', 'fullyRed'])
        const buyer = JSON.parse(raw.buyer) as InvoiceBuyer
        const over = linkIssues(linking.links, leftOf({ amount: raw.amount, redTotal: raw.red_total }))
        if (over.length > 0) throw invalid(over)
        const place = await placeOf(uow.db, ctx.scope, linking)
        await assertLinks(uow.db, place, linking.links)
        const paper = { buyer, lines: await findLines(uow.db, [id]), links: linking.links }
        assertReason(await findingsOf(uow.db, paper, place, id), linking.reason)
        for (const one of [raw, ...(await findReds(uow.db, id))]) {
          const own = { code: one.code, number: one.number, buyer }
          await uow.db
            .updateTable('invoices')
            .set({ ...placeColumns(own, place), version: one.version + 1, updated_at: uow.now })
            .where('id', '=', one.id)
            .execute()
          uow.changed('invoices', one.id)
        }
        await uow.db.updateTable('invoices').set({ reason: linking.reason }).where('id', '=', id).execute()
        await replaceLinks(uow, id, linking.links)
        await uow.audit({
          action: 'invoices.link',
          entity: 'invoice',
          entityId: id,
          before: { customerId: raw.customer_id, contractId: raw.contract_id, linked: raw.linked },
          after: linking,
        })
        return { id, version: version + 1 }
      }),
  }
}
