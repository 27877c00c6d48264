/** What a signed contract binds somebody to. Amount in fen. */
export interface ObligationsTable {
  id: string
  version: number
  contract_id: string
  /** Whoever has the contract, kept with it: lists are narrowed by it. */
  contract_owner_id: string
  /** Names the clause within the contract. */
  key: string
  kind:
    | 'delivery'
    | 'inspection'
    | 'acceptance'
    | 'deposit'
    | 'payment'
    | 'retention'
    | 'invoice'
    | 'warranty'
    | 'notice'
    | 'confidentiality'
    | 'sizeNotice'
    | 'other'
  side: 'ours' | 'theirs'
  /** Place in the payment clause. */
  seq: number | null
  detail: string
  /** Where it stands in the contract, where it was written down by hand. */
  clause: string
  amount: number | null
  /** Who sees to it. */
  owner_id: string
  department_id: string | null
  trigger: 'signing' | 'delivery' | 'acceptance' | 'warranty_end' | 'fixed' | 'none'
  after_days: number
  day_kind: 'natural' | 'working'
  due_day: string | null
  /** The day that the contract says. */
  rule_day: string | null
  /** What lists sort by: open ones by their day, then those without one, then what is finished. */
  due_key: string
  /** Without a day, since its event has not happened. */
  waits: number
  move_reason: string
  state: 'open' | 'done' | 'dropped'
  by_rule: number
  done_day: string | null
  done_by: string | null
  /** It followed from what was recorded elsewhere. */
  done_by_rule: number
  /** What was said when it was finished or dropped. */
  note: string
  drop_code: 'changed' | 'past' | 'void' | 'ended' | 'person' | null
  closed_at: number | null
  closed_by: string | null
  /** The day on which it was written down. */
  entered_day: string
  /** The due day for which its owner has a task, or had one. */
  reminded_for: string
  search_text: string
  created_at: number
  created_by: string | null
  updated_at: number
}

/** That somebody was reminded of a contract, once for each mark. */
export interface ContractRemindersTable {
  kind: 'expiry' | 'unsigned' | 'scan' | 'loan'
  contract_id: string
  mark: string
  reminded_at: number
}

export interface ObligationsTables {
  obligations: ObligationsTable
  contract_reminders: ContractRemindersTable
}
