import type { HandoverKind } from '#shared/modules/handover/handover.schema.ts'

export interface HandoverTables {
  handovers: {
    id: string
    to_user_id: string
    by_user_id: string | null
    day: string
    at: number
    undone_at: number | null
  }
  /** What moved with a hand-over, and whose it was. Amount in fen; null where there is none. */
  handover_items: {
    handover_id: string
    kind: HandoverKind
    entity_id: string
    customer_id: string
    label: string
    amount: number | null
    former_owner_id: string | null
  }
  /** Who signed a contract that somebody else looks after now. */
  contract_credits: { contract_id: string; user_id: string }
}
