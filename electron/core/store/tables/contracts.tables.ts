/** A contract; parties, clauses and the sums are frozen when it is signed. Money in fen. */
export interface ContractsTable {
  id: string
  version: number
  number: string
  kind: 'goods_sale' | 'services' | 'frame'
  state: 'draft' | 'signed' | 'void'
  title: string
  customer_id: string
  owner_id: string
  language: 'zh-CN' | 'zh-TW' | 'en'
  /** The template and edition that it was submitted or signed with; '' and 0 while a draft follows the one in force. */
  template_id: string
  template_version: number
  our_signer: string
  their_signer: string
  sign_place: string
  sign_day: string | null
  /** `sign_day`, or '' where there is none: what lists sort by. */
  sign_key: string
  /** As printed: kept apart from `buyer` because lists sort and search by it. */
  buyer_name: string
  /** JSON of `party`; the customer file may change later, the contract does not. */
  buyer: string
  /** JSON of `party`, or null while a draft follows the firm's profile. */
  seller: string | null
  /** JSON of `contractTerms`. */
  terms: string
  amount: number
  net: number
  tax: number
  /** Received for this contract so far; kept by receivables in the same transaction as each allocation. */
  settled: number
  void_day: string | null
  void_reason: string
  /** The template that the form names; null for the standard one of its kind. */
  chosen_template_id: string | null
  /** The deal that it came from. */
  deal_id: string | null
  /** The signed contract that it goes on from. */
  renews_id: string | null
  /** Ended before its time: the day, why, and what of the amount is no longer asked for (fen). */
  ended_day: string | null
  ended_reason: '' | 'fulfilled' | 'agreement' | 'breach' | 'other'
  ended_note: string
  released: number
  /** The last day of its term, or '9999-12-31' where it has none: what lists sort by. */
  end_key: string
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

/** Goods of a contract. Quantity in thousandths, price incl. tax in 1/10 000 yuan, rate in basis points. */
export interface ContractLinesTable {
  id: string
  contract_id: string
  seq: number
  name: string
  spec: string
  unit: string
  quantity: number
  price: number
  rate: number
  /** Where it differs from the day in the terms. */
  delivery_day: string | null
  amount: number
  net: number
  tax: number
}

/** The payment clause, instalment by instalment; `amount` is what the rule computed from the share. */
export interface ContractPlanTable {
  id: string
  contract_id: string
  seq: number
  label: string
  is_deposit: number
  trigger: 'signing' | 'delivery' | 'acceptance' | 'warranty_end' | 'fixed'
  days: number
  day_kind: 'natural' | 'working'
  due_rule: 'days' | 'monthEnd' | 'monthDay'
  month_day: number | null
  fixed_day: string | null
  share_kind: 'percent' | 'amount' | 'rest'
  /** Basis points for a percentage, fen for an amount, 0 for the rest. */
  share_value: number
  amount: number
}

/** What happened to a signed contract and starts a payment term; a corrected day replaces the former row. */
export interface ContractEventsTable {
  id: string
  contract_id: string
  kind: 'delivery' | 'acceptance' | 'warranty_end'
  day: string
  note: string
  recorded_at: number
  recorded_by: string
  replaced_at: number | null
}

/** What a contract was when it was submitted, signed or changed in writing. */
export interface ContractVersionsTable {
  id: string
  contract_id: string
  no: number
  reason: 'submitted' | 'signed' | 'supplement'
  /** Canonical JSON of `contractFields`. */
  content: string
  /** Of `content`, hexadecimal. */
  sha256: string
  amount: number
  supplement_id: string | null
  kept_by: string
  kept_at: number
}

/** A change in writing to a signed contract: all of what it is to be, and the version it was written against. */
export interface ContractSupplementsTable {
  id: string
  version: number
  contract_id: string
  seq: number
  number: string
  state: 'draft' | 'signed' | 'void'
  reason: string
  /** Canonical JSON of `contractFields`. */
  content: string
  base_no: number
  amount: number
  our_signer: string
  their_signer: string
  sign_day: string | null
  void_reason: string
  created_by: string
  created_at: number
  updated_at: number
}

export interface ContractsTables {
  contracts: ContractsTable
  contract_lines: ContractLinesTable
  contract_plan: ContractPlanTable
  contract_events: ContractEventsTable
  contract_versions: ContractVersionsTable
  contract_supplements: ContractSupplementsTable
}
