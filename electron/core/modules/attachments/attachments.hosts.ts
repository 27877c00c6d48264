import { isRefusal } from '#shared/kernel/app-error.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { contractInScope } from '#core/modules/contracts/contracts.api.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import { noteInScope } from '#core/modules/market/market.api.ts'
import { visitInScope } from '#core/modules/visits/visits.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { AttachmentHosts } from './attachments.service.ts'

/** What files may hang on, so far; a module with records of its own adds its host where the services are made. */
export const ATTACHMENT_HOSTS = {
  customer: { read: 'customers.read', write: 'customers.update', exists: customerExists },
  visit: { read: 'visits.read', write: 'visits.record', exists: visitInScope },
  market: { read: 'market.read', write: 'market.write', exists: noteInScope },
  contract: { read: 'contracts.read', write: 'contracts.update', exists: contractInScope },
} as const satisfies AttachmentHosts

async function customerExists(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  try {
    await customerInScope(db, scope, id)
    return true
  } catch (error) {
    if (isRefusal(error, 'NOT_FOUND')) return false
    throw error
  }
}
