import type { Translate } from '#shared/i18n/translate.ts'
import { parseDay, type PlainDay } from '#shared/kernel/dates.ts'
import { asFen, formatYuan, mulRate, parseYuan, splitTax } from '#shared/kernel/money.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { decimalOf, numbersIn, rateOfText } from './invoices.file.rules.ts'
import { isDigital, parseFapiao, rateOf, sumLines } from './invoices.rules.ts'
import type { InvoiceBuyer, InvoiceKind, InvoiceLine } from './invoices.schema.ts'

/** The columns of a list of invoices: those of the tax bureau's platform, and three of our own at the end. */
export const SHEET_COLUMNS = [
  'digitalNumber',
  'code',
  'number',
  'kind',
  'day',
  'sellerTaxId',
  'buyerTaxId',
  'buyerName',
  'name',
  'spec',
  'unit',
  'quantity',
  'price',
  'net',
  'rate',
  'tax',
  'amount',
  'state',
  'note',
  'blueNumber',
  'contract',
  'reason',
] as const
export type SheetColumn = (typeof SHEET_COLUMNS)[number]
export type SheetCells = Readonly<Record<string, string>>

/** What a column may be called in somebody else's sheet, in any language. */
export function columnNames(column: SheetColumn, translators: readonly Translate[]): string[] {
  return translators
    .flatMap((t) => [t(`invoices:sheet.${column}`), ...t(`invoices:synonyms.${column}`).split('|')])
    .filter(Boolean)
}

/** The words by which a cell says that an invoice is a special one, or void; in every language. */
export interface SheetWords {
  readonly special: readonly string[]
  readonly void: readonly string[]
}

export function sheetWords(translators: readonly Translate[]): SheetWords {
  const words = (key: string) => translators.flatMap((t) => t(`invoices:words.${key}`).split('|')).filter(Boolean)
  return { special: words('special'), void: words('void') }
}

