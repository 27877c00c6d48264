/**
 * One payment owed. What is owed of it is kept in the same transaction as everything that changes it, so that lists and
 * the ageing need no second table; `amount = settled + credited + written_off + outstanding` is a CHECK.
 */
export interface ReceivableInstalmentsTable {
  id: string
  version: number
  /** Of a contract's payment clause, entered by hand, or taken over from books kept before. */
  kind: 'contract' | 'manual' | 'opening'
  contract_id: string | null
  customer_id: string
  owner_id: string
  /** As it is shown; of an opening balance only this, without a contract in the program. */
  contract_number: string
  invoice_number: string
  /** Its place in the payment clause, or among those entered by hand. */
  seq: number
  label: string
  trigger: 'signing' | 'delivery' | 'acceptance' | 'warranty_end' | 'fixed'
  /** Why it was entered by hand. */
  reason: string
  /** The day from which it is owed: a report as of an earlier day leaves it out. */
  since_day: string
  due_day: string | null
  /**
   * `due_day`, or 9999-12-31 while the event that dates it has not happened: what lists and the ageing use. Written by
   * hand and checked by the table: an index over a generated column is not taken as covering.
   */
  due_key: string
  /** Of the first invoice that bills it. */
  invoice_day: string | null
  invoice_key: string
  amount: number
  /** Received before the program knew of it; part of `settled`. */
  settled_before: number
  settled: number
  credited: number
  written_off: number
  outstanding: number
  /** How much of it the customer contests; told by the module that keeps disputes. */
  disputed: number
  /** When its limitation ends; told by the module that keeps the clock. */
  limitation_day: string | null
  state: 'open' | 'cancelled'
  cancelled_day: string | null
  /** Of those without a contract in the program; others are found by their contract. */
  search_text: string
  created_at: number
  created_by: string | null
  updated_at: number
}

/** How due days and amounts were changed, and by what. */
export interface ReceivableChangesTable {
  id: string
  instalment_id: string
  /** From this day it counts: reports of earlier days use what was before. */
  day: string
  due_before: string | null
  due_after: string | null
  amount_before: number
  amount_after: number
  source: 'event' | 'supplement' | 'ending' | 'agreement' | 'extension' | 'person'
  /** The record it came from, in the module of its source. */
  source_id: string
  reason: string
  created_at: number
  created_by: string | null
}

/**
 * What changed what is owed, by day, instalment and due day: made +, paid −, taken back +, and where the due day moved
 * the rest − on the old and + on the new one. The sum of all up to a day is what was owed in its evening, in the bucket
 * of the due day of then. Customer, owner and invoice day are those of the instalment now.
 */
export interface ReceivableJournalTable {
  day: string
  instalment_id: string
  due_key: string
  invoice_key: string
  customer_id: string
  owner_id: string
  amount: number
}

/** The journal of what receipts and credit notes hold that settles nothing yet, by day and record. */
export interface ReceivableUnappliedTable {
  day: string
  source_id: string
  kind: 'receipt' | 'credit'
  customer_id: string
  owner_id: string
  amount: number
}

/** Money that came in. `amount = allocated + refunded + advance`; all three are 0 once it is reversed. */
export interface ReceiptsTable {
  id: string
  version: number
  number: string
  customer_id: string
  owner_id: string
  day: string
  amount: number
  allocated: number
  refunded: number
  advance: number
  method: 'bank' | 'cash' | 'bill' | 'other'
  payer: string
  reference: string
  note: string
  /** What the payer said it was for, in his words. */
  designation: string
  /** The line of a bank statement it was made from. */
  bank_line_id: string | null
  state: 'posted' | 'reversed'
  reversed_day: string | null
  reversed_reason: string
  reversed_by: string | null
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

/** The acceptance bill that a receipt consists of. */
export interface ReceiptBillsTable {
  receipt_id: string
  kind: 'bank' | 'commercial'
  number: string
  acceptor: string
  maturity_day: string
  state: 'held' | 'endorsed' | 'discounted' | 'collected' | 'dishonoured'
  state_day: string | null
  note: string
}

/** Money of an advance that goes back. It counts from the day it is paid. */
export interface ReceivableRefundsTable {
  id: string
  version: number
  number: string
  receipt_id: string
  customer_id: string
  owner_id: string
  day: string | null
  day_key: string
  amount: number
  method: 'bank' | 'cash' | 'bill' | 'other'
  payee: string
  account: string
  reason: string
  state: 'asked' | 'released' | 'paid' | 'refused' | 'reversed'
  paid_by: string | null
  reversed_day: string | null
  reversed_reason: string
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

/** A credit note: so much less is owed. `amount = allocated + rest`. */
export interface ReceivableCreditsTable {
  id: string
  version: number
  number: string
  customer_id: string
  owner_id: string
  day: string
  amount: number
  allocated: number
  rest: number
  cause: 'returned' | 'price' | 'rebate' | 'mistake' | 'settlement' | 'other'
  reason: string
  invoice_number: string
  invoice_id: string | null
  state: 'posted' | 'reversed'
  reversed_day: string | null
  reversed_reason: string
  reversed_by: string | null
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

/**
 * What settled what: a receipt, a credit note or a write-off. Never deleted: a released one keeps its days, so that past
 * days stay as they were. Only `principal` lessens what is outstanding.
 */
export interface ReceivableAllocationsTable {
  id: string
  kind: 'receipt' | 'credit' | 'writeOff'
  receipt_id: string | null
  credit_id: string | null
  write_off_id: string | null
  instalment_id: string
  customer_id: string
  amount: number
  costs: number
  interest: number
  principal: number
  /** From this day the instalment counts as settled by it. */
  day: string
  /** From this day it no longer does, or null. */
  released_day: string | null
  reason: string
  created_at: number
  created_by: string
}

/** Rates for provisions from a day on; a change is another row. */
export interface ProvisionRatesTable {
  id: string
  from_day: string
  /** Basis points by bucket, JSON. */
  rates: string
  reason: string
  created_at: number
  created_by: string
}

/** What is set aside for one debt by hand instead of by its bucket. */
export interface ProvisionSinglesTable {
  id: string
  version: number
  instalment_id: string
  from_day: string
  until_day: string | null
  amount: number
  reason: string
  created_at: number
  created_by: string
}

/** The provision of a month as it was locked; opened again it stays, and the next lock is another edition. */
export interface ProvisionMonthsTable {
  month: string
  edition: number
  as_of: string
  body: string
  outstanding: number
  total: number
  locked_at: number
  locked_by: string
  opened_at: number | null
  opened_by: string | null
  opened_reason: string
}

export interface ReceivablesTables {
  receivable_instalments: ReceivableInstalmentsTable
  receivable_changes: ReceivableChangesTable
  receivable_journal: ReceivableJournalTable
  receivable_unapplied: ReceivableUnappliedTable
  receipts: ReceiptsTable
  receipt_bills: ReceiptBillsTable
  receivable_refunds: ReceivableRefundsTable
  receivable_credits: ReceivableCreditsTable
  receivable_allocations: ReceivableAllocationsTable
  provision_rates: ProvisionRatesTable
  provision_singles: ProvisionSinglesTable
  provision_months: ProvisionMonthsTable
}
