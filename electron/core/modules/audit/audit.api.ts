import { sql } from 'kysely'
import { ANY_ID, NO_ID } from '#shared/modules/timeline/timeline.rules.ts'
import { latestByMoment, type TimelineAsk } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'

/** Of a file that was merged into another, these are told by the other's rows as well. */
export interface LoggedActions {
  readonly actions: readonly string[]
  readonly toldOnce: readonly string[]
}

/**
 * What was done to a customer's file and to those that were merged into it, newest first; whoever calls has checked
 * that the reader may open it. The log knows its rows by number, so the bound is one here.
 */
export function loggedOfCustomer(db: Reader, ask: TimelineAsk, { actions, toldOnce }: LoggedActions) {
  const { customerId, formerIds, after } = ask
  const rows = db
    .selectFrom('audit_log as a')
    .leftJoin('users', 'users.id', 'a.user_id')
    .select(['a.seq', 'a.at', 'a.action', 'a.before', 'a.after', 'users.name as who'])
    // No parameter: the index is of the rows about customers alone.
    .where(sql<boolean>`a.entity = 'customer'`)
    .where('a.action', 'in', [...actions])
    .where((eb) => {
      const own = eb('a.entity_id', '=', customerId)
      if (formerIds.length === 0) return own
      return eb.or([own, eb('a.entity_id', 'in', [...formerIds]).and('a.action', 'not in', [...toldOnce])])
    })
  const bound = after && { ...after, moment: { at: after.moment.at, id: rowNumber(after.moment.id) as never } }
  return latestByMoment(rows, { ...ask, after: bound }, ['a.at', 'a.seq']).execute()
}

const rowNumber = (id: string) => (id === NO_ID ? -1 : id === ANY_ID ? Number.MAX_SAFE_INTEGER : Number(id))
