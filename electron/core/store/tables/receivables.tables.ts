/**
 * One payment owed. `settled` and `outstanding` are kept in the same transaction as every allocation,
 * so that lists and the ageing need no second table; `amount = settled + outstanding` is a CHECK.
 */
export interface ReceivableInstalmentsTable {
  id: string
  version: number
  contract_id: string
  customer_id: string
  owner_id: string
  contract_number: string
  seq: number
  label: string
  trigger: 'signing' | 'delivery' | 'acceptance' | 'warranty_end' | 'fixed'
  /** The day from which it is owed: a report as of an earlier day leaves it out. */
  since_day: string
  due_day: string | null
  /**
   * `due_day`, or 9999-12-31 while the event that dates it has not happened: what lists and the ageing use. Written by
   * hand and checked by the table: an index over a generated column is not taken as covering.
   */
  due_key: string
  amount: number
  settled: number
  outstanding: number
  state: 'open' | 'cancelled'
  cancelled_day: string | null
  created_at: number
  updated_at: number
}

/** Money that came in. `amount = allocated + advance`; both are 0 once it is reversed. */
export interface ReceiptsTable {
  id: string
  version: number
  number: string
  customer_id: string
  owner_id: string
  day: string
  amount: number
  allocated: number
  advance: number
  method: 'bank' | 'cash' | 'bill' | 'other'
  payer: string
  reference: string
  note: string
  state: 'posted' | 'reversed'
  reversed_day: string | null
  reversed_reason: string
  reversed_by: string | null
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

/** Which money paid what; never deleted: a released allocation keeps its days, so that past days stay as they were. */
export interface ReceiptAllocationsTable {
  id: string
  receipt_id: string
  instalment_id: string
  customer_id: string
  amount: number
  /** From this day the instalment counts as paid by it. */
  day: string
  /** From this day it no longer does (the receipt was reversed or re-allocated), or null. */
  released_day: string | null
  reason: string
  created_at: number
  created_by: string
}

export interface ReceivablesTables {
  receivable_instalments: ReceivableInstalmentsTable
  receipts: ReceiptsTable
  receipt_allocations: ReceiptAllocationsTable
}
