export interface ImportsTables {
  imports: {
    id: string
    entity: string
    /** The check that was carried out: the same one cannot be carried out twice. */
    check_id: string
    file_name: string
    user_id: string
    rows: number
    created: number
    updated: number
    skipped: number
    failed: number
    at: number
    reverted_at: number | null
    version: number
  }
  /** What one row of a sheet did to a record. */
  import_rows: {
    import_id: string
    row: number
    record_id: string
    action: string
    /** The record's version when the import was done with it. */
    version: number
    /** The record's fields before an update, as JSON. */
    before: string | null
  }
  /** What a person last took the columns under these headings for. */
  import_mappings: {
    user_id: string
    entity: string
    /** Hash of the heading line. */
    headings: string
    mapping: string
    at: number
  }
}
