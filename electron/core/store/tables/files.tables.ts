/** Files kept for good, inside the encrypted data file. Never updated. */
export interface FilesTables {
  files: {
    id: string
    name: string
    mime: string
    size: number
    sha256: string
    bytes: Buffer
    created_at: number
    created_by: string | null
  }
}
