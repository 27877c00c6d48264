import { formatRate } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentModel, TableBlock } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { formatPrice, formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import { lineSums } from '#shared/modules/contracts/contracts.rules.ts'
import type { Party } from '#shared/modules/contracts/contracts.schema.ts'
import { deliveryDaysOf, discountOf, quotationSums, type VersionState } from './quotations.rules.ts'
import type { QuotationFields, QuotationLine } from './quotations.schema.ts'

/** What a quotation is printed from. */
export interface QuotationDocumentInput {
  readonly fields: QuotationFields
  readonly seller: Party
  /** Printed at the seal's place; the usual words where the firm gave none. */
  readonly sealName: string
  readonly buyer: Party
  readonly number: string
  readonly no: number
  readonly state: VersionState
  /** The day on which it was sent, or of today for a draft. */
  readonly day: string
  readonly validUntil: string
  /** Who makes the offer. */
  readonly contactName: string
}

const MARKED: readonly VersionState[] = ['draft', 'awaiting', 'superseded', 'withdrawn']

/**
 * A quotation as it goes to the customer: both sides, the goods with price and tax, the total in figures and capitals,
 * the terms and until when it holds. What is only ours (floor price, cost, margin, the reason) has no place in it.
 */
export function quotationDocument(input: QuotationDocumentInput, t: Translate): DocumentModel {
  const { fields } = input
  const word = (key: string, params?: Record<string, string | number>) => t(`quotations:document.${key}`, params)
  const table = linesTable(fields, t)
  return {
    title: `${word('title')} ${input.number}`,
    language: fields.language,
    number: word('numberLine', { number: input.number, no: input.no }),
    issuer: input.seller.name,
    pageLabel: word('page'),
    ...(MARKED.includes(input.state) ? { watermark: word(`marks.${input.state}`) } : {}),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: fields.title },
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: word('number'), value: input.number },
          { label: word('version'), value: String(input.no) },
          { label: word('day'), value: input.day },
          { label: word('validUntil'), value: input.validUntil },
        ],
      },
      parties(input, t),
      { kind: 'paragraph', runs: [{ text: word('opening') }], indent: true },
      table,
      { kind: 'paragraph', runs: [{ text: total(fields, t), bold: true }] },
      { kind: 'heading', text: word('terms') },
      { kind: 'list', items: termsOf(input, t) },
      { kind: 'paragraph', runs: [{ text: word('closing') }], indent: true },
      { kind: 'signatures', parties: signatures(input, t) },
    ],
  }
}

function parties({ seller, buyer, fields, contactName }: QuotationDocumentInput, t: Translate): TableBlock {
  const word = (key: string) => t(`quotations:document.${key}`)
  const rows: [string, string, string][] = [
    [word('name'), buyer.name, seller.name],
    [word('contact'), fields.attention, contactName],
    [word('phone'), buyer.phone, seller.phone],
    [word('address'), buyer.address, seller.address],
  ]
  return {
    kind: 'table',
    columns: [
      { head: word('party'), width: 72 },
      { head: word('buyer'), width: '*', align: 'left' },
      { head: word('seller'), width: '*', align: 'left' },
    ],
    rows: rows.filter(([, theirs, ours]) => theirs !== '' || ours !== ''),
  }
}

interface Column {
  readonly head: string
  readonly width: number | '*'
  readonly align?: 'right' | 'center'
  readonly cell: (line: QuotationLine, index: number) => string
}

/** Columns that would say nothing or the same in each row are left out: discounts, rates, delivery by line. */
function linesTable({ lines }: QuotationFields, t: Translate): TableBlock {
  const head = (key: string) => t(`quotations:document.${key}`)
  const differ = (value: (line: QuotationLine) => number) => new Set(lines.map(value)).size > 1
  const when = (shown: boolean, column: Column) => (shown ? [column] : [])
  const right = 'right' as const
  const amount: Column = {
    head: head('lineAmount'),
    width: 72,
    align: right,
    cell: (line) => formatYuan(lineSums(line).amount),
  }
  const columns: Column[] = [
    { head: head('lineNo'), width: 24, align: 'center', cell: (_line, index) => String(index + 1) },
    { head: head('lineGoods'), width: '*', cell: (line) => stacked(line.name, line.spec) },
    { head: head('lineQuantity'), width: 58, align: right, cell: quantity },
    ...when(
      lines.some((line) => discountOf(line) > 0),
      { head: head('lineListPrice'), width: 58, align: right, cell: listPrice },
    ),
    { head: head('linePrice'), width: 58, align: right, cell: (line) => formatPrice(line.price) },
    ...when(
      differ((line) => line.rate),
      { head: head('lineRate'), width: 30, align: right, cell: (line) => formatRate(line.rate) },
    ),
    amount,
    ...when(
      differ((line) => line.deliveryDays),
      { head: head('lineDelivery'), width: 50, align: right, cell: delivery },
    ),
  ]
  const at = columns.indexOf(amount)
  const sums = quotationSums(lines)
  const sum = (key: string, fen: number) =>
    columns.map((_column, index) => (index === 0 ? head(key) : index === at ? formatYuan(fen) : ''))
  return {
    kind: 'table',
    columns: columns.map(({ cell: _cell, ...column }) => column),
    rows: lines.map((line, index) => columns.map((column) => column.cell(line, index))),
    sums: [sum('sumNet', sums.net), sum('sumTax', sums.tax), sum('sumAmount', sums.amount)],
  }
}

