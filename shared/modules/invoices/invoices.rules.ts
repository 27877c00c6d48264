import type { FieldIssue } from '#shared/kernel/app-error.ts'
import { monthOf, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan, mulRate } from '#shared/kernel/money.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import type { InvoiceBuyer, InvoiceFinding, InvoiceKind, InvoiceLine, InvoiceStage } from './invoices.schema.ts'

/**
 * The number of an invoice: of a digital one 20 digits (year 2, region 2, channel 1, serial 15), of an older one a code
 * of 10 or 12 digits and a number of 8. `key` is the same however it was typed, and unique for ever.
 */
export interface FapiaoNumber {
  readonly digital: boolean
  readonly key: string
  readonly code: string
  readonly number: string
}

/** Digital invoices exist since 2021; twenty digits that begin with 0 or 1 are an old code and number in one. */
const DIGITAL = /^[2-9]\d{19}$/
const LEGACY = /^(\d{12}|\d{10})[-/:]?(\d{8})$/

/** Reads an invoice's number, with full-width digits and spaces; the code may stand apart. Null where it is none. */
export function parseFapiao(text: string, code = ''): FapiaoNumber | null {
  const plain = normaliseCode(text)
  if (code === '' && DIGITAL.test(plain)) return { digital: true, key: plain, code: '', number: plain }
  const [, first, number] = LEGACY.exec(`${normaliseCode(code)}${plain}`) ?? []
  if (first === undefined || number === undefined) return null
  return { digital: false, key: `${first}-${number}`, code: first, number }
}

export const isDigital = (kind: InvoiceKind): boolean => kind === 'digitalSpecial' || kind === 'digitalNormal'
export const isSpecial = (kind: InvoiceKind): boolean => kind === 'digitalSpecial' || kind === 'legacySpecial'

/**
 * Whether the original is a file: all digital invoices, and of the older ones those whose code of twelve digits begins
 * with 0 and ends with 11 (电子普票) or 13 (电子专票). Such a file is kept; a print of it does not do (财会〔2020〕6号 3, 4).
 */
export function isElectronic(kind: InvoiceKind, code: string): boolean {
  return isDigital(kind) || /^0\d{9}1[13]$/.test(code)
}

/** What does not fit about number, code, kind and day, beside the field to blame. */
export function numberIssues(paper: {
  readonly kind: InvoiceKind
  readonly code: string
  readonly number: string
  readonly day: PlainDay
}): FieldIssue[] {
  if (!isDigital(paper.kind)) {
    const issues: FieldIssue[] = []
    if (!/^(\d{10}|\d{12})$/.test(paper.code)) issues.push({ path: ['code'], key: 'invoices:errors.code' })
    if (!/^\d{8}$/.test(paper.number)) issues.push({ path: ['number'], key: 'invoices:errors.legacyNumber' })
    return issues
  }
  if (paper.code !== '') return [{ path: ['code'], key: 'invoices:errors.noCode' }]
  if (!DIGITAL.test(paper.number)) return [{ path: ['number'], key: 'invoices:errors.digitalNumber' }]
  const year = `20${paper.number.slice(0, 2)}`
  if (year === paper.day.slice(0, 4)) return []
  return [{ path: ['number'], key: 'invoices:errors.year', params: { year } }]
}

/** The key that is unique for ever; of a number that `numberIssues` finds nothing wrong with. */
export function fapiaoKey(kind: InvoiceKind, code: string, number: string): string {
  return isDigital(kind) ? number : `${code}-${number}`
}

const SIX = ['name', 'taxId', 'address', 'phone', 'bankName', 'bankAccount'] as const

/** What is missing of the six facts that a special invoice names its buyer by. */
export function buyerIssues(kind: InvoiceKind, buyer: InvoiceBuyer): FieldIssue[] {
  if (!isSpecial(kind)) return []
  return SIX.filter((fact) => buyer[fact] === '').map((fact) => ({
    path: ['buyer', fact],
    key: 'invoices:errors.six',
  }))
}

export interface InvoiceSums {
  readonly net: number
  readonly tax: number
  readonly amount: number
}

/** The lines added up, so that the printed table always adds up. Fen. */
export function sumLines(lines: readonly { readonly net: number; readonly tax: number }[]): InvoiceSums {
  const net = lines.reduce((sum, line) => sum + line.net, 0)
  const tax = lines.reduce((sum, line) => sum + line.tax, 0)
  return { net, tax, amount: net + tax }
}

/**
 * What is wrong with the amounts, beside the field: lines that are not the printed total, or a sign that no invoice of
 * its sort has. A discount line may be negative, the whole is not; of a red letter the whole is negative.
 */
export function amountIssues(paper: { lines: readonly InvoiceLine[]; amount: number }, red: boolean): FieldIssue[] {
  if (red ? paper.amount >= 0 : paper.amount <= 0) {
    return [{ path: ['amount'], key: red ? 'invoices:errors.redSign' : 'validation:notPositive' }]
  }
  const { amount } = sumLines(paper.lines)
  if (amount === paper.amount) return []
  return [
    {
      path: ['amount'],
      key: 'invoices:errors.total',
      params: { summed: formatYuan(amount), printed: formatYuan(paper.amount) },
    },
  ]
}

