export interface VisitsTables {
  visits: {
    id: string
    customer_id: string
    user_id: string
    day: string
    /** Minutes since midnight in the firm's zone; null: no time was agreed. */
    start_minute: number | null
    end_minute: number | null
    channel: string
    purpose: string
    state: string
    place: string
    goal: string
    /** Null: entered when it was done already. */
    planned_at: number | null
    /** The day that was agreed first, where it was moved. */
    rescheduled_from: string | null
    result: string
    needs: string
    concerns: string
    intent: string
    evidence: string
    next_step: string
    next_day: string | null
    next_owner_id: string | null
    no_next_reason: string
    reason_code: string
    reason_text: string
    reported_at: number | null
    report_day: string | null
    late: number
    complete: number
    reminded_at: number | null
    /** Null: planned by itself. */
    series_id: string | null
    version: number
    created_at: number
    updated_at: number
  }
  visit_series: { id: string; first_day: string; rule: string; created_by: string | null; created_at: number }
  /** Colleagues who come along; the visitor is `visits.user_id`. */
  visit_people: { visit_id: string; user_id: string }
  visit_contacts: { visit_id: string; position: number; name: string }
  visit_checks: {
    visit_id: string
    position: number
    text: string
    done: number
    attachment_id: string | null
    attachment_name: string
    attachment_sha256: string
  }
  visit_moves: {
    id: string
    visit_id: string
    from_day: string
    from_start: number | null
    from_end: number | null
    to_day: string
    to_start: number | null
    to_end: number | null
    reason: string
    at: number
    user_id: string | null
  }
  customer_intents: {
    id: string
    customer_id: string
    day: string
    intent: string
    evidence: string
    visit_id: string | null
    user_id: string | null
    created_at: number
  }
}
