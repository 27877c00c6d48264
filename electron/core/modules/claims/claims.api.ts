import { customerHolder } from '#core/kernel/customer-holder.ts'

export { clockOf, followReceivables, type DebtClock } from './claims.clock.ts'
export { interestPaper, papersAbout, statementsConfirmed } from './claims.court.ts'
export { claimsFollowOwner, requestDecided } from './claims.decided.ts'
export { disputeInScope } from './claims.disputes.ts'
export { limitationEvent, limitationEventGone } from './claims.follow.ts'
export { draftPlan, grantExtension } from './claims.granted.ts'
export { eventInScope } from './claims.limitation.repo.ts'
export { claimedBeside, paymentInterrupts } from './claims.payments.ts'
export { planDecided } from './claims.plans.decided.ts'
export { planInScope } from './claims.plans.repo.ts'
export { interestOf, type CountedDebt } from './claims.sheets.ts'
export { statementInScope } from './claims.statements.repo.ts'
export { claimsTimeline } from './claims.timeline.ts'

/** What of claims goes along when two customers become one. */
export const claimHolders = [
  customerHolder('claimRequests', 'claim_requests', 'claims'),
  customerHolder('limitationEvents', 'limitation_events', 'claims'),
  customerHolder('disputes', 'claim_disputes', 'claims'),
  customerHolder('statements', 'statements', 'claims'),
  customerHolder('repaymentPlans', 'repayment_plans', 'claims'),
]
