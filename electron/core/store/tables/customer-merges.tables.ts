export interface CustomerMergesTables {
  customer_merges: {
    id: string
    kept_id: string
    dropped_id: string
    state: 'done' | 'undone' | 'final'
    user_id: string | null
    at: number
    /** Until when it can be taken back. */
    until: number
    way_back: string
  }
  /** Pairs that look alike and are known to be two; the lesser id first. */
  customer_apart: { one_id: string; other_id: string; user_id: string | null; at: number }
}
