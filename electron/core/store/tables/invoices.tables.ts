import type { InvoiceKind, RedReason } from '#shared/modules/invoices/invoices.schema.ts'

/** An invoice issued, or the red letter against one. Money in fen; of a red letter it is negative. */
export interface InvoicesTable {
  id: string
  version: number
  kind: InvoiceKind
  /** '' for a digital one. */
  code: string
  number: string
  /** Code and number in one form: unique for ever, over what is void and removed as well. */
  number_key: string
  day: string
  customer_id: string | null
  contract_id: string | null
  /** Whoever has the contract, else the customer; nobody where it belongs to neither. */
  owner_id: string | null
  /** As printed: kept apart from `buyer` because lists sort and search by it. */
  buyer_name: string
  /** JSON of `invoiceBuyer`. */
  buyer: string
  net: number
  tax: number
  amount: number
  /** What the red letters against it take back that count; not negative. Kept with them in the same transaction. */
  red_total: number
  /** What of it is linked to instalments; kept with `invoice_instalments`. */
  linked: number
  /** The invoice that this red letter takes back. */
  blue_id: string | null
  red_reason: '' | RedReason
  notice: string
  state: 'issued' | 'void'
  void_day: string | null
  void_reason: string
  /** 1: its original is a file, which is to be kept. */
  electronic: number
  note: string
  reason: string
  removed_at: number | null
  removed_reason: string
  search_text: string
  created_at: number
  created_by: string | null
  updated_at: number
}

/** A line as printed; quantity and price are texts, since invoices carry more decimals than are ever counted with. */
export interface InvoiceLinesTable {
  id: string
  invoice_id: string
  seq: number
  name: string
  spec: string
  unit: string
  quantity: string
  price: string
  net: number
  tax: number
  /** Basis points; null where a list did not tell it. */
  rate: number | null
}

/** What of an invoice bills which instalment. */
export interface InvoiceInstalmentsTable {
  invoice_id: string
  instalment_id: string
  amount: number
}

export interface InvoicesTables {
  invoices: InvoicesTable
  invoice_lines: InvoiceLinesTable
  invoice_instalments: InvoiceInstalmentsTable
}
