import { customerHolder } from '#core/kernel/customer-holder.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export { marketTimeline, noteIdsOf } from './market.timeline.ts'

/** Whether there is a note of this id whose author is within the scope. */
export async function noteInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  const row = await db.selectFrom('market_notes').select('author_id').where('id', '=', id).executeTakeFirst()
  return row !== undefined && inScope(scope, row.author_id)
}

/** What of market notes goes along when two customers become one. */
export const noteHolder = customerHolder('marketNotes', 'market_notes', 'market')
