export interface PerformanceTables {
  performance_targets: {
    month: string
    user_id: string
    /** JSON of the person's row: weight and target of each indicator. */
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
}
