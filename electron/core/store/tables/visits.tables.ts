export interface VisitsTables {
  visits: {
    id: string
    customer_id: string
    user_id: string
    day: string
    channel: string
    purpose: string
    result: string
    next_step: string
    next_day: string | null
    version: number
    created_at: number
    updated_at: number
  }
}
