export interface AttachmentsTables {
  attachments: {
    id: string
    parent_kind: string
    parent_id: string
    /** Null once the bytes of a removed one are gone; name, size and sum stay. */
    file_id: string | null
    name: string
    kind: string
    size: number
    sha256: string
    created_at: number
    created_by: string | null
    removed_at: number | null
    removed_by: string | null
    removal_reason: string
    version: number
  }
}
