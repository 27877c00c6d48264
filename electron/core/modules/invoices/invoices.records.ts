import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { cutLinks } from '#shared/modules/invoices/invoices.links.rules.ts'
import { fapiaoKey, isElectronic, leftOf, stageOf, sumLines } from '#shared/modules/invoices/invoices.rules.ts'
import type {
  InvoiceBuyer,
  InvoiceKind,
  InvoiceLine,
  InvoiceStage,
  RedReason,
} from '#shared/modules/invoices/invoices.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope, type Scope } from '#core/kernel/scope.ts'
import { followInvoices } from '#core/modules/obligations/obligations.api.ts'
import { setInvoiceDays } from '#core/modules/receivables/receivables.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import { findByKey, findInvoice, findLinks, stageFacts, type InvoiceRecord } from './invoices.repo.ts'

/** The one way an invoice is written: form, red letter and import alike come through here. The caller audits. */
export interface InvoicePaper {
  readonly kind: InvoiceKind
  readonly code: string
  readonly number: string
  readonly day: string
  readonly buyer: InvoiceBuyer
  readonly lines: readonly InvoiceLine[]
  readonly note: string
  readonly reason: string
}

/** What makes it a red letter. */
export interface RedPart {
  readonly blueId: string
  readonly redReason: RedReason
  readonly notice: string
}

/** Whose an invoice is, as far as its row says it. */
export interface Whose {
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly contract: { readonly id: string; readonly number: string } | null
  readonly ownerId: string | null
}

/** Columns of what is printed and of whose it is. */
function columns(paper: InvoicePaper, place: Whose) {
  const { kind, code, number, day, buyer, note, reason } = paper
  return {
    kind,
    code,
    number,
    number_key: fapiaoKey(kind, code, number),
    day,
    buyer_name: buyer.name,
    buyer: JSON.stringify(buyer),
    ...sumLines(paper.lines),
    electronic: isElectronic(kind, code) ? 1 : 0,
    note,
    reason,
    ...placeColumns(paper, place),
  }
}

/** Whose it is; also what it is searched by. */
export function placeColumns(paper: Pick<InvoicePaper, 'code' | 'number' | 'buyer'>, place: Whose) {
  const { customer, contract, ownerId } = place
  const words = [paper.number, ...(paper.code === '' ? [] : [paper.code]), customer?.name ?? '', contract?.number ?? '']
  return {
    customer_id: customer?.id ?? null,
    contract_id: contract?.id ?? null,
    owner_id: ownerId,
    search_text: buildSearchText(paper.buyer.name, words),
  }
}

/** Throws INVOICE_NUMBER where the number stands in the register already, void and removed entries included. */
export async function assertFree(
  uow: UnitOfWork,
  paper: Pick<InvoicePaper, 'kind' | 'code' | 'number'>,
  exceptId: string | null,
): Promise<void> {
  const taken = await findByKey(uow.db, fapiaoKey(paper.kind, paper.code, paper.number))
  if (taken && taken.id !== exceptId) {
    throw refuse('INVOICE_NUMBER', { id: taken.id, removed: taken.removed_at !== null })
  }
}

/** Throws VALIDATION for a day that has not come. */
export function assertDay(uow: UnitOfWork, day: string): void {
  if (day > uow.today) throw invalid([{ path: ['day'], key: 'invoices:errors.future' }])
}

