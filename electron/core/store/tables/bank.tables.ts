import type { AsideKind, LineState } from '#shared/modules/bank/bank.rules.ts'

/** One of the firm's own accounts with a bank. */
export interface BankAccountsTable {
  id: string
  version: number
  name: string
  bank_name: string
  /** Digits and letters without spaces. */
  number: string
  currency: 'CNY'
  opened_day: string | null
  closed_day: string | null
  created_at: number
  created_by: string | null
  updated_at: number
}

/** A statement as it was imported. Money in fen. */
export interface BankStatementsTable {
  id: string
  version: number
  account_id: string
  file_name: string
  /** SHA-256 of the file: the same one does not stand twice. */
  file_hash: string
  file_id: string
  /** Over all lines of the file, those that were there already included. */
  first_day: string
  last_day: string
  /** Lines that it brought, and lines of the file that another statement had brought. */
  lines: number
  known: number
  in_sum: number
  out_sum: number
  /** Before the first and after the last line of the file; null without balances. */
  opening: number | null
  closing: number | null
  /** Places where the balances do not follow from one another, and why it was taken over all the same. */
  breaks: number
  breaks_reason: string
  imported_at: number
  imported_by: string | null
  reverted_at: number | null
  reverted_by: string | null
  reverted_reason: string
}

/** A line of a statement; money that came in is above zero. Fen. */
export interface BankLinesTable {
  id: string
  version: number
  statement_id: string
  account_id: string
  /** Its place in the order in which the money moved, and its row in the file. */
  seq: number
  sheet_row: number
  day: string
  time: string
  amount: number
  balance: number | null
  payer_name: string
  payer_account: string
  payer_bank: string
  text: string
  reference: string
  /** By which it is known again in another file. */
  line_key: string
  /** Σ of the receipts that stand and have this line; kept with them in the same transaction. */
  booked: number
  aside: number
  aside_kind: AsideKind | null
  aside_reason: string
  /** Follows from the sums; kept because lists are filtered by it. */
  state: LineState
  search_text: string
  updated_at: number
}

/** A receipt that was entered by hand and has this line: it was not made from it. */
export interface BankLinksTable {
  receipt_id: string
  line_id: string
}

/** Which column was which field in a statement with these headings. */
export interface BankMappingsTable {
  account_id: string
  headings: string
  mapping: string
  at: number
}

/** A name and an account under which a customer was seen to pay. */
export interface BankPayersTable {
  id: string
  customer_id: string
  name: string
  name_key: string
  account: string
  learned_at: number
  learned_by: string | null
  search_text: string
}

export interface BankTables {
  bank_accounts: BankAccountsTable
  bank_statements: BankStatementsTable
  bank_lines: BankLinesTable
  bank_links: BankLinksTable
  bank_mappings: BankMappingsTable
  bank_payers: BankPayersTable
}
