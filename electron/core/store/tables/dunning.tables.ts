export interface DunningTables {
  dunning_policies: { version: number; policy: string; created_at: number; created_by: string | null }
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
    sent_way: string | null
    sent_day: string | null
    sent_reference: string
    search_text: string
    version: number
    created_at: number
    created_by: string | null
  }
  dunning_letter_lines: {
    letter_id: string
    position: number
    instalment_id: string
    contract_number: string
    label: string
    due_day: string
    days_overdue: number
    outstanding: number
    interest: number
  }
  dunning_exclusions: {
    customer_id: string
    reason: string
    until_day: string | null
    created_at: number
    created_by: string | null
  }
}
