import type { Proposal, ReportResult, ReportState } from '#shared/modules/dunning/dunning.escalations.rules.ts'
import type { DelayReason, StepKind, Trust } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import type { Channel, Outcome, Signer } from '#shared/modules/dunning/dunning.proof.rules.ts'
import type { Strength } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import type { PromiseState } from '#shared/modules/dunning/dunning.promises.rules.ts'
import type { ContactResult, ContactWay } from '#shared/modules/dunning/dunning.contacts.schema.ts'
import type { Tier } from '#shared/modules/dunning/dunning.worklist.rules.ts'

export interface DunningContactsTable {
  id: string
  version: number
  customer_id: string
  owner_id: string
  way: ContactWay
  day: string
  result: ContactResult
  person: string
  reason: DelayReason | null
  note: string
  /** Key and kind of the step that it was; empty for one that was none. */
  step: string
  kind: StepKind | null
  next_day: string | null
  next_step: string
  search_text: string
  created_at: number
  created_by: string | null
  void_at: number | null
  void_by: string | null
  void_reason: string
}

/** A promise to pay; state, paid and last day are counted from receipts. Fen. */
export interface DunningPromisesTable {
  id: string
  version: number
  customer_id: string
  owner_id: string
  contact_id: string | null
  made_day: string
  pay_by: string
  amount: number
  promised_by: string
  note: string
  withdrawn_day: string | null
  withdrawn_reason: string
  state: PromiseState
  paid: number
  last_day: string
  search_text: string
  created_at: number
  created_by: string | null
}

/** A row of the work list. Keys of days are 9999-12-31 where there is none. */
export interface DunningCasesTable {
  customer_id: string
  owner_id: string
  /** Of all that the customer owes; else of what this owner answers for among several. */
  whole: 0 | 1
  /** Of all that is this owner's. */
  single: 0 | 1
  valid_until: string
  rank: number
  place: string
  tier: Tier
  outstanding: number
  overdue: number
  at_risk: number
  oldest_key: string
  limitation_key: string
  broken: number
  promised_until: string | null
  action: string
  step: string
  kind: StepKind | null
  letter: 0 | 1
  doer: string
  next_key: string
  reason: DelayReason | null
  contact_key: string
}

/** How a letter was sent, and what became of it. */
export interface DunningSendingsTable {
  id: string
  version: number
  letter_id: string
  channel: Channel
  number: string
  contents: string
  address: string
  posted_day: string
  outcome: Outcome
  outcome_day: string | null
  signer: Signer
  signer_name: string
  signature: 0 | 1
  note: string
  created_at: number
  created_by: string | null
  void_at: number | null
  void_by: string | null
  void_reason: string
}

/** A difficulty that was reported to the superior, with what he decided. Fen. */
export interface DunningEscalationsTable {
  id: string
  version: number
  customer_id: string
  owner_id: string
  day: string
  reason: DelayReason
  findings: string
  said: string
  proposal: Proposal
  due_day: string | null
  keeps_accrued: 0 | 1
  parts: number | null
  first_day: string | null
  every_months: number | null
  amount: number
  state: ReportState
  done_day: string | null
  result: ReportResult
  result_id: string
  ended_day: string | null
  ended_by: string | null
  ended_reason: string
  search_text: string
  asked_at: number
  asked_by: string
  updated_at: number
}

export interface DunningEscalationLinesTable {
  escalation_id: string
  seq: number
  instalment_id: string
  due_day: string | null
  amount: number
}

/** A file for court that was made. Fen. */
export interface DunningCourtFilesTable {
  id: string
  customer_id: string
  owner_id: string
  day: string
  language: string
  name: string
  sha256: string
  index_file_id: string
  pieces: number
  gaps: number
  principal: number
  interest: number
  closed_day: string | null
  created_at: number
  created_by: string | null
}

export interface DunningLetterLinesTable {
  letter_id: string
  position: number
  instalment_id: string
  contract_number: string
  label: string
  due_day: string
  days_overdue: number
  outstanding: number
  interest: number
  step: string | null
}

export interface DunningTables {
  dunning_court_files: DunningCourtFilesTable
  dunning_court_debts: { court_file_id: string; instalment_id: string }
  dunning_escalations: DunningEscalationsTable
  dunning_escalation_lines: DunningEscalationLinesTable
  dunning_sendings: DunningSendingsTable
  dunning_policies: {
    version: number
    policy: string
    valid_from: string
    created_at: number
    created_by: string | null
  }
  dunning_customers: {
    customer_id: string
    version: number
    trust: Trust
    language: string | null
    note: string
    updated_at: number
    updated_by: string | null
  }
  dunning_left_out: {
    instalment_id: string
    reason: string
    until_day: string | null
    created_at: number
    created_by: string | null
  }
  dunning_contacts: DunningContactsTable
  dunning_contact_lines: { contact_id: string; instalment_id: string }
  dunning_promises: DunningPromisesTable
  dunning_promise_lines: { promise_id: string; instalment_id: string }
  dunning_cases: DunningCasesTable
  dunning_letters: {
    id: string
    number: string
    customer_id: string
    owner_id: string
    level: number
    day: string
    deadline_day: string
    language: string
    principal: number
    interest: number
    policy_version: number
    file_id: string
    sha256: string
    state: string
    void_reason: string
    sent_channel: Channel | null
    sent_day: string | null
    sent_reference: string
    proof: Strength
    arrival_day: string | null
    told: 0 | 1
    search_text: string
    version: number
    created_at: number
    created_by: string | null
    step: string
    kind: StepKind
    wording: string
    fee: number
  }
  dunning_letter_lines: DunningLetterLinesTable
  dunning_exclusions: {
    customer_id: string
    reason: string
    until_day: string | null
    created_at: number
    created_by: string | null
  }
}
