import type { PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan, mulRate, splitTax } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { normaliseCode } from '#shared/kernel/text.ts'

/**
 * The number of an invoice: of a digital one 20 digits (year 2, region 2, channel 1, serial 15), of an older one a code
 * of 10 or 12 digits and a number of 8. `key` is the same however it was typed, and what must be unique.
 */
export type FapiaoNumber =
  | {
      readonly kind: 'digital'
      readonly key: string
      readonly year: string
      readonly region: string
      readonly channel: string
      readonly serial: string
    }
  | { readonly kind: 'legacy'; readonly key: string; readonly code: string; readonly number: string }

/** Digital invoices exist since 2021; twenty digits that begin with 0 or 1 are an old code and number in one. */
const DIGITAL = /^([2-9]\d)(\d{2})(\d)(\d{15})$/
const LEGACY = /^(\d{12}|\d{10})[-/:]?(\d{8})$/

/** Reads an invoice's number, with full-width digits and spaces; the code may stand apart. Null where it is none. */
export function parseFapiao(text: string, code = ''): FapiaoNumber | null {
  const plain = normaliseCode(text)
  const digital = code === '' ? DIGITAL.exec(plain) : null
  if (digital) {
    const [key, year = '', region = '', channel = '', serial = ''] = digital
    return { kind: 'digital', key, year, region, channel, serial }
  }
  const legacy = LEGACY.exec(`${normaliseCode(code)}${plain}`)
  if (!legacy) return null
  const [, first = '', number = ''] = legacy
  return { kind: 'legacy', key: `${first}-${number}`, code: first, number }
}

/** What does not fit about a digital invoice's number and its day; null where nothing. */
export function fapiaoYearFault(number: FapiaoNumber, day: PlainDay): Reason | null {
  if (number.kind !== 'digital' || number.year === day.slice(2, 4)) return null
  return { key: 'receivables:invoice.year', params: { year: `20${number.year}`, day } }
}

/** A line of an invoice: net and tax in fen, the rate in basis points. Those of a red letter are negative. */
export interface InvoiceLine {
  readonly name: string
  readonly net: number
  readonly tax: number
  readonly rate: number
}

/** An invoice as it is printed, its sums as they stand on it. */
export interface Invoice {
  readonly buyerName: string
  readonly buyerTaxId: string
  readonly lines: readonly InvoiceLine[]
  readonly net: number
  readonly tax: number
  readonly total: number
}

/**
 * Lines of amounts with tax: net is rounded, tax the rest, so that every line and the total add up (增值税法 10, 11).
 * ¥56,500 at 13 % are 50,000.00 and 6,500.00.
 */
export function linesWithTax(
  rows: readonly { readonly name: string; readonly amount: number; readonly rate: number }[],
): InvoiceLine[] {
  return rows.map(({ name, amount, rate }) => ({ name, rate, ...splitTax(amount, rate) }))
}

/** The sums of an invoice's lines. Fen. */
export function sumLines(lines: readonly InvoiceLine[]): { net: number; tax: number; total: number } {
  const net = lines.reduce((sum, line) => sum + line.net, 0)
  const tax = lines.reduce((sum, line) => sum + line.tax, 0)
  return { net, tax, total: net + tax }
}

/**
 * What does not add up on an invoice: the tax of a line off its rate by more than `tolerance` fen, totals that are not
 * the sum of the lines, or net and tax that are not the total.
 */
export function vatFaults(invoice: Invoice, tolerance = 1): Reason[] {
  const faults: Reason[] = []
  invoice.lines.forEach((line, index) => {
    const expected = mulRate(line.net, line.rate)
    if (Math.abs(line.tax - expected) <= tolerance) return
    const params = { line: index + 1, tax: formatYuan(line.tax), expected: formatYuan(expected) }
    faults.push({ key: 'receivables:invoice.lineTax', params })
  })
  const sums = sumLines(invoice.lines)
  for (const part of ['net', 'tax'] as const) {
    if (sums[part] === invoice[part]) continue
    const params = { printed: formatYuan(invoice[part]), summed: formatYuan(sums[part]) }
    faults.push({ key: `receivables:invoice.sums.${part}`, params })
  }
  if (invoice.net + invoice.tax !== invoice.total) {
    const params = { printed: formatYuan(invoice.total), summed: formatYuan(invoice.net + invoice.tax) }
    faults.push({ key: 'receivables:invoice.sums.total', params })
  }
  return faults
}

