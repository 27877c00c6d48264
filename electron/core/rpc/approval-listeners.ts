import type { ApprovalListener, ApprovalListeners } from '#core/modules/approvals/approvals.api.ts'
import { planDecided, requestDecided } from '#core/modules/claims/claims.api.ts'
import { contractDecided, supplementDecided } from '#core/modules/contracts/contracts.api.ts'
import { creditLimitDecided } from '#core/modules/credit/credit.api.ts'
import { brokenPromises } from '#core/modules/dunning/dunning.api.ts'
import { correctionDecided, proposalDecided } from '#core/modules/performance/performance.api.ts'

/** Which module is told how a request about one of its records ends. */
export const approvalListeners = (escalation: ApprovalListener): ApprovalListeners => ({
  contract: contractDecided,
  supplement: supplementDecided,
  writeOff: requestDecided,
  extension: requestDecided,
  interestWaiver: requestDecided,
  repaymentPlan: planDecided,
  creditLimit: creditLimitDecided(brokenPromises),
  escalation,
  correction: correctionDecided,
  proposal: proposalDecided,
})
