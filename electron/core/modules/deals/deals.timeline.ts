import type { TimelineEvent } from '#shared/modules/timeline/timeline.schema.ts'
import { latestByMoment, type TimelineAsk, type TimelineSource } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'
import { readable } from './deals.repo.ts'

function eventOf(from: string | null, to: string): TimelineEvent {
  if (from === null) return 'dealMade'
  if (to === from) return 'dealChanged'
  return to === 'won' ? 'dealWon' : to === 'lost' ? 'dealLost' : 'dealMoved'
}

/** A deal's way: each change of stage, amount or expected day that the pipeline keeps. */
const moves: TimelineSource = {
  id: 'deal',
  kind: 'deals',
  permit: 'deals.read',
  async find(db, ask) {
    const rows = await latestByMoment(
      readable(db.selectFrom('deals').select(['deals.number', 'deals.name', 'deals.close_note']), ask.scope)
        .innerJoin('deal_moves as m', 'm.deal_id', 'deals.id')
        .leftJoin('users', 'users.id', 'm.user_id')
        .select(['m.id', 'm.at', 'm.deal_id', 'm.from_stage', 'm.to_stage', 'm.amount', 'm.expected_day'])
        .select('users.name as who')
        .where('deals.customer_id', '=', ask.customerId),
      ask,
      ['m.at', 'm.id'],
    ).execute()
    return rows.map((row) => {
      const event = eventOf(row.from_stage, row.to_stage)
      const stage = (key: string) => ({ key: `deals:stage.${key}` })
      return {
        id: row.id,
        day: null,
        at: row.at,
        event,
        who: row.who,
        record: { kind: 'deal' as const, id: row.deal_id },
        title: `${row.number} ${row.name}`,
        words:
          event === 'dealChanged'
            ? [{ key: 'timeline:expected', values: { day: row.expected_day } }]
            : event === 'dealMoved'
              ? [stage(row.from_stage ?? ''), stage(row.to_stage)]
              : [],
        note: event === 'dealWon' || event === 'dealLost' ? row.close_note : '',
        amount: row.amount,
      }
    })
  },
}

/** What the timeline of a customer tells of deals. */
export const dealsTimeline: readonly TimelineSource[] = [moves]

/** Deals with a customer that the scope may read. */
export const dealIdsOf = (db: Reader, { customerId, scope }: TimelineAsk) =>
  readable(db.selectFrom('deals').select('deals.id'), scope).where('deals.customer_id', '=', customerId)
