import { timesOf } from '#shared/modules/visits/visits.rules.ts'
import type { TimelineEvent } from '#shared/modules/timeline/timeline.schema.ts'
import { applyScope } from '#core/kernel/scope.ts'
import { latestByDay, latestByMoment, type TimelineAsk, type TimelineSource } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'
import { visitsQuery } from './visits.repo.ts'

const EVENTS: Readonly<Record<string, TimelineEvent>> = {
  planned: 'visitPlanned',
  done: 'visitDone',
  cancelled: 'visitCancelled',
  incident: 'visitIncident',
}

/** A visit or a logged call stands on its day, planned or done. */
const visits: TimelineSource = {
  id: 'visit',
  kind: 'visits',
  permit: 'visits.read',
  async find(db, ask) {
    const rows = await latestByDay(
      visitsQuery(db, ask.scope, true).where('visits.customer_id', '=', ask.customerId),
      ask,
      ['visits.day', 'visits.created_at', 'visits.id'],
    ).execute()
    return rows.map((row) => ({
      id: row.id,
      day: row.day,
      at: row.created_at,
      event: EVENTS[row.state] ?? 'visitDone',
      who: row.user_name,
      record: { kind: 'visit' as const, id: row.id },
      time: timesOf({ startMinute: row.start_minute, endMinute: null }),
      words: [
        { key: `visits:channel.${row.channel}` },
        { key: `visits:purpose.${row.purpose}` },
        ...(row.intent === '' ? [] : [{ key: `visits:intent.${row.intent}` }]),
      ],
      note: row.result || row.reason_text || row.goal,
    }))
  },
}

const moves: TimelineSource = {
  id: 'visit-moved',
  kind: 'visits',
  permit: 'visits.read',
  async find(db, ask) {
    const rows = await latestByMoment(
      visitsQuery(db, ask.scope, true)
        .innerJoin('visit_moves as m', 'm.visit_id', 'visits.id')
        .leftJoin('users as mover', 'mover.id', 'm.user_id')
        .clearSelect()
        .select(['m.id', 'm.at', 'm.visit_id', 'm.from_day', 'm.to_day', 'm.reason', 'mover.name as who'])
        .where('visits.customer_id', '=', ask.customerId),
      ask,
      ['m.at', 'm.id'],
    ).execute()
    return rows.map((row) => ({
      id: row.id,
      day: null,
      at: row.at,
      event: 'visitMoved',
      who: row.who,
      record: { kind: 'visit' as const, id: row.visit_id },
      title: `${row.from_day} → ${row.to_day}`,
      note: row.reason,
    }))
  },
}

/** What the timeline of a customer tells of visits. */
export const visitsTimeline: readonly TimelineSource[] = [visits, moves]

/** Visits with a customer whose files the scope may open. */
export const visitIdsOf = (db: Reader, { customerId, scope }: TimelineAsk) =>
  applyScope(db.selectFrom('visits').select('visits.id'), scope, 'visits.user_id').where(
    'visits.customer_id',
    '=',
    customerId,
  )
