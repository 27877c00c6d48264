import { latestByDay, type TimelineSource, type TimelineAsk } from '#core/kernel/timeline.ts'
import { dealIdsOf } from '#core/modules/deals/deals.api.ts'
import type { Reader } from '#core/store/store.ts'

/** Talks stand on their day. */
const minutes: TimelineSource = {
  id: 'minutes',
  kind: 'minutes',
  permit: 'deals.read',
  async find(db, ask) {
    const rows = await latestByDay(
      db
        .selectFrom('minutes')
        .leftJoin('users', 'users.id', 'minutes.created_by')
        .select(['minutes.id', 'minutes.number', 'minutes.subject', 'minutes.day', 'minutes.state', 'minutes.place'])
        .select(['minutes.created_at', 'users.name as who'])
        .where('minutes.deal_id', 'in', dealIdsOf(db, ask)),
      ask,
      ['minutes.day', 'minutes.created_at', 'minutes.id'],
    ).execute()
    return rows.map((row) => ({
      id: row.id,
      day: row.day,
      at: row.created_at,
      event: row.state === 'final' ? 'minutesFinal' : 'minutesDraft',
      who: row.who,
      record: { kind: 'minutes' as const, id: row.id },
      title: `${row.number} ${row.subject}`.trim(),
      note: row.place,
    }))
  },
}

/** What the timeline of a customer tells of talks. */
export const minutesTimeline: readonly TimelineSource[] = [minutes]

/** Those of a customer that the reader may see: what files hang on. */
export const minutesIdsOf = (db: Reader, ask: TimelineAsk) =>
  db.selectFrom('minutes').select('minutes.id').where('minutes.deal_id', 'in', dealIdsOf(db, ask))
