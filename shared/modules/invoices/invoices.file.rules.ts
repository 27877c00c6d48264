import { asFen, parseYuan } from '#shared/kernel/money.ts'
import { parseDay, type PlainDay } from '#shared/kernel/dates.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { parseFapiao, sumLines } from './invoices.rules.ts'
import type { InvoiceBuyer, InvoiceKind, InvoiceLine } from './invoices.schema.ts'

/**
 * The texts of a digital invoice's XML file by the names of their elements (`EInvoice` of the tax bureau's platform):
 * those that come once, and those of each `IssuItemInformation`. What the file does not have is not there.
 */
export interface FileTexts {
  readonly once: Readonly<Record<string, string>>
  readonly items: readonly Readonly<Record<string, string>>[]
}

/** What an invoice's file says, as far as the register asks for it. Amounts in fen. */
export interface FileInvoice {
  readonly kind: InvoiceKind
  readonly number: string
  readonly day: PlainDay | null
  readonly sellerTaxId: string
  readonly buyer: InvoiceBuyer
  readonly lines: readonly InvoiceLine[]
  readonly amount: number
  readonly note: string
  readonly blueNumber: string | null
  readonly notice: string
}

/** The label of `GeneralOrSpecialVAT` that a special invoice carries; 02 is a normal one. */
const SPECIAL = '01'

/** Reads the texts of a file; null where they are not those of an invoice. */
export function invoiceOfFile({ once, items }: FileTexts): FileInvoice | null {
  const number = parseFapiao(once['InvoiceNumber'] ?? once['EIid'] ?? '')
  if (!number?.digital) return null
  const text = (name: string, max: number) => (once[name] ?? '').trim().slice(0, max)
  const lines = items.map(lineOf)
  if (lines.length === 0 || lines.some((line) => line === null)) return null
  const known = lines as InvoiceLine[]
  const note = text('Remark', 300)
  const said = numbersIn(note, number.key)
  return {
    kind: once['GeneralOrSpecialVAT'] === SPECIAL ? 'digitalSpecial' : 'digitalNormal',
    number: number.key,
    day: parseDay((once['IssueTime'] ?? once['RequestTime'] ?? '').slice(0, 10)),
    sellerTaxId: normaliseCode(once['SellerIdNum'] ?? ''),
    buyer: {
      name: text('BuyerName', 100),
      taxId: normaliseCode(text('BuyerIdNum', 30)),
      address: text('BuyerAddr', 120),
      phone: text('BuyerTelNum', 40),
      bankName: text('BuyerBankName', 80),
      bankAccount: text('BuyerBankAccNum', 40),
    },
    lines: known,
    amount: parseYuan(once['TotalTax-includedAmount'] ?? '') ?? sumLines(known).amount,
    note,
    blueNumber: once['OriginalInvoiceCode'] ?? said.blueNumber,
    notice: once['CreditNoteNumber'] ?? said.notice,
  }
}

function lineOf(item: Readonly<Record<string, string>>): InvoiceLine | null {
  const text = (name: string, max: number) => (item[name] ?? '').trim().slice(0, max)
  const net = parseYuan(item['Amount'] ?? '')
  if (net === null) return null
  return {
    name: text('ItemName', 100),
    spec: text('SpecMod', 120),
    unit: text('MeaUnits', 20),
    quantity: decimalOf(item['Quantity'] ?? ''),
    price: decimalOf(item['UnPrice'] ?? ''),
    net,
    // Exempt goods carry a word instead of an amount.
    tax: parseYuan(item['ComTaxAm'] ?? '') ?? asFen(0),
    rate: rateOfText(item['TaxRate'] ?? ''),
  }
}

/** A printed decimal as it stands; '' for what is none. */
export function decimalOf(text: string): string {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '')
  return /^-?\d{1,12}(\.\d{1,13})?$/.test(plain) ? plain : ''
}

/** `13%`, `0.13`, `13`: basis points. Null for words such as that of exemption, and for what is no rate. */
export function rateOfText(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/\s+/g, '')
  const percent = /^(\d{1,3}(?:\.\d{1,2})?)%$/.exec(plain)?.[1]
  if (percent !== undefined) return withinAll(Math.round(Number(percent) * 100))
  if (/^0?\.\d{1,4}$/.test(plain)) return withinAll(Math.round(Number(plain) * 10_000))
  // A whole number is a percentage; a bare 1 is the reduced rate, never everything.
  return /^\d{1,2}$/.test(plain) ? withinAll(Number(plain) * 100) : null
}

const withinAll = (basisPoints: number): number | null => (basisPoints <= 10_000 ? basisPoints : null)

/**
 * The numbers that a red letter's remark names: of the invoice that it takes back, and of the tax office's confirmation,
 * in this order; of an older one its code and number.
 */
export function numbersIn(remark: string, own: string): { blueNumber: string | null; notice: string } {
  const plain = remark.normalize('NFKC')
  const [first = null, second = ''] = (plain.match(/(?<!\d)\d{20}(?!\d)/g) ?? []).filter((number) => number !== own)
  if (first !== null) return { blueNumber: first, notice: second }
  const [, code, number] = /(?<!\d)(\d{12}|\d{10})(?!\d)\D{1,12}(\d{8})(?!\d)/.exec(plain) ?? []
  return { blueNumber: code === undefined ? null : `${code}-${number}`, notice: '' }
}
