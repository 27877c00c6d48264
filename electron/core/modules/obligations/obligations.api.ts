export {
  billedDays,
  dropObligations,
  followContract,
  followInvoices,
  followPayments,
  paidDays,
} from './obligations.follow.ts'
export { heldObligations, moveObligations, obligationsFollowOwner } from './obligations.handover.ts'
export { obligationIdsOf, obligationInScope, obligationsTimeline, obligationsUnder } from './obligations.timeline.ts'