/** Writes a new entry; `over` is one in the bin that it takes the place of. Answers with its id. */
export async function insertInvoice(
  uow: UnitOfWork,
  paper: InvoicePaper,
  place: Whose,
  options: {
    readonly red?: RedPart | undefined
    readonly voidDay?: string | null | undefined
    readonly over?: { readonly id: string; readonly version: number } | undefined
  } = {},
): Promise<{ id: string; version: number }> {
  const { red, voidDay = null, over } = options
  const id = over?.id ?? newId()
  const version = over ? over.version + 1 : 0
  const values = {
    ...columns(paper, place),
    version,
    red_total: 0,
    linked: 0,
    blue_id: red?.blueId ?? null,
    red_reason: red?.redReason ?? ('' as const),
    notice: red?.notice ?? '',
    state: voidDay === null ? ('issued' as const) : ('void' as const),
    void_day: voidDay,
    void_reason: '',
    removed_at: null,
    removed_reason: '',
    updated_at: uow.now,
  }
  if (over) await uow.db.updateTable('invoices').set(values).where('id', '=', id).execute()
  else {
    const made = { created_at: uow.now, created_by: uow.actor.userId }
    await uow.db
      .insertInto('invoices')
      .values({ id, ...values, ...made })
      .execute()
  }
  await replaceLines(uow, id, paper.lines)
  uow.changed('invoices', id)
  return { id, version }
}

/**
 * Overwrites what is printed and whose it is; the caller has settled version, number and findings, and then says with
 * `replaceLinks` what it bills.
 */
export async function changeInvoice(
  uow: UnitOfWork,
  raw: Tables['invoices'],
  paper: InvoicePaper,
  place: Whose,
): Promise<number> {
  const version = raw.version + 1
  // The caller sets the links anew: until then none counts, for the amount may become less than what they bill.
  await uow.db
    .updateTable('invoices')
    .set({ ...columns(paper, place), linked: 0, version, updated_at: uow.now })
    .where('id', '=', raw.id)
    .execute()
  await replaceLines(uow, raw.id, paper.lines)
  uow.changed('invoices', raw.id)
  return version
}

async function replaceLines(uow: UnitOfWork, id: string, lines: readonly InvoiceLine[]): Promise<void> {
  await uow.db.deleteFrom('invoice_lines').where('invoice_id', '=', id).execute()
  const rows = lines.map((line, index) => ({ id: newId(), invoice_id: id, seq: index + 1, ...line }))
  await uow.db.insertInto('invoice_lines').values(rows).execute()
}

/** Says anew which instalments an invoice bills. */
export async function replaceLinks(
  uow: UnitOfWork,
  id: string,
  links: readonly { readonly instalmentId: string; readonly amount: number }[],
): Promise<void> {
  const before = await findLinks(uow.db, id)
  await uow.db.deleteFrom('invoice_instalments').where('invoice_id', '=', id).execute()
  if (links.length > 0) {
    await uow.db
      .insertInto('invoice_instalments')
      .values(links.map((link) => ({ invoice_id: id, instalment_id: link.instalmentId, amount: link.amount })))
      .execute()
  }
  const linked = links.reduce((sum, link) => sum + link.amount, 0)
  await uow.db.updateTable('invoices').set({ linked }).where('id', '=', id).execute()
  const billed = [...new Set([...before, ...links].map((link) => link.instalmentId))]
  await setInvoiceDays(uow, await firstInvoiceDays(uow, billed))
  await followInvoices(uow, billed)
}

/** The day of the first invoice that bills each of these instalments; null where none does. */
async function firstInvoiceDays(uow: UnitOfWork, ids: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await inPieces(ids, (piece) =>
    uow.db
      .selectFrom('invoice_instalments as link')
      .innerJoin('invoices', 'invoices.id', 'link.invoice_id')
      .where('link.instalment_id', 'in', piece)
      .groupBy('link.instalment_id')
      .select((eb) => ['link.instalment_id as id', eb.fn.min('invoices.day').as('day')])
      .execute(),
  )
  const days = new Map<string, string | null>(ids.map((id) => [id, null]))
  for (const { id, day } of rows) days.set(id, day)
  return days
}

/** Counts a red letter against its blue invoice (fen, less where one goes away); what it billed is cut to what is left. */
export async function takeBack(uow: UnitOfWork, blue: Tables['invoices'], by: number): Promise<void> {
  const redTotal = blue.red_total + by
  const links = await findLinks(uow.db, blue.id)
  const kept = cutLinks(links, leftOf({ amount: blue.amount, redTotal }))
  await replaceLinks(uow, blue.id, kept)
  await uow.db
    .updateTable('invoices')
    .set({ red_total: redTotal, version: blue.version + 1, updated_at: uow.now })
    .where('id', '=', blue.id)
    .execute()
  uow.changed('invoices', blue.id)
}

