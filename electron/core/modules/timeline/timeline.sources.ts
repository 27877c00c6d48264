import type { TimelineSource } from '#core/kernel/timeline.ts'
import { attachmentsTimeline } from '#core/modules/attachments/attachments.api.ts'
import { claimsTimeline } from '#core/modules/claims/claims.api.ts'
import { contractsTimeline, contractIdsOf } from '#core/modules/contracts/contracts.api.ts'
import { creditTimeline } from '#core/modules/credit/credit.api.ts'
import { customersTimeline } from '#core/modules/customers/customers.api.ts'
import { dealIdsOf, dealsTimeline } from '#core/modules/deals/deals.api.ts'
import { dunningTimeline, escalationIdsOf, letterIdsOf } from '#core/modules/dunning/dunning.api.ts'
import { invoiceIdsOf, invoicesTimeline } from '#core/modules/invoices/invoices.api.ts'
import { marketTimeline, noteIdsOf } from '#core/modules/market/market.api.ts'
import { minutesIdsOf, minutesTimeline } from '#core/modules/minutes/minutes.api.ts'
import { obligationIdsOf, obligationsTimeline } from '#core/modules/obligations/obligations.api.ts'
import { quotationIdsOf, quotationsTimeline } from '#core/modules/quotations/quotations.api.ts'
import { receivablesTimeline } from '#core/modules/receivables/receivables.api.ts'
import { tasksTimeline } from '#core/modules/tasks/tasks.api.ts'
import { visitIdsOf, visitsTimeline } from '#core/modules/visits/visits.api.ts'

/** Everything that is told of a customer. */
export const TIMELINE_SOURCES: readonly TimelineSource[] = [
  ...customersTimeline,
  ...visitsTimeline,
  ...tasksTimeline,
  ...dealsTimeline,
  ...quotationsTimeline,
  ...minutesTimeline,
  ...contractsTimeline,
  ...obligationsTimeline,
  ...invoicesTimeline,
  ...receivablesTimeline,
  ...dunningTimeline,
  ...claimsTimeline,
  ...creditTimeline,
  ...marketTimeline,
  ...attachmentsTimeline('customer', null),
  ...attachmentsTimeline('visit', visitIdsOf),
  ...attachmentsTimeline('deal', dealIdsOf),
  ...attachmentsTimeline('quotation', quotationIdsOf),
  ...attachmentsTimeline('minutes', minutesIdsOf),
  ...attachmentsTimeline('contract', contractIdsOf),
  ...attachmentsTimeline('obligation', obligationIdsOf),
  ...attachmentsTimeline('market', noteIdsOf),
  ...attachmentsTimeline('invoice', invoiceIdsOf),
  ...attachmentsTimeline('letter', letterIdsOf),
  ...attachmentsTimeline('escalation', escalationIdsOf),
]
