import { isRefusal } from '#shared/kernel/app-error.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { disputeInScope, eventInScope, planInScope, statementInScope } from '#core/modules/claims/claims.api.ts'
import { contractInScope } from '#core/modules/contracts/contracts.api.ts'
import { customerOpenTo } from '#core/modules/customers/customers.api.ts'
import { dealInScope } from '#core/modules/deals/deals.api.ts'
import { escalationInScope, letterInScope } from '#core/modules/dunning/dunning.api.ts'
import { invoiceInScope } from '#core/modules/invoices/invoices.api.ts'
import { noteInScope } from '#core/modules/market/market.api.ts'
import { minutesInScope } from '#core/modules/minutes/minutes.api.ts'
import { obligationInScope } from '#core/modules/obligations/obligations.api.ts'
import { quotationInScope } from '#core/modules/quotations/quotations.api.ts'
import { visitInScope } from '#core/modules/visits/visits.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { AttachmentHosts } from './attachments.service.ts'

/** Whether a record is there, asked of what refuses one that is not. */
function found(ask: (db: Reader | Writer, scope: Scope, id: string, how: 'read' | 'write') => Promise<unknown>) {
  return async (db: Reader | Writer, scope: Scope, id: string, how: 'read' | 'write'): Promise<boolean> => {
    try {
      await ask(db, scope, id, how)
      return true
    } catch (error) {
      if (isRefusal(error, 'NOT_FOUND')) return false
      throw error
    }
  }
}

/** What files may hang on, so far; a module with records of its own adds its host where the services are made. */
export const ATTACHMENT_HOSTS = {
  customer: { read: 'customers.read', write: 'customers.update', exists: found(customerOpenTo) },
  visit: { read: 'visits.read', write: 'visits.record', exists: visitInScope },
  deal: { read: 'deals.read', write: 'deals.write', exists: found(dealInScope) },
  quotation: { read: 'deals.read', write: 'deals.write', exists: quotationInScope },
  minutes: { read: 'deals.read', write: 'deals.write', exists: minutesInScope },
  market: { read: 'market.read', write: 'market.write', exists: noteInScope },
  obligation: { read: 'contracts.read', write: 'contracts.perform', exists: obligationInScope },
  invoice: { read: 'invoices.read', write: 'invoices.write', exists: invoiceInScope },
  contract: { read: 'contracts.read', write: 'contracts.update', exists: contractInScope },
  limitationEvent: { read: 'claims.read', write: 'claims.record', exists: eventInScope },
  dispute: { read: 'claims.read', write: 'claims.record', exists: disputeInScope },
  statement: { read: 'claims.read', write: 'claims.record', exists: statementInScope },
  repaymentPlan: { read: 'claims.read', write: 'claims.record', exists: planInScope },
  letter: { read: 'dunning.read', write: 'dunning.run', exists: letterInScope },
  escalation: { read: 'dunning.read', write: 'dunning.run', exists: escalationInScope },
} as const satisfies AttachmentHosts