/** An invoice as red letters are held against it, and as one. Fen. */
export interface PaperFacts {
  readonly kind: InvoiceKind
  readonly day: PlainDay
  readonly amount: number
  readonly redTotal: number
}

export const paperFacts = (raw: Tables['invoices']): PaperFacts => ({
  kind: raw.kind,
  day: raw.day as PlainDay,
  amount: raw.amount,
  redTotal: raw.red_total,
})

/** A red letter that goes away leaves its invoice as it was before; nothing for other invoices. */
export async function giveBack(uow: UnitOfWork, raw: Tables['invoices']): Promise<void> {
  if (raw.blue_id === null || raw.state === 'void') return
  const blue = await findInvoice(uow.db, raw.blue_id)
  if (!blue) throw new Error('a red letter without its invoice')
  await takeBack(uow, blue, raw.amount)
}

/** Puts an entry into the bin; its number stays taken. The caller has seen to it that nothing was taken back of it. */
export async function binInvoice(
  uow: UnitOfWork,
  raw: Tables['invoices'],
  reason: string,
): Promise<{ id: string; version: number }> {
  const version = raw.version + 1
  await replaceLinks(uow, raw.id, [])
  await giveBack(uow, raw)
  await uow.db
    .updateTable('invoices')
    .set({ removed_at: uow.now, removed_reason: reason, version, updated_at: uow.now })
    .where('id', '=', raw.id)
    .execute()
  await uow.audit({
    action: 'invoices.remove',
    entity: 'invoice',
    entityId: raw.id,
    before: { number: raw.number, amount: raw.amount, linked: raw.linked },
    after: { reason },
  })
  uow.changed('invoices', raw.id)
  return { id: raw.id, version }
}

/** Writes a red letter and counts it against its invoice; it is of the same buyer, customer and contract. */
export async function writeRed(
  uow: UnitOfWork,
  blue: InvoiceRecord,
  red: Omit<InvoicePaper, 'buyer' | 'reason'> & Omit<RedPart, 'blueId'>,
  over?: { readonly id: string; readonly version: number },
): Promise<{ id: string; version: number }> {
  const { redReason, notice, ...paper } = red
  const buyer = JSON.parse(blue.buyer) as InvoiceBuyer
  const whose: Whose = {
    customer: blue.customer_id === null ? null : { id: blue.customer_id, name: blue.buyer_name },
    contract: blue.contract_id === null ? null : { id: blue.contract_id, number: blue.contract_number ?? '' },
    ownerId: blue.owner_id,
  }
  const made = await insertInvoice(uow, { ...paper, buyer, reason: '' }, whose, {
    red: { blueId: blue.id, redReason, notice },
    over,
  })
  await takeBack(uow, blue, -sumLines(paper.lines).amount)
  return made
}

/** The entry at this version and in one of these stages. Throws NOT_FOUND, STALE, INVOICE_STATE. */
export async function currentInvoice(
  uow: UnitOfWork,
  scope: Scope,
  input: { readonly id: string; readonly version: number },
  stages: readonly InvoiceStage[],
) {
  const raw = await findInvoice(uow.db, input.id)
  if (!raw) throw refuse('NOT_FOUND', { entity: 'invoice' })
  assertInScope(scope, raw.owner_id, 'invoice')
  if (raw.version !== input.version) throw refuse('STALE', { current: { version: raw.version } })
  const stage = stageOf(stageFacts(raw))
  if (!stages.includes(stage)) throw refuse('INVOICE_STATE', { stage })
  return raw
}

/** What the log keeps of an entry. */
export const auditOf = (paper: InvoicePaper, place: Whose) => ({
  ...paper,
  customerId: place.customer?.id ?? null,
  contractId: place.contract?.id ?? null,
  ...sumLines(paper.lines),
})
