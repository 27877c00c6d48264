import type { Locale } from '#shared/i18n/locale.ts'
import type { ProposalKind, ProposalState } from '#shared/modules/performance/performance.proposals.schema.ts'
import type { CorrectionState } from '#shared/modules/performance/performance.corrections.schema.ts'

export interface PerformanceTables {
  performance_targets: {
    month: string
    user_id: string
    /** JSON of `targetRow`: weight and target of each indicator that was agreed. */
    targets: string
    updated_at: number
  }
  performance_months: {
    month: string
    locked_at: number
    locked_by: string | null
    /** JSON of the sheet and of the rows behind each figure. */
    snapshot: string
  }
  performance_schemes: {
    id: string
    version: number
    /** Of its latest edition. */
    name: string
    name_key: string
    /** The last month it counts in. */
    last_month: string | null
    created_at: number
    updated_at: number
  }
  /** What a scheme says from a month on. */
  performance_scheme_editions: {
    scheme_id: string
    no: number
    from_month: string
    /** JSON of `schemeBody`. */
    body: string
    saved_at: number
    saved_by: string | null
  }
  /** Figures that no record gives; a corrected one stays, removed. */
  performance_entries: {
    id: string
    month: string
    user_id: string
    indicator: string
    /** In the unit of the indicator. */
    value: number
    note: string
    evidence: string
    entered_day: string
    entered_at: number
    entered_by: string | null
    removed_at: number | null
    removed_by: string | null
    removed_reason: string
  }
  /** Months that do not count in somebody's year, each with its reason. */
  performance_left_out: {
    month: string
    user_id: string
    reason: string
    entered_at: number
    entered_by: string | null
  }
  /** Who looks at whom in a month, and what he gave. */
  performance_reviews: {
    id: string
    month: string
    /** Who is rated. */
    user_id: string
    rater_group: string
    /** Null for a customer, who has a name instead. */
    rater_id: string | null
    customer_name: string
    state: string
    /** JSON of `marks`; '' until it is given. */
    marks: string
    /** Mean of the marks in hundredths. */
    score: number | null
    comment: string
    asked_at: number
    asked_by: string | null
    given_at: number | null
  }
  /** Figures of locked months that shall be others; the locked month itself is never rewritten. */
  performance_corrections: {
    id: string
    month: string
    user_id: string
    indicator: string
    /** What counted when it was asked for; null: it was not measured. */
    held: number | null
    /** In the unit of the indicator. */
    value: number
    reason: string
    evidence: string
    state: CorrectionState
    asked_at: number
    asked_by: string
    decided_day: string | null
    decided_by: string | null
  }
  /** Points that whoever locks a month gives or takes. */
  performance_calibrations: {
    month: string
    user_id: string
    /** Hundredths. */
    points: number
    reason: string
    set_at: number
    set_by: string
  }
  /** Points beside the indicators; one that was taken back stays, removed. */
  performance_extras: {
    id: string
    month: string
    user_id: string
    /** Hundredths. */
    points: number
    reason: string
    evidence: string
    given_at: number
    given_by: string
    removed_at: number | null
    removed_by: string | null
    removed_reason: string
  }
  /** What a customer is asked to fill in about somebody's month; it takes one answer. */
  performance_forms: {
    id: string
    number: string
    month: string
    user_id: string
    customer_id: string
    customer_name: string
    contact_name: string
    email: string
    language: Locale
    due_day: string
    made_at: number
    made_by: string
    review_id: string | null
    answered_day: string | null
    withdrawn_at: number | null
    withdrawn_by: string | null
    withdrawn_reason: string
    search_text: string
  }
  /** What a whole month's bonus is at 100 %, from a month on. */
  performance_bonus_bases: {
    id: string
    user_id: string
    from_month: string
    /** Fen. */
    base: number
    set_at: number
    set_by: string
    /** Set anew for the same month. */
    replaced_at: number | null
  }
  performance_absences: {
    month: string
    user_id: string
    /** Hundredths of a working day. */
    days: number
    reason: string
    set_at: number
    set_by: string
  }
  /** What the bonuses of a locked month were counted from, and came to. */
  performance_bonuses: {
    month: string
    user_id: string
    base: number | null
    base_from: string | null
    workdays: number
    in_service: number
    absent: number
    absent_reason: string
    coefficient: number
    presence: number
    bonus: number | null
  }
  /** Who agreed to which total. */
  performance_confirmations: {
    month: string
    user_id: string
    total: number
    day: string
  }
  /** Who did not agree, why, and what he was answered. */
  performance_appeals: {
    id: string
    month: string
    user_id: string
    indicator: string
    reason: string
    day: string
    state: 'open' | 'upheld' | 'refused'
    answer: string
    answered_day: string | null
    answered_by: string | null
  }
  /** What results lead to: proposed, decided, carried out or given up. */
  performance_proposals: {
    id: string
    version: number
    user_id: string
    kind: ProposalKind
    subject: string
    reason: string
    basis: string
    until_day: string
    /** The suggestion that it was made of; '' for one made by hand. */
    cause: string
    last_month: string | null
    search_text: string
    state: ProposalState
    asked_at: number
    asked_by: string
    decided_day: string | null
    decided_by: string | null
    done_day: string | null
    result: string
    evidence: string
    closed_by: string | null
  }
}
