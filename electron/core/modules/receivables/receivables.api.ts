export { debtFacts, debtRows, debtsOf, lastDueDays, type DebtFacts, type DebtRow } from './receivables.facts.ts'
export { accountMovements, openOn, owedBy, type Movement, type OpenOn } from './receivables.movements.ts'
export { receivablesTimeline } from './receivables.timeline.ts'
export { cancelInstalments, releaseInstalments, replanInstalments, standingInstalments } from './receivables.replan.ts'
export { createInstalments, type NewInstalment } from './instalments.create.ts'
export { changeDue, redateInstalments, type ChangeCause, type ChangeSource } from './instalments.change.ts'
export { setDisputed, setInvoiceDays, setLimitationDays } from './instalments.marks.ts'
export { heldReceivables, moveReceivables } from './receivables.handover.ts'
export { receiptExistsForCustomer, receivableHolders } from './receivables.holders.ts'
export { bookWriteOff, releaseWriteOff } from './write-offs.ts'
export {
  customersOfReceivables,
  overdueRows,
  owedByIds,
  owedOfCustomers,
  receiptsOfCustomers,
  standingPayments,
  type Owed,
  type OverdueRow,
  type StandingPayment,
} from './receivables.reads.ts'
export {
  advanceHeld,
  ageingNow,
  billableInstalments,
  collectedSums,
  collectionInputs,
  customerTotals,
  dueBetween,
  dueRows,
  openTotals,
  overdueOn,
  overdueSumsOn,
  receiptMovements,
  type CollectionInput,
  type OwnerMonthSum,
} from './receivables.figures.ts'
export {
  forgetBankLines,
  openOfCustomers,
  owingAmounts,
  owingByIds,
  owingByNumber,
  receiptsOfLines,
  receiptsWithoutLine,
  setBankLine,
  type OpenInstalment,
} from './receipts.bank.ts'
export { findReceipt } from './receipts.repo.ts'
export type {
  AllocationListener,
  Booking,
  BookingParts,
  ClaimedBeside,
  NewReceipt,
  ReversalListener,
} from './receipts.booking.ts'
