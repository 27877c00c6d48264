import { lineSums } from '#shared/modules/contracts/contracts.rules.ts'
import { party, type Party } from '#shared/modules/contracts/contracts.schema.ts'
import type { FirmProfile } from '#shared/modules/office/office.schema.ts'
import { discountOf, goodsKey, quotationStage, quotationSums } from '#shared/modules/quotations/quotations.rules.ts'
import {
  quotationHead,
  type QuotationFields,
  type QuotationLine,
  type QuotationRow,
  type QuotationVersion,
} from '#shared/modules/quotations/quotations.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import type { CustomerParty } from '#core/modules/customers/customers.api.ts'
import type { LineRecord, QuotationRecord, VersionRecord } from './quotations.repo.ts'

/** Our side as it stands on a quotation. */
export function firmSide(firm: FirmProfile): Party {
  const { sealName: _seal, ...side } = firm
  return side
}

/** The customer's side, from the file. */
export function customerSide(customer: CustomerParty): Party {
  return {
    name: customer.name,
    uscc: customer.uscc,
    legalRepresentative: '',
    address: customer.address,
    phone: customer.phone,
    bankName: customer.invoice.bankName,
    bankAccount: customer.invoice.bankAccount,
  }
}

/** Rows of the goods, each with its discount and its sums in fen. */
export function lineRows(versionId: string, lines: readonly QuotationLine[]): LineRecord[] {
  return lines.map((line, index) => ({
    id: newId(),
    version_id: versionId,
    seq: index + 1,
    name: line.name,
    spec: line.spec,
    unit: line.unit,
    quantity: line.quantity,
    list_price: line.listPrice,
    discount: discountOf(line),
    price: line.price,
    rate: line.rate,
    delivery_days: line.deliveryDays,
    floor_price: line.floorPrice,
    cost: line.cost,
    ...lineSums(line),
  }))
}

function lineOf(row: LineRecord): QuotationLine {
  return {
    name: row.name,
    spec: row.spec,
    unit: row.unit,
    quantity: row.quantity,
    listPrice: row.list_price,
    price: row.price,
    rate: row.rate,
    deliveryDays: row.delivery_days,
    floorPrice: row.floor_price,
    cost: row.cost,
  }
}

/** What a stored version says, as the form, the document and the comparison take it. */
export function fieldsOfVersion(record: VersionRecord, lines: readonly LineRecord[]): QuotationFields {
  return { ...quotationHead.parse(JSON.parse(record.fields)), lines: lines.map(lineOf) }
}

/** Columns of a version that come from the form. */
export function versionColumns({ lines, ...head }: QuotationFields) {
  return { fields: JSON.stringify(head), ...quotationSums(lines) }
}

/** What goods cost is not told to everybody. */
export function withoutCost(fields: QuotationFields): QuotationFields {
  return { ...fields, lines: fields.lines.map((line) => ({ ...line, cost: 0 })) }
}

/** The costs that were known of the same goods, for a form of somebody who does not see them. */
export function withKnownCosts(fields: QuotationFields, known: readonly QuotationLine[]): QuotationFields {
  const costs = new Map(known.map((line) => [goodsKey(line), line.cost]))
  return { ...fields, lines: fields.lines.map((line) => ({ ...line, cost: costs.get(goodsKey(line)) ?? 0 })) }
}

export function toQuotationRow(raw: QuotationRecord, today: string): QuotationRow {
  const validUntil = raw.valid_key || null
  return {
    id: raw.id,
    number: raw.number,
    title: raw.title,
    dealId: raw.deal_id,
    dealNumber: raw.deal_number,
    dealName: raw.deal_name,
    customerId: raw.customer_id,
    customerName: raw.customer_name,
    ownerId: raw.owner_id,
    ownerName: raw.owner_name,
    state: raw.state,
    stage: quotationStage(raw.state, validUntil, today),
    no: raw.current_no,
    amount: raw.amount,
    net: raw.net,
    tax: raw.tax,
    sentDay: raw.sent_key || null,
    validUntil,
    version: raw.version,
    updatedAt: raw.updated_at,
  }
}

/** What a version is shown with beside its own columns. */
export interface VersionFrame {
  readonly today: string
  readonly seesCost: boolean
  /** Both sides as they are today, for a version that is not frozen yet. */
  readonly buyer: Party
  readonly seller: Party
  readonly names: ReadonlyMap<string, { readonly name: string }>
}

export function toVersion(record: VersionRecord, lines: readonly LineRecord[], frame: VersionFrame): QuotationVersion {
  const fields = fieldsOfVersion(record, lines)
  const name = (id: string | null) => (id === null ? '' : (frame.names.get(id)?.name ?? ''))
  return {
    no: record.no,
    state: record.state,
    stage: quotationStage(record.state, record.valid_until, frame.today),
    fields: frame.seesCost ? fields : withoutCost(fields),
    buyer: record.buyer ? party.parse(JSON.parse(record.buyer)) : frame.buyer,
    seller: record.seller ? party.parse(JSON.parse(record.seller)) : frame.seller,
    amount: record.amount,
    net: record.net,
    tax: record.tax,
    needsApproval: record.needs_approval === 1,
    reason: record.reason,
    submittedById: record.submitted_by,
    submittedName: name(record.submitted_by),
    submittedDay: record.submitted_day,
    releasedName: name(record.released_by),
    releasedDay: record.released_day,
    releaseNote: record.release_note,
    sentDay: record.sent_day,
    validUntil: record.valid_until,
    closedDay: record.closed_day,
    closeNote: record.close_note,
    createdAt: record.created_at,
  }
}
