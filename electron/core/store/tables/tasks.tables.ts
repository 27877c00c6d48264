export interface TasksTables {
  tasks: {
    id: string
    kind: string
    title: string
    note: string
    owner_id: string
    /** The day it is due now; `first_due_day` keeps the day that was agreed before any snooze. */
    due_day: string
    first_due_day: string
    customer_id: string | null
    source_module: string | null
    source_id: string | null
    state: string
    /** What came of it, or why it was dropped. */
    result: string
    closed_at: number | null
    closed_by: string | null
    created_by: string | null
    search_text: string
    version: number
    created_at: number
    updated_at: number
  }
}
