/** Tables of the kernel itself. */
export interface KernelTables {
  meta: { key: string; value: string }
  audit_log: {
    seq: number
    at: number
    day: string
    user_id: string | null
    roles: string
    device: string
    action: string
    entity: string
    entity_id: string
    before: string | null
    after: string | null
    prev: string
    mac: string
  }
  commands: { command_id: string; user_id: string; entry: string; result: string; at: number }
  sequences: { name: string; value: number }
  settings: { key: string; value: string; version: number }
}
