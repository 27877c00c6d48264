/** A named state of a list. */
export interface SavedViewsTable {
  id: string
  version: number
  user_id: string
  grid: string
  name: string
  /** JSON of `viewSearch`. */
  search: string
  /** JSON of `viewColumns`, or null for those of the seat. */
  columns: string | null
  shared: number
  created_at: number
  updated_at: number
}

export interface ViewsTables {
  saved_views: SavedViewsTable
  /** What somebody's list opens with. */
  view_defaults: { user_id: string; grid: string; view_id: string }
}
