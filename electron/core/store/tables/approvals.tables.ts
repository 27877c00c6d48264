import type { ApprovalKind } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import type { Outcome, Step, StepMode } from '#shared/modules/approvals/approvals.rules.ts'
import type { ActionKind } from '#shared/modules/approvals/approvals.schema.ts'

/** Ways of approval in editions, the requests that go them, and what was decided. */
export interface ApprovalsTables {
  approval_definitions: {
    id: string
    kind: ApprovalKind
    enabled: number
    position: number
    edition: number
    version: number
  }
  approval_editions: {
    definition_id: string
    edition: number
    /** JSON of `definitionBody`. */
    body: string
    saved_at: number
    saved_by: string | null
  }
  approval_requests: {
    id: string
    kind: ApprovalKind
    record_id: string
    title: string
    customer_id: string | null
    applicant_id: string
    owner_id: string
    /** JSON of `approvalFacts`. */
    facts: string
    amount: number | null
    amount_key: number
    definition_id: string
    edition: number
    repeated: 'once' | 'again'
    outcome: Outcome
    round: number
    step_at: number
    reminded_day: string | null
    /** SHA-256 of the content of this round. */
    hash: string
    due_day: string | null
    /** The due day, or a text behind all days. */
    due_key: string
    search_text: string
    version: number
    submitted_at: number
    updated_at: number
  }
  approval_contents: { request_id: string; round: number; hash: string; content: string; submitted_at: number }
  approval_steps: {
    request_id: string
    seq: number
    name: string
    mode: StepMode
    days: number | null
    state: Step['state']
    due_day: string | null
    added: number
  }
  approval_seats: {
    request_id: string
    step_seq: number
    seq: number
    user_id: string
    decided_by: string | null
    carried: number
    open: number
    /** JSON of the ids of those who may act as well. */
    covers: string
  }
  /** Everybody who was ever asked; `open`: he may decide now. */
  approval_actors: { request_id: string; user_id: string; open: number }
  approval_actions: {
    id: string
    request_id: string
    round: number
    kind: ActionKind
    user_id: string | null
    other_id: string | null
    step_name: string
    comment: string
    at: number
  }
  approval_substitutes: { user_id: string; substitute_id: string; from_day: string; to_day: string }
}
