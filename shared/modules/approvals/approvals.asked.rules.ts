import type { Outcome } from './approvals.rules.ts'

/** What a record is that exists to be approved, by what became of its approval. */
export const ASKED_STATE = {
  pending: 'asked',
  returned: 'returned',
  approved: 'done',
  rejected: 'refused',
  withdrawn: 'withdrawn',
  stale: 'withdrawn',
} as const satisfies Record<Outcome, string>
