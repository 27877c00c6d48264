import { customerHolder } from '#core/kernel/customer-holder.ts'
import { applyScope, inScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export { marketTimeline, noteIdsOf } from './market.timeline.ts'

/** Whether there is a note of this id whose author is within the scope. */
export async function noteInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  const row = await db.selectFrom('market_notes').select('author_id').where('id', '=', id).executeTakeFirst()
  return row !== undefined && inScope(scope, row.author_id)
}

/** Notes of a period (days, inclusive) that were adopted, by the day they were answered; for their authors. */
export async function adoptedNotes(db: Reader | Writer, scope: Scope, from: string, to: string) {
  return applyScope(db.selectFrom('market_notes'), scope, 'market_notes.author_id')
    .where('answer', '=', 'adopted')
    .where('answered_day', '>=', from)
    .where('answered_day', '<=', to)
    .select(['id', 'author_id as ownerId', 'customer_id as customerId', 'competitor', 'answered_day as day'])
    .orderBy('answered_day')
    .orderBy('id')
    .execute()
}

/** What of market notes goes along when two customers become one. */
export const noteHolder = customerHolder('marketNotes', 'market_notes', 'market')