export interface SheetProblem {
  readonly field: SheetColumn | null
  readonly key: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** An invoice as rows of a sheet say it. Fen. */
export interface SheetInvoice {
  readonly key: string
  readonly kind: InvoiceKind
  readonly code: string
  readonly number: string
  readonly day: PlainDay
  readonly buyer: InvoiceBuyer
  readonly lines: readonly InvoiceLine[]
  readonly note: string
  readonly reason: string
  readonly isVoid: boolean
  readonly amount: number
  /** Of a red letter: the invoice that it takes back, and the confirmation of the tax office. */
  readonly blueNumber: string | null
  readonly notice: string
  readonly contractNumber: string
}

const cell = (cells: SheetCells, column: SheetColumn): string => (cells[column] ?? '').normalize('NFKC').trim()

/** The number of a row, its code in front where it has one; null where it is none. */
export function sheetNumber(cells: SheetCells) {
  const digital = normaliseCode(cell(cells, 'digitalNumber'))
  return digital === '' ? parseFapiao(cell(cells, 'number'), normaliseCode(cell(cells, 'code'))) : parseFapiao(digital)
}

/** Reads the rows of one invoice: the first says whose it is, each is a line. Problems by row, in order. */
export function readSheet(
  rows: readonly SheetCells[],
  words: SheetWords,
  rates: readonly number[],
): { readonly invoice: SheetInvoice | null; readonly problems: readonly (readonly SheetProblem[])[] } {
  const [first = {}] = rows
  const problems: SheetProblem[][] = rows.map(() => [])
  const head = problems[0] ?? []
  const number = sheetNumber(first)
  if (!number) head.push({ field: 'digitalNumber', key: 'invoices:errors.number' })
  const day = parseDay(cell(first, 'day').split(/[ T]/)[0] ?? '')
  if (!day) head.push({ field: 'day', key: cell(first, 'day') === '' ? 'validation:required' : 'validation:noSuchDay' })
  const buyerName = cell(first, 'buyerName')
  if (buyerName === '') head.push({ field: 'buyerName', key: 'validation:required' })
  const says = (column: SheetColumn, list: readonly string[]) =>
    list.some((word) => cell(first, column).toLowerCase().includes(word.toLowerCase()))
  const kindText = cell(first, 'kind')
  if (kindText === '') head.push({ field: 'kind', key: 'validation:required' })
  const lines = rows.map((cells, index) => readLine(cells, rates, problems[index] ?? []))
  if (!number || !day || problems.some((own) => own.length > 0)) return { invoice: null, problems }

  const special = says('kind', words.special)
  const kind: InvoiceKind = number.digital
    ? special
      ? 'digitalSpecial'
      : 'digitalNormal'
    : special
      ? 'legacySpecial'
      : 'legacyNormal'
  const isVoid = says('state', words.void)
  if (isVoid && isDigital(kind)) head.push({ field: 'state', key: 'invoices:errors.voidDigital' })
  if (number.digital && number.key.slice(0, 2) !== day.slice(2, 4)) {
    head.push({ field: 'day', key: 'invoices:errors.year', params: { year: `20${number.key.slice(0, 2)}` } })
  }
  const known = lines as InvoiceLine[]
  const { amount } = sumLines(known)
  if (amount === 0) head.push({ field: 'amount', key: 'validation:notPositive' })
  const note = cell(first, 'note').slice(0, 300)
  const said = numbersIn(note, number.key)
  const named = parseFapiao(cell(first, 'blueNumber'))?.key ?? said.blueNumber
  if (amount < 0 && named === null) head.push({ field: 'blueNumber', key: 'invoices:errors.noBlue' })
  if (head.length > 0) return { invoice: null, problems }
  return {
    invoice: {
      key: number.key,
      kind,
      code: number.code,
      number: number.number,
      day,
      buyer: {
        name: buyerName.slice(0, 100),
        taxId: normaliseCode(cell(first, 'buyerTaxId')).slice(0, 30),
        address: '',
        phone: '',
        bankName: '',
        bankAccount: '',
      },
      lines: known,
      note,
      reason: cell(first, 'reason').slice(0, 200),
      isVoid,
      amount,
      blueNumber: amount < 0 ? named : null,
      notice: amount < 0 ? said.notice : '',
      contractNumber: normaliseCode(cell(first, 'contract')),
    },
    problems,
  }
}

/** One line: two of net, tax and total are enough, or one of them with its rate. */
function readLine(cells: SheetCells, rates: readonly number[], problems: SheetProblem[]): InvoiceLine | null {
  const money = (column: 'net' | 'tax' | 'amount'): number | null | undefined => {
    const text = cell(cells, column)
    if (text === '' || text === '***') return undefined
    const fen = parseYuan(text)
    if (fen === null) problems.push({ field: column, key: 'validation:notANumber' })
    return fen
  }
  const [net, tax, amount] = [money('net'), money('tax'), money('amount')]
  if (net === null || tax === null || amount === null) return null
  const rate = rateOfText(cell(cells, 'rate'))
  const sums = settle({ net, tax, amount }, rate)
  if (!sums) {
    problems.push({ field: amount === undefined ? 'amount' : 'net', key: 'validation:required' })
    return null
  }
  if (amount !== undefined && sums.net + sums.tax !== amount) {
    const params = { summed: formatYuan(sums.net + sums.tax), printed: formatYuan(amount) }
    problems.push({ field: 'amount', key: 'invoices:errors.total', params })
    return null
  }
  return {
    name: cell(cells, 'name').slice(0, 100),
    spec: cell(cells, 'spec').slice(0, 120),
    unit: cell(cells, 'unit').slice(0, 20),
    quantity: decimalOf(cell(cells, 'quantity')),
    price: decimalOf(cell(cells, 'price')),
    net: asFen(sums.net),
    tax: asFen(sums.tax),
    rate: rate ?? rateOf(sums.net, sums.tax, rates),
  }
}

function settle(
  given: { net: number | undefined; tax: number | undefined; amount: number | undefined },
  rate: number | null,
): { net: number; tax: number } | null {
  const { net, tax, amount } = given
  if (net !== undefined && tax !== undefined) return { net, tax }
  if (net !== undefined && amount !== undefined) return { net, tax: amount - net }
  if (tax !== undefined && amount !== undefined) return { net: amount - tax, tax }
  if (rate === null) return null
  if (net !== undefined) return { net, tax: mulRate(net, rate) }
  return amount === undefined ? null : splitTax(amount, rate)
}
