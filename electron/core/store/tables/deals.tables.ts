export interface DealsTables {
  deals: {
    id: string
    number: string
    name: string
    customer_id: string
    owner_id: string
    stage: string
    /** The day on which it came into its stage. */
    stage_since: string
    /** Basis points. */
    probability: number
    amount: number
    expected_day: string
    needs: string
    decision_maker: string
    budget: number | null
    next_step: string
    next_day: string | null
    note: string
    /** Why this deal goes without a quotation. */
    quotation_skip: string
    no_competitors: number
    closed_day: string | null
    close_reason: string | null
    close_note: string
    /** The competitor that got it. */
    lost_to: string
    contract_id: string | null
    search_text: string
    sort_name: string
    removed_at: number | null
    version: number
    created_at: number
    updated_at: number
  }
  /** How the credit of a deal is shared, in basis points that sum to 10,000. */
  deal_splits: { deal_id: string; position: number; user_id: string; share: number }
  deal_competitors: {
    deal_id: string
    position: number
    name: string
    product: string
    price: number | null
    note: string
  }
  deal_concerns: { deal_id: string; position: number; topic: string; answer: string; status: string }
  /** Each change of stage, amount or expected day: what the pipeline was on any past day. */
  deal_moves: {
    id: string
    deal_id: string
    day: string
    at: number
    user_id: string | null
    owner_id: string
    from_stage: string | null
    to_stage: string
    amount: number
    expected_day: string
  }
}
