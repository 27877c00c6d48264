import { refuse } from '#shared/kernel/app-error.ts'
import type { FileTexts } from '#shared/modules/invoices/invoices.file.rules.ts'
import { readXmlBytes } from './xml-reader.ts'

/** A real one has some kilobytes; a file of a thousand lines has one megabyte. */
const MAX_BYTES = 2 * 1024 * 1024
const MAX_DEPTH = 12
const MAX_ITEMS = 200
const MAX_TEXT = 2000

const ROOT = 'EInvoice'
const ITEM = 'IssuItemInformation'
/** Its label says whether the invoice is a special one; other labels have the same names inside. */
const LABELLED = 'GeneralOrSpecialVAT'
/** What is read, wherever it stands; the elements of items have names of their own. */
const ONCE = new Set([
  'EIid',
  'InvoiceNumber',
  'IssueTime',
  'RequestTime',
  'SellerIdNum',
  'BuyerIdNum',
  'BuyerName',
  'BuyerAddr',
  'BuyerTelNum',
  'BuyerBankName',
  'BuyerBankAccNum',
  'TotalTax-includedAmount',
  'OriginalInvoiceCode',
  'CreditNoteNumber',
  'Remark',
])
const IN_ITEM = new Set(['ItemName', 'SpecMod', 'MeaUnits', 'Quantity', 'UnPrice', 'Amount', 'TaxRate', 'ComTaxAm'])

/**
 * The texts of a digital invoice's XML file; null where its root is another one. Nothing is fetched, no entity but the
 * five of XML is resolved. Throws IMPORT_FILE_TOO_LARGE, IMPORT_ZIP_BOMB for a DOCTYPE or a depth no invoice has, and
 * IMPORT_DAMAGED.
 */
export function readInvoice(bytes: Uint8Array): FileTexts | null {
  if (bytes.byteLength > MAX_BYTES) throw refuse('IMPORT_FILE_TOO_LARGE')
  const path: string[] = []
  const once: Record<string, string> = {}
  const items: Record<string, string>[] = []
  let item: Record<string, string> | null = null
  let text = ''
  let root: string | null = null

  const keep = (into: Record<string, string>, name: string) => {
    const value = text.trim().slice(0, MAX_TEXT)
    if (value !== '' && !Object.hasOwn(into, name)) into[name] = value
  }
  readXmlBytes(bytes, {
    open(name) {
      root ??= name
      path.push(name)
      if (path.length > MAX_DEPTH) throw refuse('IMPORT_ZIP_BOMB')
      text = ''
      if (name !== ITEM) return
      if (items.length >= MAX_ITEMS) throw refuse('IMPORT_TOO_LARGE')
      item = {}
      items.push(item)
    },
    text(part) {
      if (text.length < MAX_TEXT) text += part
    },
    close(name) {
      path.pop()
      if (name === ITEM) item = null
      else if (item !== null && IN_ITEM.has(name)) keep(item, name)
      else if (item === null && ONCE.has(name)) keep(once, name)
      else if (name === 'LabelCode' && path.at(-1) === LABELLED) keep(once, LABELLED)
      text = ''
    },
  })
  return root === ROOT ? { once, items } : null
}
