/** Kinds of records that ways of approval are made for. */
export const APPROVAL_KINDS = [
  'contract',
  'supplement',
  'quotation',
  'writeOff',
  'extension',
  'interestWaiver',
  'repaymentPlan',
  'creditLimit',
  'escalation',
  'correction',
  'proposal',
] as const
export type ApprovalKind = (typeof APPROVAL_KINDS)[number]

/** What gives the firm's money away, changes what was locked, or what somebody is and earns: never decided by one person, whether a way of approval is in use for it or not. */
export const SECOND_PERSON_KINDS: readonly ApprovalKind[] = [
  'writeOff',
  'extension',
  'interestWaiver',
  'repaymentPlan',
  'creditLimit',
  'escalation',
  'correction',
  'proposal',
]