/** What of a contract an invoice is compared with. Amounts with tax in fen. */
export interface InvoicedContract {
  readonly buyerName: string
  readonly buyerTaxId: string
  readonly lines: readonly { readonly name: string; readonly amount: number; readonly rate: number }[]
  readonly amount: number
}

export interface InvoiceFinding {
  readonly severity: 'error' | 'warning'
  readonly reason: Reason
}

/**
 * Where an invoice departs from its contract (发票管理办法 19–21: neither goods nor amounts may be changed): another
 * buyer, goods that were not sold, more than was sold of one kind or in all, another rate. `before` are the invoices of
 * the contract that exist already, red ones with their minus.
 */
export function compareInvoice(
  invoice: Invoice,
  contract: InvoicedContract,
  before: readonly Pick<Invoice, 'lines'>[] = [],
): InvoiceFinding[] {
  const findings: InvoiceFinding[] = []
  const find = (severity: InvoiceFinding['severity'], name: string, params: NonNullable<Reason['params']>) =>
    findings.push({ severity, reason: { key: `receivables:invoice.differs.${name}`, params } })

  if (plainName(invoice.buyerName) !== plainName(contract.buyerName)) {
    find('error', 'buyer', { printed: invoice.buyerName, agreed: contract.buyerName })
  }
  if (contract.buyerTaxId !== '' && normaliseCode(invoice.buyerTaxId) !== normaliseCode(contract.buyerTaxId)) {
    find('error', 'taxId', { printed: invoice.buyerTaxId, agreed: contract.buyerTaxId })
  }
  const sold = byGoods(contract.lines)
  const all = [...before.flatMap(({ lines }) => lines), ...invoice.lines]
  const invoiced = byGoods(all.map((line) => ({ ...line, amount: line.net + line.tax })))
  for (const name of new Set(invoice.lines.map((line) => plainGoods(line.name)))) {
    const agreed = sold.get(name)
    const printed = invoiced.get(name)
    if (!printed) continue
    if (!agreed) {
      find('error', 'goods', { name: printed.name })
      continue
    }
    if (printed.amount > agreed.amount) {
      const params = { name: printed.name, printed: formatYuan(printed.amount), agreed: formatYuan(agreed.amount) }
      find('error', 'goodsAmount', params)
    }
  }
  for (const { name, rate } of invoice.lines) {
    const agreed = sold.get(plainGoods(name))
    if (agreed && !agreed.rates.has(rate)) find('warning', 'rate', { name, rate: `${rate / 100}%` })
  }
  const total = all.reduce((sum, line) => sum + line.net + line.tax, 0)
  if (total > contract.amount) {
    find('error', 'total', { printed: formatYuan(total), agreed: formatYuan(contract.amount) })
  }
  return findings
}

interface Goods {
  readonly name: string
  readonly amount: number
  readonly rates: ReadonlySet<number>
}

function byGoods(lines: readonly { name: string; amount: number; rate: number }[]): ReadonlyMap<string, Goods> {
  const goods = new Map<string, Goods>()
  for (const { name, amount, rate } of lines) {
    const key = plainGoods(name)
    const known = goods.get(key)
    const rates = new Set([...(known?.rates ?? []), rate])
    goods.set(key, { name, amount: amount + (known?.amount ?? 0), rates })
  }
  return goods
}

/** A name without width, case and spaces: what an invoice and a contract must have in common to the letter. */
const plainName = (name: string) => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
/** Goods without the tax office's category in front, which is written between asterisks. */
const plainGoods = (name: string) => plainName(name).replace(/^\*[^*]+\*/, '')

/**
 * Why a red letter cannot stand against its blue invoice, or null: it must take something back, and all red letters
 * together no more than the invoice. Fen; red totals are negative.
 */
export function redLetterFault(blueTotal: number, redTotals: readonly number[], total: number): Reason | null {
  if (total >= 0) return { key: 'receivables:invoice.red.sign' }
  const left = redTotals.reduce((sum, red) => sum + red, blueTotal)
  if (-total <= left) return null
  return { key: 'receivables:invoice.red.tooMuch', params: { amount: formatYuan(-total), left: formatYuan(left) } }
}
