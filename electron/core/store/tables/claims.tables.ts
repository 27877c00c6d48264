import type {
  CostKind,
  DisputeReason,
  RequestKind,
  RequestState,
  Resolution,
} from '#shared/modules/claims/claims.schema.ts'
import type { EventKind } from '#shared/modules/claims/claims.limitation.schema.ts'
import type { PlanState } from '#shared/modules/claims/claims.plans.schema.ts'
import type { SignerRole, StatementAnswer, StatementWay } from '#shared/modules/claims/claims.statements.schema.ts'
import type { Strength } from '#shared/modules/receivables/receivables.evidence.rules.ts'

interface TakenBack {
  void_at: number | null
  void_by: string | null
  void_reason: string
}

/** How interest and limitation are counted under a contract, where a person chose it. */
export interface ClaimTermsTable {
  contract_id: string
  version: number
  /** JSON of `interestTerms`. */
  terms: string
  article: string
  limitation_by: 'instalment' | 'last'
  reason: string
  decided_at: number
  decided_by: string
}

export interface ClaimPausesTable extends TakenBack {
  id: string
  instalment_id: string
  from_day: string
  to_day: string
  reason: string
  created_at: number
  created_by: string
}

/** What it cost to enforce a debt. Fen. */
export interface ClaimCostsTable extends TakenBack {
  id: string
  instalment_id: string
  kind: CostKind
  day: string
  amount: number
  note: string
  created_at: number
  created_by: string
}

export interface ClaimRequestsTable {
  id: string
  version: number
  kind: RequestKind
  customer_id: string
  amount: number
  reason_code: string
  reason: string
  /** Follows from its approval, and from being reversed. */
  state: RequestState
  asked_at: number
  asked_by: string
  done_day: string | null
  reversed_day: string | null
  reversed_by: string | null
  reversed_reason: string
  search_text: string
  updated_at: number
}

export interface ClaimRequestLinesTable {
  request_id: string
  seq: number
  instalment_id: string
  amount: number
  /** What was carried out of it once it was approved; null before. */
  booked: number | null
  former_due_day: string | null
  due_day: string | null
  keeps_accrued: number
}

/** Something that interrupts or suspends limitation, with what is on file of it. */
export interface LimitationEventsTable extends TakenBack {
  id: string
  version: number
  customer_id: string
  kind: EventKind
  day: string
  until_day: string | null
  ended_day: string | null
  grace_days: number | null
  /** JSON list of `Proof`. */
  proofs: string
  strength: Strength
  note: string
  /** The record that it follows from; null where a person wrote it down. */
  source_module: string | null
  source_id: string | null
  created_at: number
  created_by: string | null
}

export interface ClaimDisputesTable {
  id: string
  version: number
  customer_id: string
  instalment_id: string
  amount: number
  whole: number
  reason_code: DisputeReason
  note: string
  day: string
  state: 'open' | 'resolved'
  resolution: Resolution | null
  resolution_note: string
  resolved_day: string | null
  resolved_by: string | null
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

/** A statement of account as it was printed; amounts in fen, `closing = opening + raised - received`. */
export interface StatementsTable extends TakenBack {
  id: string
  version: number
  number: string
  customer_id: string
  from_day: string
  as_of: string
  language: string
  opening: number
  raised: number
  received: number
  closing: number
  outstanding: number
  overdue: number
  file_id: string
  sha256: string
  sent_way: StatementWay | null
  sent_day: string | null
  sent_reference: string
  answer: StatementAnswer | null
  answer_day: string | null
  signer: string
  signer_role: SignerRole | null
  their_amount: number | null
  answer_note: string
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

export interface RepaymentPlansTable {
  id: string
  version: number
  number: string
  customer_id: string
  day: string
  language: string
  principal: number
  interest: number
  costs: number
  /** Everything falls due at once where a part is not paid in time. */
  calls_in: number
  guarantee: string
  terms: string
  reason: string
  state: PlanState
  sign_day: string | null
  our_signer: string
  signer: string
  signer_role: SignerRole | null
  file_id: string | null
  sha256: string
  /** How many parts were reported as not paid in time. */
  broken_told: number
  called_day: string | null
  void_reason: string
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

/** What a plan fixes of one debt, and the day until which it is put off. */
export interface RepaymentDebtsTable {
  plan_id: string
  seq: number
  instalment_id: string
  principal: number
  interest: number
  costs: number
  former_due_day: string | null
  due_day: string
}

export interface ClaimsTables {
  claim_terms: ClaimTermsTable
  claim_pauses: ClaimPausesTable
  claim_costs: ClaimCostsTable
  claim_requests: ClaimRequestsTable
  claim_request_lines: ClaimRequestLinesTable
  limitation_events: LimitationEventsTable
  limitation_event_debts: { event_id: string; instalment_id: string }
  limitation_alarms: { customer_id: string; owner_id: string; months: number; end_day: string; told_at: number }
  claim_disputes: ClaimDisputesTable
  statements: StatementsTable
  statement_debts: { statement_id: string; instalment_id: string; outstanding: number }
  repayment_plans: RepaymentPlansTable
  repayment_debts: RepaymentDebtsTable
  repayment_lines: { plan_id: string; seq: number; due_day: string; amount: number }
}
