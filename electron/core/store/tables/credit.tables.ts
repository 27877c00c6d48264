import type { CreditChangeKind, Registration } from '#shared/modules/credit/credit.schema.ts'

/** What a customer is trusted with. Amounts in fen, shares in basis points. */
export interface CreditCardsTable {
  id: string
  customer_id: string
  version: number
  credit_limit: number | null
  /** `credit_limit`, or -1 where none was ever set: what lists sort by. */
  limit_key: number
  days: number | null
  prepay: number | null
  valid_to: string | null
  valid_key: string
  hold: number
  hold_reason: string
  registration: Registration
  registration_day: string | null
  registration_note: string
  score: number
  grade: 'A' | 'B' | 'C' | 'D' | null
  /** JSON of `creditFacts`: what the score was counted from. */
  facts: string
  scored_at: number
  created_at: number
  updated_at: number
}

export interface CreditTables {
  credit_cards: CreditCardsTable
  credit_changes: {
    id: string
    card_id: string
    kind: CreditChangeKind
    /** JSON. */
    before: string
    after: string
    reason: string
    day: string
    at: number
    user_id: string | null
  }
  credit_requests: {
    id: string
    card_id: string
    credit_limit: number
    days: number | null
    prepay: number | null
    valid_to: string | null
    reason: string
    state: 'asked' | 'done' | 'refused'
    asked_at: number
    asked_by: string
  }
  credit_releases: {
    id: string
    order_id: string
    customer_id: string
    until_day: string
    reason: string
    exposure: number
    created_at: number
    created_by: string
  }
}