/** The one above the other; a part that is empty takes no line. */
const stacked = (...parts: readonly string[]) => parts.filter((part) => part !== '').join('\n')
const quantity = (line: QuotationLine) => `${formatQuantity(line.quantity)} ${line.unit}`
/** With the discount beneath it. */
const listPrice = (line: QuotationLine) =>
  line.listPrice === 0
    ? ''
    : stacked(formatPrice(line.listPrice), discountOf(line) === 0 ? '' : `-${formatRate(discountOf(line))}`)
const delivery = (line: QuotationLine) => (line.deliveryDays === 0 ? '' : String(line.deliveryDays))

function total(fields: QuotationFields, t: Translate): string {
  const { amount } = quotationSums(fields.lines)
  const capitals = rmbCapitals(amount, fields.language === 'zh-TW' ? 'zh-TW' : 'zh-CN')
  return t('quotations:document.total', { figures: formatYuan(amount), capitals })
}

/** The terms as numbered sentences: validity and price first, then whatever else was filled in. */
function termsOf({ fields, validUntil }: QuotationDocumentInput, t: Translate): string[] {
  const word = (key: string, params?: Record<string, string | number>) => t(`quotations:document.${key}`, params)
  const join = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(word('between'))
  const longest = deliveryDaysOf(fields.lines)
  const payment = join(paymentWords(fields, t), fields.payment)
  const shipping = join(
    longest === null ? '' : word('deliveryWithin', { days: longest }),
    fields.deliveryPlace === '' ? '' : word('deliveryTo', { place: fields.deliveryPlace }),
    fields.delivery,
  )
  const months = fields.warrantyMonths
  const rates = new Set(fields.lines.map((line) => line.rate))
  const warranty = join(months === null || months === 0 ? '' : word('warrantyFor', { months }), fields.warranty)
  return [
    word('holds', { day: validUntil }),
    rates.size === 1 ? word('pricesAt', { rate: formatRate([...rates][0] ?? 0) }) : word('prices'),
    ...(payment === '' ? [] : [word('payment', { text: payment })]),
    ...(shipping === '' ? [] : [word('delivery', { text: shipping })]),
    ...(warranty === '' ? [] : [word('warranty', { text: warranty })]),
    ...fields.notes
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ]
}

/** What is paid when, in the document's words; empty where nothing was said. */
export function paymentWords(fields: Pick<QuotationFields, 'prepay' | 'paymentDays'>, t: Translate): string {
  const word = (key: string, params?: Record<string, string | number>) => t(`quotations:document.${key}`, params)
  const { prepay, paymentDays: days } = fields
  if (prepay === 10_000) return word('allAhead')
  const rest = days === null ? '' : days === 0 ? word('restAtOnce') : word('restWithin', { days })
  if (prepay === null || prepay === 0) {
    return days === null ? '' : days === 0 ? word('allAtOnce') : word('allWithin', { days })
  }
  const ahead = word('ahead', { percent: prepay / 100 })
  return rest === '' ? ahead : `${ahead}${word('between')}${rest}`
}

function signatures(input: QuotationDocumentInput, t: Translate) {
  const word = (key: string) => t(`quotations:document.${key}`)
  const blank = word('blank')
  const line = (label: string, value: string) => `${word(label)}${word('colon')}${value}`
  const side = (heading: string, name: string, seal: string, day: string) => ({
    heading: word(heading),
    name: name || blank,
    lines: [line('signature', blank), line('date', day)],
    seal,
  })
  return [
    side('seller', input.seller.name, input.sealName || word('sealPlace'), input.day),
    side('confirmed', input.buyer.name, word('sealPlace'), blank),
  ]
}
