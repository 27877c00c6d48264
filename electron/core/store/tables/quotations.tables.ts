import type { QuotationState, VersionState } from '#shared/modules/quotations/quotations.rules.ts'

/** A quotation; state and sums are those of its newest version. Money in fen. */
export interface QuotationsTable {
  id: string
  number: string
  deal_id: string
  title: string
  state: QuotationState
  current_no: number
  amount: number
  net: number
  tax: number
  /** The last day on which the newest version holds, or '' while it is not sent: what lists sort by. */
  valid_key: string
  /** The day on which the newest version was sent, or ''. */
  sent_key: string
  search_text: string
  version: number
  created_at: number
  created_by: string
  updated_at: number
}

/** What was offered at one time; frozen once it is sent. */
export interface QuotationVersionsTable {
  id: string
  quotation_id: string
  no: number
  state: VersionState
  /** JSON of `quotationHead`. */
  fields: string
  /** JSON of `party`; null while a draft follows the customer's file and the firm's profile. */
  buyer: string | null
  seller: string | null
  amount: number
  net: number
  tax: number
  /** How many lines are offered below their floor price. */
  below_floor: number
  needs_approval: number
  /** Why it goes out below the floor price. */
  reason: string
  submitted_by: string | null
  submitted_day: string | null
  released_by: string | null
  released_day: string | null
  release_note: string
  sent_day: string | null
  valid_until: string | null
  closed_day: string | null
  close_note: string
  created_at: number
  created_by: string
}

/** Quantity in thousandths, prices in 1/10 000 yuan, rate and discount in basis points; 0: not given. */
export interface QuotationLinesTable {
  id: string
  version_id: string
  seq: number
  name: string
  spec: string
  unit: string
  quantity: number
  list_price: number
  discount: number
  price: number
  rate: number
  delivery_days: number
  floor_price: number
  cost: number
  amount: number
  net: number
  tax: number
}

export interface QuotationsTables {
  quotations: QuotationsTable
  quotation_versions: QuotationVersionsTable
  quotation_lines: QuotationLinesTable
}
