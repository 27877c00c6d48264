export interface MarketTables {
  market_notes: {
    id: string
    day: string
    competitor: string
    product: string
    price: number | null
    unit: string
    source: string
    content: string
    customer_id: string | null
    deal_id: string | null
    author_id: string
    addressed_id: string
    answer: string
    answer_note: string
    answered_by: string | null
    answered_day: string | null
    search_text: string
    version: number
    created_at: number
    updated_at: number
  }
}