/**
 * Lines whose tax is more than a fen off their rate (增值税法 10, 11: net and tax are shown apart and are the price).
 * It is only doubtful: with taxation of the difference the printed tax is another one.
 */
export function taxFindings(lines: readonly InvoiceLine[]): InvoiceFinding[] {
  return lines.flatMap((line, index): InvoiceFinding[] => {
    if (line.rate === null) return []
    const expected = mulRate(line.net, line.rate)
    if (Math.abs(line.tax - expected) <= 1) return []
    const params = { line: index + 1, tax: formatYuan(line.tax), expected: formatYuan(expected) }
    return [{ severity: 'warning', code: 'lineTax', path: `lines.${index}`, article: 'vat10', params }]
  })
}

/** The only rate of these that a net amount and its tax are at, within a fen; null where none or several are. */
export function rateOf(net: number, tax: number, rates: readonly number[]): number | null {
  const fitting = [...new Set(rates)].filter((rate) => Math.abs(mulRate(net, rate) - tax) <= 1)
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

/** An invoice as far as its stage follows from it. Fen. */
export interface StageFacts {
  readonly amount: number
  readonly redTotal: number
  readonly state: 'issued' | 'void'
  readonly removed: boolean
}

/** What a reader sees of an invoice. */
export function stageOf({ amount, redTotal, state, removed }: StageFacts): InvoiceStage {
  if (removed) return 'removed'
  if (state === 'void') return 'void'
  if (amount < 0) return 'redLetter'
  if (redTotal === 0) return 'valid'
  return redTotal < amount ? 'partlyRed' : 'fullyRed'
}

export type VoidFault = 'digital' | 'month' | 'red'

/**
 * Why an invoice cannot be declared void, or null: a digital one is only ever taken back by a red letter, an older one
 * within the month of its issue and before anything was taken back of it (增值税专用发票使用规定 13, 20).
 */
export function voidFault(
  invoice: { readonly kind: InvoiceKind; readonly day: PlainDay; readonly redTotal: number },
  today: PlainDay,
): VoidFault | null {
  if (isDigital(invoice.kind)) return 'digital'
  if (invoice.redTotal > 0) return 'red'
  return monthOf(invoice.day) === monthOf(today) ? null : 'month'
}

/** What is left of an invoice after its red letters. Fen. */
export const leftOf = (invoice: { readonly amount: number; readonly redTotal: number }): number =>
  invoice.amount - invoice.redTotal

/**
 * What does not fit about a red letter (fen, negative) against its blue invoice: all red letters together take back no
 * more than the invoice, a special one is taken back by a special one, a digital one by a digital one, none before it.
 */
export function redIssues(
  red: { readonly kind: InvoiceKind; readonly day: PlainDay; readonly amount: number },
  blue: { readonly kind: InvoiceKind; readonly day: PlainDay; readonly amount: number; readonly redTotal: number },
): FieldIssue[] {
  const issues: FieldIssue[] = []
  if (isSpecial(red.kind) !== isSpecial(blue.kind) || (isDigital(blue.kind) && !isDigital(red.kind))) {
    issues.push({ path: ['kind'], key: 'invoices:errors.redKind' })
  }
  if (red.day < blue.day) issues.push({ path: ['day'], key: 'invoices:errors.redDay', params: { day: blue.day } })
  const left = leftOf(blue)
  if (-red.amount > left) {
    issues.push({ path: ['amount'], key: 'invoices:errors.redTooMuch', params: { left: formatYuan(left) } })
  }
  return issues
}

/** Lines that take back what is left of an invoice in the proportion of its own, to the fen. */
export function redLines(
  lines: readonly InvoiceLine[],
  redBefore: readonly { readonly net: number; readonly tax: number }[],
): InvoiceLine[] {
  if (redBefore.length === 0) return lines.map(negated)
  // After a part was taken back the goods are known, but not how much of each: one line says what is left.
  const blue = sumLines(lines)
  const before = sumLines(redBefore)
  const rates = new Set(lines.map((line) => line.rate))
  const [first] = lines
  if (first === undefined) return []
  return [
    {
      name: first.name,
      spec: '',
      unit: '',
      quantity: '',
      price: '',
      net: -(blue.net + before.net) as InvoiceLine['net'],
      tax: -(blue.tax + before.tax) as InvoiceLine['tax'],
      rate: rates.size === 1 ? first.rate : null,
    },
  ]
}

const minus = (decimal: string): string =>
  decimal === '' ? '' : decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`

/** The same line with its quantity and amounts turned round; the price stays. */
function negated(line: InvoiceLine): InvoiceLine {
  const turned = (value: number) => (value === 0 ? 0 : -value) as InvoiceLine['net']
  return { ...line, quantity: minus(line.quantity), net: turned(line.net), tax: turned(line.tax) }
}
