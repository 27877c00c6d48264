import type { PlainDay } from '#shared/kernel/dates.ts'
import type { AgreedItem } from '#shared/modules/minutes/minutes.schema.ts'
import { deliveryDaysOf, goodsKey, goodsName } from './quotations.rules.ts'
import type { AgreedTerms, QuotationFields } from './quotations.schema.ts'

/** An accepted quotation; the day is that of its acceptance. */
interface AcceptedQuotation {
  readonly kind: 'quotation'
  readonly number: string
  readonly day: string
  readonly fields: QuotationFields
  /** The day until which all of it is delivered, counted in working days from the acceptance. */
  readonly deliveryDay: PlainDay | null
}

/** Final minutes; the day is that of the talks. */
interface FinalMinutes {
  readonly kind: 'minutes'
  readonly number: string
  readonly day: string
  readonly items: readonly AgreedItem[]
}

export type AgreedSource = AcceptedQuotation | FinalMinutes

type Terms = { -readonly [K in keyof AgreedTerms]: AgreedTerms[K] }

/**
 * What holds between the two sides: the sources in the order of their days, each later one taking the place of what
 * it names. A quotation names all of its goods; minutes name a price or a quantity of some. On one day the quotation
 * comes first: what was talked about it is later.
 */
export function agreedOf(sources: readonly AgreedSource[]): AgreedTerms {
  const terms: Terms = {
    lines: [],
    whole: false,
    prepay: null,
    paymentDays: null,
    deliveryDay: null,
    warrantyMonths: null,
    penaltyPerDay: null,
    deliveryPlace: '',
    texts: { payment: [], delivery: [], warranty: [], penalty: [], other: [] },
    sources: [],
  }
  const order = (source: AgreedSource) => `${source.day} ${source.kind === 'quotation' ? 0 : 1} ${source.number}`
  for (const source of [...sources].sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
    terms.sources = [...terms.sources, source.number]
    if (source.kind === 'quotation') takeQuotation(terms, source)
    else for (const item of source.items) takeItem(terms, item, source.number)
  }
  // Nothing is left to be paid later.
  if (terms.prepay?.value === 10_000) terms.paymentDays = null
  terms.whole &&= terms.lines.every((line) => line.quantity !== null && line.price !== null)
  return terms
}

function takeQuotation(terms: Terms, { fields, number, deliveryDay }: AcceptedQuotation): void {
  const from = <T>(value: T) => ({ value, source: number })
  const words = (text: string, before: string[]) => (text === '' ? before : [text])
  terms.whole = true
  terms.lines = fields.lines.map((line) => ({
    name: line.name,
    spec: line.spec,
    unit: line.unit,
    quantity: from(line.quantity),
    price: from(line.price),
    rate: line.rate,
    source: number,
  }))
  if (fields.prepay !== null) terms.prepay = from(fields.prepay)
  if (fields.paymentDays !== null) terms.paymentDays = from(fields.paymentDays)
  if (deliveryDay !== null && deliveryDaysOf(fields.lines) !== null) terms.deliveryDay = from(deliveryDay)
  if (fields.warrantyMonths !== null) terms.warrantyMonths = from(fields.warrantyMonths)
  if (fields.deliveryPlace !== '') terms.deliveryPlace = fields.deliveryPlace
  terms.texts = {
    ...terms.texts,
    payment: words(fields.payment, terms.texts.payment),
    delivery: words(fields.delivery, terms.texts.delivery),
    warranty: words(fields.warranty, terms.texts.warranty),
  }
}

function takeItem(terms: Terms, item: AgreedItem, source: string): void {
  const { term, value, day, text } = item
  if (term === 'price' || term === 'quantity') {
    if (value !== null) takeGoods(terms, item, term, { value, source })
  } else if (term === 'delivery') {
    if (day !== null) terms.deliveryDay = { value: day, source }
  } else if (value !== null) {
    if (term === 'payment') terms.paymentDays = { value, source }
    if (term === 'warranty') terms.warrantyMonths = { value, source }
    if (term === 'penalty') terms.penaltyPerDay = { value, source }
  }
  if (text === '') return
  const place = term === 'price' || term === 'quantity' ? 'other' : term
  terms.texts = { ...terms.texts, [place]: [...terms.texts[place], text] }
}

/** A price or quantity by the goods that it names; nothing named: the only goods there are. */
function takeGoods(
  terms: Terms,
  item: AgreedItem,
  part: 'price' | 'quantity',
  value: { readonly value: number; readonly source: string },
): void {
  const named = goodsName(item.subject)
  const meant = (line: Terms['lines'][number]) =>
    named === '' ? terms.lines.length === 1 : goodsName(line.name) === named || spoken(line) === named
  if (terms.lines.some(meant)) {
    terms.lines = terms.lines.map((line) => (meant(line) ? { ...line, [part]: value } : line))
    return
  }
  if (named === '') return
  const line = { name: item.subject, spec: '', unit: '', quantity: null, price: null, rate: null, source: value.source }
  terms.lines = [...terms.lines, { ...line, [part]: value }]
}

/** Name and specification as they are said in one breath. */
const spoken = (line: { readonly name: string; readonly spec: string }) => goodsKey(line).replace('\n', ' ').trim()
